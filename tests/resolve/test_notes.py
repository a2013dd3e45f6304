"""Test note numbering: order, repeated calls, nesting, scopes, source labels, adjacent calls."""

from __future__ import annotations

import pytest

import publish
from publish.model import nodes as n
from publish.model.metadata import Metadata
from publish.model.text import plain_text
from publish.resolve import resolve
from publish.resolve.labels import label
from tests.support import codes, labels, numbered, resolved


def texts(text: str) -> list[tuple[str, str]]:
    return [(x.label, plain_text(x.blocks[0].inlines)) for x in numbered(text).notes.values()]  # type: ignore[union-attr]


def test_numbers_follow_the_first_call_not_the_definition() -> None:
    assert texts("A[^z] b[^a] c[^z]\n\n[^a]: eerst bepaald\n[^z]: eerst genoemd\n") == [
        ("1", "eerst genoemd"),
        ("2", "eerst bepaald"),
    ]


def test_notes_in_tables_are_ordered_caption_head_rows() -> None:
    text = (
        "| a[^h] | b |\n|---|---|\n| x | y[^r] |\n\nTable: Titel[^c]\n\n[^r]: rij\n[^h]: kop\n[^c]: titel\n"
    )
    assert [t for _, t in texts(text)] == ["titel", "kop", "rij"]


def test_nested_note_follows_its_parent_note() -> None:
    text = "A[^a] b[^c]\n\n[^a]: in a[^b]\n[^b]: in b\n[^c]: in c\n"
    assert [t for _, t in texts(text)] == ["in a", "in b", "in c"]
    document = numbered(text)
    assert document.notes["b"].parent == "a"
    assert document.calls["fnref2"].within == "a"


def test_numbering_of_notes_that_call_each_other_terminates() -> None:
    document = numbered("A[^a]\n\n[^a]: naar b[^b]\n[^b]: naar a[^a]\n")
    assert labels(document) == ["1", "2"]
    assert document.notes["a"].calls == ("fnref1", "fnref1-2")


@pytest.mark.parametrize(
    ("text", "adjacent"),
    [
        ("A[^a][^b]", [False, True]),
        ("A[^a] [^b]", [False, False]),
        ("A[^a], [^b]", [False, False]),
        ("A *x[^a]*[^b]", [False, True]),
        ("A[^a]\n\n[^b] begint", [False, False]),
        ("# Kop[^a]\n\n[^b] begint", [False, False]),
    ],
)
def test_only_calls_with_nothing_in_between_are_adjacent(text: str, adjacent: list[bool]) -> None:
    document = numbered(text + "\n\n[^a]: a\n[^b]: b\n")
    assert [call.adjacent for call in document.calls.values()] == adjacent


def test_scope_chapter_restarts_numbers_at_each_chapter() -> None:
    text = "---\nnotes: {scope: chapter}\n---\n# Een\n\na[^a] b[^b]\n\n# Twee\n\nc[^c] weer[^a]\n\n[^a]: a\n[^b]: b\n[^c]: c\n"
    document = numbered(text)
    assert labels(document) == ["1", "2", "1"]
    assert [call.label for call in document.calls.values()] == ["1", "2", "1", "1"]


def test_scope_role_restarts_numbers_at_each_section_with_the_role() -> None:
    text = "---\nnotes: {scope: role, role: 'qa:question'}\n---\n" + "".join(
        f"# Vraag {k}\n\nx[^v{k}]\n\n# Antwoord {k}\n\ny[^a{k}]\n\n[^v{k}]: v\n[^a{k}]: a\n\n" for k in (1, 2)
    )
    assert labels(numbered(text)) == ["1", "2", "1", "2"]


@pytest.mark.parametrize(
    ("style", "expected"),
    [
        ("lower-alpha", ["a", "b", "c"]), ("upper-roman", ["I", "II", "III"]), ("symbols", ["*", "†", "‡"]),
    ],
)  # fmt: skip
def test_note_format_sets_the_labels(style: str, expected: list[str]) -> None:
    text = f"---\nnotes: {{format: {style}}}\n---\n\nx[^a] y[^b] z[^c]\n\n[^a]: a\n[^b]: b\n[^c]: c\n"
    assert labels(numbered(text)) == expected


@pytest.mark.parametrize(
    ("number", "style", "expected"),
    [
        (26, "lower-alpha", "z"), (27, "lower-alpha", "aa"), (52, "upper-alpha", "AZ"), (702, "lower-alpha", "zz"),
        (703, "lower-alpha", "aaa"), (4, "lower-roman", "iv"), (1994, "upper-roman", "MCMXCIV"), (6, "symbols", "¶"),
        (7, "symbols", "**"), (0, "decimal", "0"), (0, "lower-roman", "0"),
    ],
)  # fmt: skip
def test_label_of_a_number_in_each_format(number: int, style: str, expected: str) -> None:
    assert label(number, style) == expected  # type: ignore[arg-type]


def test_source_labels_can_be_kept() -> None:
    text = "---\nnotes: {source-labels: keep}\n---\n\nA.<sup>4</sup> B.<sup>9</sup>\n\n<sup>4</sup> Vier.\n\n<sup>9</sup> Negen.\n"
    document = resolved(text)
    assert labels(document.document) == ["4", "9"]
    assert codes(document.diagnostics) == [
        "PUB-N011",
        "PUB-M001",
    ]  # the labels are kept, but 5 to 8 are missing


