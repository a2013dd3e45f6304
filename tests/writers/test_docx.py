"""Word writer: native note markers, section breaks and the content of each part."""

from __future__ import annotations

import io
import zipfile

import pytest
from lxml import etree

import publish
from publish.resolve import NumberedDocument
from tests.support import codes, numbered

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def part(document: NumberedDocument, name: str) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(publish.write(document, "docx").data)) as archive:
        return etree.fromstring(archive.read(f"word/{name}.xml"))


def policy(text: str) -> str:
    return f"---\ntitle: T\nlang: nl\nnotes: {text}\n---\n\n"


NOTES = "[^1]: een\n[^2]: twee\n[^3]: drie\n[^4]: vier\n"
CHAPTERS = "# A\n\nx[^1] y[^2]\n\n# B\n\nz[^3]\n\n# C\n\ngeen\n\n# D\n\nw[^4]\n\n" + NOTES


def restarts(body: etree._Element) -> list[str]:
    """Return the restart of footnote numbering that Word applies in each section."""
    out = []
    for section in body.iter(f"{W}sectPr"):
        chosen = section.find(".//{*}Choice")
        element = (section if chosen is None else chosen).find(f"{W}footnotePr/{W}numRestart")
        out.append(str(element.get(f"{W}val")))
    return out


def test_section_breaks_restart_chapters_with_native_markers() -> None:
    body = part(numbered(policy("{scope: chapter}") + CHAPTERS), "document")
    assert restarts(body) == ["eachSect"] * 3
    assert not list(body.iter(f"{W}footnoteReference[@{W}customMarkFollows]"))
    assert len(list(body.iter(f"{W}footnoteReference"))) == 4
    assert [s.find(f"{W}type") is None for s in body.iter(f"{W}sectPr")] == [True, False, False]
    assert [s.find(f"{W}titlePg") is not None for s in body.iter(f"{W}sectPr")] == [True, False, False]


def test_a_section_that_ends_with_a_table_gets_a_paragraph() -> None:
    text = "# A\n\nx[^1]\n\n| a |\n|---|\n| b |\n\n# B\n\ny[^2]\n\n" + NOTES
    body = part(numbered(policy("{scope: chapter}") + text), "document").find(f"{W}body")
    assert body is not None
    table = body.find(f"{W}tbl")
    assert table is not None
    after = table.getnext()
    assert after is not None
    assert after.find(f"{W}pPr/{W}sectPr") is not None


@pytest.mark.parametrize(
    ("given", "text", "literal"),
    [
        ("{format: symbols}", "a[^1] b[^2] c[^3] d[^4]", []),
        ("{format: symbols, start: 5}", "a[^1]", ["‖"]),  # Word has four symbols, and shows ** for the fifth
        ("{format: lower-alpha, start: 27}", "a[^1] b[^2]", ["ab"]),  # Word shows aa, bb
        ("{start: 5}", "a[^1] b[^2]", []),
        ("{series: {m: {format: upper-roman}}}", "a[^1] b[^m:2] c[^3]\n\n[^m:2]: m", ["I"]),
    ],
)
def test_markers_that_word_cannot_number_are_literal(given: str, text: str, literal: list[str]) -> None:
    document = numbered(f"{policy(given)}{text}\n\n{NOTES}")
    body = part(document, "document")
    assert ("PUB-W006" in codes(publish.write(document, "docx").diagnostics)) is bool(literal)
    custom = [
        "".join(t.text or "" for t in r.getparent().iter(f"{W}t"))  # type: ignore[union-attr]
        for r in body.iter(f"{W}footnoteReference")
        if r.get(f"{W}customMarkFollows")
    ]
    assert custom == literal


def test_literal_marker_is_split_into_characters() -> None:
    body = part(numbered(policy("{start: 30, format: lower-alpha}") + "a[^1]\n\n" + NOTES), "document")
    (reference,) = body.iter(f"{W}footnoteReference")
    run = reference.getparent()
    assert run is not None
    assert [t.text for t in run.iter(f"{W}t")] == ["a", "d"]


def test_endnotes_have_their_own_part_and_counter() -> None:
    document = numbered(
        policy("{}") + "a[^1] b[^end:1] c[^2] d[^end:2]\n\n[^end:1]: x\n[^end:2]: y\n" + NOTES
    )
    body, notes = part(document, "document"), part(document, "endnotes")
    assert [r.get(f"{W}id") for r in body.iter(f"{W}endnoteReference")] == ["1", "2"]
    assert [e.get(f"{W}id") for e in notes.iter(f"{W}endnote")] == ["-1", "0", "1", "2"]
    form = body.find(f".//{W}endnotePr/{W}numFmt")
    assert form is not None
    assert form.get(f"{W}val") == "lowerRoman"


def test_cross_reference_to_a_note_is_a_field() -> None:
    body = part(numbered("Zie noot 1.\n\na[^1]\n\n[^1]: een\n"), "document")
    assert [i.text for i in body.iter(f"{W}instrText")] == [" NOTEREF fnref1 \\h "]
    assert "fnref1" in [b.get(f"{W}name") for b in body.iter(f"{W}bookmarkStart")]


def test_restart_at_sections_other_than_chapters_is_reported() -> None:
    text = policy("{scope: role, role: 'qa:question'}")
    text += "".join(f"# Vraag {k}\n\nx[^{k}]\n\n# Antwoord {k}\n\ny[^{k + 2}]\n\n" for k in (1, 2)) + NOTES
    document = numbered(text)
    assert [note.label for note in document.notes.values()] == ["1", "2", "1", "2"]
    output = publish.write(document, "docx")
    assert [d.code for d in output.diagnostics] == ["PUB-W008"]
