"""Compare two versions of a document: reported changes, ignored changes, and the exit code."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from lxml import etree

import publish
from publish.cli.parser import run as main
from publish.difference import Difference, compare_documents
from publish.difference.compare import shown
from publish.difference.text import report, runs
from publish.resolve import resolve
from tests.properties.strategies import manuscripts
from tests.support import numbered

OLD = """# Inleiding

Er zijn drie redenen voor dit besluit.[^a] De eerste is de belangrijkste.

De tweede reden is van andere aard, en staat in de bijlage.

# Slot

Zo is het besloten.[^b]

[^a]: De redenen van vorig jaar.
[^b]: Met algemene stemmen.
"""


def changes(old: str, new: str) -> Difference:
    return compare_documents(numbered(old), numbered(new))


def told(old: str, new: str) -> list[str]:
    return report(changes(old, new), "old", "new").splitlines()[2:]


def test_identical_documents_have_no_differences() -> None:
    assert not changes(OLD, OLD)


def test_changed_words_are_reported_with_their_position() -> None:
    assert told(OLD, OLD.replace("drie redenen", "vier goede redenen")) == [
        "@@ Inleiding",
        "~ paragraph (3:1 → 3:1): Er zijn [-drie-]{+vier goede+} redenen voor dit besluit.[1] De eerste is …",
    ]


def test_line_breaks_and_heading_syntax_of_the_source_are_ignored() -> None:
    assert not changes(
        OLD, OLD.replace("besluit.[^a] De", "besluit.[^a]\nDe").replace("# Slot", "Slot\n====")
    )


def test_added_deleted_and_moved_paragraphs_are_reported() -> None:
    first, second = (
        "Er zijn drie redenen voor dit besluit.[^a] De eerste is de belangrijkste.",
        "De tweede reden is van andere aard, en staat in de bijlage.",
    )
    assert told(OLD, OLD.replace(second, f"{second}\n\nIets geheel nieuws."))[1:] == [
        "+ paragraph (7:1): Iets geheel nieuws."
    ]
    assert told(OLD, OLD.replace(f"{second}\n\n", ""))[1:] == [f"- paragraph (5:1): {second}"]
    moved = OLD.replace(f"{second}\n\n", "").replace(
        "Zo is het besloten.[^b]", f"Zo is het besloten.[^b]\n\n{second}"
    )
    assert told(OLD, moved) == ["@@ Slot", f"> paragraph (9:1): {second}"]
    assert first in OLD


def test_inserted_note_only_renumbers_the_later_notes() -> None:
    new = OLD.replace("belangrijkste.", "belangrijkste.[^c]") + "[^c]: Volgens de minister.\n"
    assert told(OLD, new) == [
        "@@ Inleiding",
        "~ paragraph (3:1 → 3:1): … voor dit besluit.[1] De eerste is de belangrijkste.{+[2]+}",
        "+ note 2 (13:1): Volgens de minister.",
        "notes renumbered: 2 → 3",
    ]


def test_the_text_of_a_note_is_compared() -> None:
    assert told(OLD, OLD.replace("vorig jaar", "dit jaar")) == [
        "~ note 1 (11:1 → 11:1): De redenen van [-vorig-]{+dit+} jaar."
    ]


def test_structure_and_links_are_compared() -> None:
    assert told(OLD, OLD.replace("# Slot", "## Slot"))[1:] == [
        "~ heading 2 (7:1 → 7:1): Slot",
        "    was heading 1",
    ]
    linked = OLD.replace("de bijlage", "[de bijlage](https://a.nl/)")
    assert told(OLD, linked)[-1] == "    link added: https://a.nl/"


def test_metadata_are_compared_if_both_versions_have_them() -> None:
    head = "---\nnumber: {}\ndate: {}\n---\n\n"
    old, new = head.format(1, "2024-01-01") + OLD, head.format(2, "2024-02-01") + OLD
    assert told(old, new) == ["number: [-1-] {+2+}", "date published: [-2024-01-01-] {+2024-02-01+}"]
    assert not changes(old, OLD)


def test_consecutive_numbers_are_reported_as_a_range() -> None:
    pairs = [("3", "4"), ("4", "5"), ("5", "6"), ("a", "b"), ("9", "9")]
    assert list(runs(pairs)) == [("3–5", "4–6"), ("a", "b"), ("9", "9")]


@settings(max_examples=60)
@given(manuscripts(), manuscripts())
def test_comparison_is_symmetric_and_its_pieces_are_not_empty(one: str, other: str) -> None:
    old, new = numbered(one), numbered(other)
    assert not compare_documents(old, old)
    found = compare_documents(old, new)
    assert bool(found) == bool(compare_documents(new, old))
    for change in (*found.text, *found.notes):
        assert all(piece.text for piece in change.pieces if change.what == "changed")
        assert change.what == "changed" or len(change.pieces) == 1


@pytest.mark.parametrize("kind", ["docx", "akn", "markdown", "html"])
def test_manuscript_and_its_publications_are_equal(seed: Path, kind: str, tmp_path: Path) -> None:
    """Compare text and numbers; only the type of a unit may differ between the manuscript and its publication."""
    paper = resolve(publish.read(seed).document).document
    path = tmp_path / f"paper.{ {'akn': 'xml', 'markdown': 'md'}.get(kind, kind) }"
    path.write_bytes(publish.write(paper, kind).data)
    found = compare_documents(paper, resolve(publish.read(path).document).document)
    changed = [c for c in (*found.text, *found.notes) if any(p.what != "same" for p in c.pieces)]
    assert [(c.what, shown(c.pieces[0].text)) for c in changed] == []
    assert found.renumbered == ()


# Command line


@pytest.fixture
def versions(tmp_path: Path) -> tuple[str, str]:
    old, new = tmp_path / "old.md", tmp_path / "new <1>.md"
    old.write_text(OLD, "utf-8")
    new.write_text(OLD.replace("vorig jaar", "dit <b>jaar</b> & later"), "utf-8")
    return str(old), str(new)


def test_exit_codes_are_those_of_diff(versions: tuple[str, str], tmp_path: Path) -> None:
    old, new = versions
    assert main(["diff", old, old]) == 0
    assert main(["diff", old, new]) == 1
    assert main(["diff", old, str(tmp_path / "none.md")]) == 2
    assert main(["diff", old]) == 2


def test_html_report_escapes_the_texts(versions: tuple[str, str], tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    assert main(["diff", *versions, "--html", str(path), "--quiet"]) == 1
    root = etree.fromstring(path.read_bytes(), etree.HTMLParser())
    assert "".join(root.find(".//title").itertext()).endswith("new <1>.md")  # type: ignore[union-attr]
    (change,) = root.iter("div")
    assert [e.tag for e in change.iter("ins", "del")] == ["del", "ins", "ins"]
    assert "dit jaar & later" in re.sub("vorig", "", "".join(change.itertext()))


def test_json_report_contains_the_changes(
    versions: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["diff", *versions, "--json"]) == 1
    found = json.loads(capsys.readouterr().out)
    assert found["text"] == []
    assert [(c["what"], c["kind"], c["place"]) for c in found["notes"]] == [("changed", "note", "1")]


def test_quiet_comparison_prints_nothing(
    versions: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["diff", *versions, "--quiet"]) == 1
    assert capsys.readouterr() == ("", "")