def test_calls_inside_links_are_moved_out_of_the_link() -> None:
    # Markdown cannot write this; Word and Akoma Ntoso can.
    link = n.Link((n.Text("voor"), n.Strong((n.NoteRef("a"), n.Text(" na"))), n.NoteRef("a")), "https://b.c")
    document = n.Document(
        Metadata(), (n.Paragraph((link,)),), notes={"a": n.Note((n.Paragraph((n.Text("a"),)),))}
    )
    inlines = resolve(document).document.document.blocks[0].inlines  # type: ignore[union-attr]
    assert [type(i).__name__ for i in inlines] == ["Link", "NoteRef", "Link", "NoteRef"]
    assert plain_text(inlines) == "voor na"


def test_document_ids_do_not_clash_with_note_anchors() -> None:
    document = numbered("# Fn1\n\n# Fn1\n\n## x {#fnref1}\n\na[^a]\n\n[^a]: a\n")
    ids = list(document.ids)
    assert len(ids) == len(set(ids)) == 3
    assert not {"fn1", "fnref1"} & set(ids)


def test_references_follow_a_renamed_id() -> None:
    document = numbered("[naar](#fn1)\n\n# Kop {#fn1}\n")
    reference = document.document.blocks[0].inlines[0]  # type: ignore[union-attr]
    assert isinstance(reference, n.CrossReference)
    assert reference.target == "s-fn1"


def test_series_are_numbered_separately() -> None:
    text = (
        "---\nnotes: {series: {min: {format: upper-alpha, start: 3}}}\n---\n"
        "a[^1] b[^min:x] c[^end:1] d[^2] e[^min:y] f[^end:2]\n\n"
        + "".join(f"[^{k}]: {k}\n" for k in ("1", "2", "min:x", "min:y", "end:1", "end:2"))
    )
    document = numbered(text)
    assert labels(document) == ["1", "C", "i", "2", "D", "ii"]
    assert [note.kind for note in document.notes.values()] == ["foot", "foot", "end", "foot", "foot", "end"]


def test_table_notes_restart_at_each_table() -> None:
    table = "| a[^{0}] | b[^{1}] |\n|---|---|\n| x[^{0}] | y |\n\n"
    text = "---\nnotes: {tables: own}\n---\nt[^1]\n\n" + table.format("a", "b") + table.format("c", "2")
    text += "weer[^a] en[^3]\n\n" + "".join(f"[^{k}]: {k}\n" for k in "123abc")
    document = numbered(text)
    assert [(x.id, x.label) for x in document.notes.values()] == [
        ("1", "1"), ("a", "a"), ("b", "b"), ("c", "a"), ("2", "b"), ("3", "2"),
    ]  # fmt: skip
    assert {table: [x.id for x in notes] for table, notes in document.by_table().items()} == {
        "table": ["a", "b"],
        "table-2": ["c", "2"],
    }
    assert [call.label for call in document.calls.values()][-2:] == ["a", "2"]


def test_nested_note_belongs_to_the_series_of_its_parent_note() -> None:
    document = numbered("a[^end:1] b[^1]\n\n[^end:1]: in[^2] en[^end:3]\n[^2]: x\n[^end:3]: y\n[^1]: z\n")
    assert [(x.id, x.kind, x.label) for x in document.notes.values()] == [
        ("end:1", "end", "i"), ("2", "end", "ii"), ("end:3", "end", "iii"), ("1", "foot", "1"),
    ]  # fmt: skip


def test_kind_end_makes_all_notes_endnotes() -> None:
    document = numbered("---\nnotes: {kind: end}\n---\na[^1] b[^2]\n\n[^1]: x\n[^2]: y\n")
    assert {note.kind for note in document.notes.values()} == {"end"}
    assert labels(document) == ["1", "2"]


def test_scope_page_restarts_numbers_on_each_page() -> None:
    document = resolved(
        "---\nnotes: {scope: page}\n---\na[^1] b[^2] c[^3]\n\n[^1]: x\n[^2]: y[^4]\n[^3]: z\n[^4]: in y\n"
    )
    assert labels(document.document) == ["1", "2", "3", "4"]
    assert "PUB-N015" in codes(document.diagnostics)
    again = resolve(document.document.document, {"1": 1, "2": 2, "3": 2})
    assert labels(again.document) == ["1", "1", "2", "3"]
    assert "PUB-N015" not in codes(again.diagnostics)


def test_long_chain_of_nested_notes_is_numbered_and_written() -> None:
    text = "a[^0]\n\n" + "".join(f"[^{k}]: note {k}[^{k + 1}]\n" for k in range(2000)) + "[^2000]: last\n"
    document = numbered(text)
    assert labels(document) == [str(k) for k in range(1, 2002)]
    assert len(publish.write(document, "html").data) > 100_000


def test_restarts_contains_the_sections_where_numbers_restart() -> None:
    text = "---\nnotes: {scope: chapter}\n---\n# Een\n\na[^1]\n\n## Onder\n\nb[^2]\n\n# Twee\n\nc[^3]\n\n[^1]: x\n[^2]: y\n[^3]: z\n"
    assert numbered(text).restarts == {"twee"}
