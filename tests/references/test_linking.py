"""Test that references become links in every format and that the text does not change."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pikepdf
import pytest

import publish
from publish.engine.job import run
from publish.model import nodes as n
from publish.model.text import plain_text
from publish.model.walk import document_nodes, nodes_in
from tests.support import codes, job

PAPER = """---
profile: kamervragen
session: 2021-2022
---

**Vraag 1**

Kent u Kamerstuk 29 383, nr. 406[^a]? En uw antwoord op vraag 2 van de schriftelijke vragen van het lid X?

**Vraag 2**

Zie `Stb. 2021, 12`, [Stb. 2021, 13](https://example.org) en https://zoek.officielebekendmakingen.nl/stb-2021-14.html.

**Antwoord 1 en 2**

Zie vragen 1 en 2, het antwoord op vraag 2, en vraag 7. Artikel 3 van de Grondwet. Aanhangsel Handelingen, vergaderjaar 2022–203, nr. 844.
Kamerstuk **29 383**, nr. 407.

[^a]: Zie ook Stb. 2020, 1.
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "a.md"
    path.write_text(PAPER, "utf-8")
    return path


def texts(document: n.Document) -> list[str]:
    blocks = [*document.blocks, *(b for note in document.notes.values() for b in note.blocks)]
    return [plain_text(b.inlines) for b in nodes_in(blocks) if isinstance(b, n.Paragraph)]


def test_only_recognised_references_outside_code_and_links_are_linked(path: Path) -> None:
    result = publish.read(path)
    nodes = [
        *document_nodes(result.document),
        *(x for note in result.document.notes.values() for x in nodes_in(note.blocks)),
    ]
    cited = {plain_text(x.inlines): x.identifier for x in nodes if isinstance(x, n.Citation)}
    assert cited == {
        "Kamerstuk 29 383, nr. 406": "kst-29383-406",
        "Artikel 3 van de Grondwet": "jci1.3:c:BWBR0001840&artikel=3",
        "Stb. 2020, 1": "stb-2020-1",
        "Kamerstuk 29 383, nr. 407": "kst-29383-407",
    }
    own = [(plain_text(x.inlines), x.target) for x in nodes if isinstance(x, n.CrossReference)]
    assert own == [("vragen 1", "vraag-1"), ("en 2", "vraag-2"), ("vraag 2", "antwoord-1-2")]
    listed = [d.message for d in result.diagnostics if d.code == "PUB-X003"]
    assert len(listed) == 1
    assert "2022–203" in listed[0]


def test_linking_does_not_change_text_and_can_be_disabled(path: Path) -> None:
    plain = publish.read(path, references=False)
    assert texts(plain.document) == texts(publish.read(path).document)
    assert "PUB-X003" not in codes(plain.diagnostics)
    assert not any(isinstance(x, n.Citation) for x in document_nodes(plain.document))


def test_every_format_has_the_links(path: Path, tmp_path: Path) -> None:
    result = run(job(str(path), ("html", "docx", "epub", "pdf", "akn", "op", "odt"), str(tmp_path / "uit")))
    assert result.ok
    folder = tmp_path / "uit"
    address = "https://zoek.officielebekendmakingen.nl/kst-29383-406.html"
    assert f'href="{address}"' in (folder / "a.html").read_text("utf-8")
    for name, member in (("a.docx", "word/_rels/document.xml.rels"), ("a.odt", "content.xml")):
        with zipfile.ZipFile(folder / name) as archive:
            assert address in archive.read(member).decode()
    with zipfile.ZipFile(folder / "a.epub") as archive:
        assert any(
            address in archive.read(name).decode() for name in archive.namelist() if name.endswith(".xhtml")
        )
    akn = (folder / "a.akn.xml").read_text("utf-8")
    assert f'href="{address}"' in akn
    assert re.search(r'<ref [^>]*href="#answer_1"', akn)
    assert 'doc="kst-29383-406"' in (folder / "a.op.xml").read_text("utf-8")
    with pikepdf.open(folder / "a.pdf") as pdf:
        found = [str(a.A.URI) for page in pdf.pages for a in page.get("/Annots", []) if "/A" in a]
    assert address in found


def test_a_range_of_questions_is_one_reference_in_akoma_ntoso(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    units = "".join(f"**Vraag {k}**\n\nWat {k}?\n\n" for k in (1, 2, 3))
    path.write_text(
        f"---\nprofile: kamervragen\n---\n{units}**Antwoord 1, 2 en 3**\n\nZie de vragen 1 t/m 3.\n", "utf-8"
    )
    run(job(str(path), ("akn",), str(tmp_path)))
    akn = (tmp_path / "a.akn.xml").read_text("utf-8")
    match = re.search(r'<rref [^>]*from="(#\w+)" upTo="(#\w+)">(.*?)</rref>', akn)
    assert match is not None
    assert match.groups()[:2] == ("#question_1", "#question_3")
    assert re.sub("<.*?>", "", match[3]) == "vragen 1 t/m 3"
