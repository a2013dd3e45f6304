"""Numbering: order, repeats, nesting, scopes, source labels, neighbours."""

from __future__ import annotations

import pytest

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


def test_order_in_tables_is_caption_head_rows() -> None:
    text = (
        "| a[^h] | b |\n|---|---|\n| x | y[^r] |\n\nTable: Titel[^c]\n\n[^r]: rij\n[^h]: kop\n[^c]: titel\n"
    )
    assert [t for _, t in texts(text)] == ["titel", "kop", "rij"]


def test_a_note_called_within_a_note_comes_right_after_it() -> None:
    text = "A[^a] b[^c]\n\n[^a]: in a[^b]\n[^b]: in b\n[^c]: in c\n"
    assert [t for _, t in texts(text)] == ["in a", "in b", "in c"]
    document = numbered(text)
    assert document.notes["b"].parent == "a"
    assert document.calls["fnref2"].within == "a"


def test_notes_that_call_each_other_end() -> None:
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
def test_only_calls_without_anything_between_are_adjacent(text: str, adjacent: list[bool]) -> None:
    document = numbered(text + "\n\n[^a]: a\n[^b]: b\n")
    assert [call.adjacent for call in document.calls.values()] == adjacent


def test_scopes() -> None:
    text = "---\nnotes: {scope: chapter}\n---\n# Een\n\na[^a] b[^b]\n\n# Twee\n\nc[^c] weer[^a]\n\n[^a]: a\n[^b]: b\n[^c]: c\n"
    document = numbered(text)
    assert labels(document) == ["1", "2", "1"]
    assert [call.label for call in document.calls.values()] == ["1", "2", "1", "1"]


def test_scope_of_a_role() -> None:
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
def test_formats(style: str, expected: list[str]) -> None:
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
def test_series(number: int, style: str, expected: str) -> None:
    assert label(number, style) == expected  # type: ignore[arg-type]


def test_kept_source_labels() -> None:
    text = "---\nnotes: {source-labels: keep}\n---\n\nA.<sup>4</sup> B.<sup>9</sup>\n\n<sup>4</sup> Vier.\n\n<sup>9</sup> Negen.\n"
    document = resolved(text)
    assert labels(document.document) == ["4", "9"]
    assert codes(document.diagnostics) == [
        "PUB-N011",
        "PUB-M001",
    ]  # published as it is, but 5 to 8 are looked for


def test_calls_within_links_are_set_free() -> None:
    # Markdown cannot write this; Word and Akoma Ntoso can.
    link = n.Link((n.Text("voor"), n.Strong((n.NoteRef("a"), n.Text(" na"))), n.NoteRef("a")), "https://b.c")
    document = n.Document(
        Metadata(), (n.Paragraph((link,)),), notes={"a": n.Note((n.Paragraph((n.Text("a"),)),))}
    )
    inlines = resolve(document).document.document.blocks[0].inlines  # type: ignore[union-attr]
    assert [type(i).__name__ for i in inlines] == ["Link", "NoteRef", "Link", "NoteRef"]
    assert plain_text(inlines) == "voor na"


def test_ids_never_clash_with_anchors() -> None:
    document = numbered("# Fn1\n\n# Fn1\n\n## x {#fnref1}\n\na[^a]\n\n[^a]: a\n")
    ids = list(document.ids)
    assert len(ids) == len(set(ids)) == 3
    assert not {"fn1", "fnref1"} & set(ids)


def test_references_follow_an_id_that_had_to_change() -> None:
    document = numbered("[naar](#fn1)\n\n# Kop {#fn1}\n")
    reference = document.document.blocks[0].inlines[0]  # type: ignore[union-attr]
    assert isinstance(reference, n.CrossReference)
    assert reference.target == "s-fn1"
