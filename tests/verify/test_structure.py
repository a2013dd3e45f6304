"""Labels of list items and headings, sizes of tables and alternative texts: each damage to a file is found."""

from __future__ import annotations

import io
import re
import zipfile
from functools import cache
from pathlib import Path

import pytest

import publish
from publish.storage import Named
from publish.verify import expect, verify
from publish.verify.extractors.registry import extract
from tests.conftest import ROOT

PAPER = """---
title: Over de haven
numbered-sections: true
---

# Eerste kop

1. appels uit Utrecht
2. peren uit Zeeland

| Plaats | Aantal |
|--------|--------|
| Emden  | 17     |
| Breda  | 23     |

![Een lege leeszaal](dagen.png)
"""

FILES = {
    "html": "x.html",
    "epub": "x.epub",
    "docx": "x.docx",
    "akn": "x.akn.xml",
    "op": "x.op.xml",
    "odt": "x.odt",
}

DAMAGE: dict[tuple[str, str], tuple[str, str]] = {
    ("html", "PUB-V025"): (r"<ol", '<ol start="4"'),
    ("epub", "PUB-V025"): (r"<ol", '<ol start="4"'),
    ("docx", "PUB-V025"): (r'(<w:startOverride w:val=)"1"', r'\1"4"'),
    ("akn", "PUB-V025"): (r'value="1"', 'value="4"'),
    ("op", "PUB-V025"): (r"<li\.nr>1", "<li.nr>4"),
    ("html", "PUB-V026"): (r"<tr>(?:(?!</tr>).)*23(?:(?!</tr>).)*</tr>", ""),
    ("epub", "PUB-V026"): (r"<tr>(?:(?!</tr>).)*23(?:(?!</tr>).)*</tr>", ""),
    ("docx", "PUB-V026"): (r"<w:tr>(?:(?!</w:tr>).)*>23<(?:(?!</w:tr>).)*</w:tr>", ""),
    ("akn", "PUB-V026"): (r"<tr[^>]*>(?:(?!</tr>).)*23(?:(?!</tr>).)*</tr>", ""),
    ("op", "PUB-V026"): (r"<row>(?:(?!</row>).)*23(?:(?!</row>).)*</row>", ""),
    ("html", "PUB-V027"): (r"Een lege leeszaal", "dagen.png"),
    ("epub", "PUB-V027"): (r"Een lege leeszaal", "dagen.png"),
    ("docx", "PUB-V027"): (r"Een lege leeszaal", "dagen.png"),
    ("akn", "PUB-V027"): (r"Een lege leeszaal", "dagen.png"),
    ("op", "PUB-V027"): (r"Een lege leeszaal", "dagen.png"),
    ("odt", "PUB-V025"): (r'text:start-value="1"', 'text:start-value="4"'),
    ("odt", "PUB-V026"): (r"<table:table-row(?:(?!</table:table-row>).)*>23<.*?</table:table-row>", ""),
    ("odt", "PUB-V027"): (r"Een lege leeszaal", "dagen.png"),
}
"""For each format and code: a pattern, and what replaces it once."""


@cache
def prepared() -> publish.Prepared:
    return publish.prepare(PAPER.encode(), name="x.md", folder=str(ROOT / "examples" / "pictures"))


@cache
def file(form: str) -> bytes:
    return publish.write(prepared(), form).data


def damaged(data: bytes, pattern: str, new: str) -> bytes:
    """Return a file with one damage; in a package, in the first member that contains the pattern."""
    if not data.startswith(b"PK"):
        text, count = re.subn(pattern, new, data.decode(), count=1, flags=re.DOTALL)
        assert count == 1, f"{pattern!r} is not there to be damaged"
        return text.encode()
    out, done = io.BytesIO(), 0
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as archive:
        for info in old.infolist():
            content = old.read(info)
            if not done and info.filename.endswith((".xml", ".xhtml")) and "nav" not in info.filename:
                text, done = re.subn(pattern, new, content.decode(), count=1, flags=re.DOTALL)
                content = text.encode()
            archive.writestr(info, content)
    assert done == 1, f"{pattern!r} is not there to be damaged"
    return out.getvalue()


def codes(form: str, data: bytes) -> set[str]:
    report = verify([Named(FILES[form], data)], expect(prepared().numbered))
    return {finding.code for finding in report.findings}


@pytest.mark.parametrize("form", FILES)
def test_structure_of_a_file_is_that_of_the_document(form: str) -> None:
    seen = extract(Path(FILES[form]), file(form))
    expected = expect(prepared().numbered)
    assert seen.structured
    assert seen.tables == expected.tables == ((3, 2),)
    assert seen.images == expected.images == ("Een lege leeszaal",)
    assert expected.items == ("1 Eerste kop", "1 appels uit Utrecht", "2 peren uit Zeeland")
    assert set(expected.items) <= set(seen.items)
    assert codes(form, file(form)) == set()


@pytest.mark.parametrize(("form", "code"), DAMAGE)
def test_each_damage_to_the_structure_is_found(form: str, code: str) -> None:
    assert code in codes(form, damaged(file(form), *DAMAGE[form, code]))


def test_no_format_invents_an_alternative_text() -> None:
    text = "Tekst met een beeld:\n\n![](dagen.png)\n"
    document = publish.prepare(text.encode(), name="x.md", folder=str(ROOT / "examples" / "pictures"))
    for form, name in FILES.items():
        seen = extract(Path(name), publish.write(document, form).data)
        assert seen.images == ("",), form


def test_an_item_that_begins_with_a_heading_agrees_in_every_format() -> None:
    document = publish.prepare(b"alpha\n\n1. # alpha\n2. beta\n", name="x.md")
    expected = expect(document.numbered)
    for form, name in FILES.items():
        report = verify([Named(name, publish.write(document, form).data)], expected)
        assert report.findings == (), form


def test_a_call_that_is_a_link_is_not_a_word_of_a_short_item() -> None:
    """Word and OpenDocument have no notes within notes, so the call of such a note is a link with its label."""
    document = publish.prepare(b"Tekst[^a].\n\n1. kort[^b]\n\n[^a]: Noot[^b].\n\n[^b]: Twee.\n", name="x.md")
    for form, name in FILES.items():
        report = verify([Named(name, publish.write(document, form).data)], expect(document.numbered))
        assert report.findings == (), form
