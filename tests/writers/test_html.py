"""HTML writer: metadata in the head, links to the other files, and the print layout."""

from __future__ import annotations

import json
from pathlib import Path

from lxml import etree, html

import publish
from tests.support import numbered

Page = html.HtmlElement


def page_of(text: str) -> Page:
    return html.document_fromstring(publish.write(numbered(text), "html").data)


def built(tmp_path: Path, source: Path, *formats: str) -> Page:
    result = publish.convert(source, formats, tmp_path / "out")
    assert result.report is not None
    assert result.report.agrees
    path = next(x for x in result.files if x.endswith(".html"))
    return html.document_fromstring(Path(path).read_bytes())


def metas(page: Page) -> dict[str, str]:
    return {str(e.get("name")): str(e.get("content")) for e in page.iter("meta") if e.get("name")}


def test_head_of_a_dutch_document_has_dublin_core_and_owms(seed: Path, tmp_path: Path) -> None:
    page = built(tmp_path, seed, "html")
    found = metas(page)
    assert found["DCTERMS.identifier"] == "ah-tk-20212022-1558"
    assert found["DCTERMS.available"] == "2022-02-03"
    assert found["OVERHEIDop.vergaderjaar"] == "2021-2022"
    assert found["OVERHEIDop.publicationIssue"] == "1558"
    assert found["OVERHEIDop.indiener"] == "Verkuijlen"
    data = json.loads(page.findtext(".//script[@type='application/ld+json']") or "")
    assert len(data["hasPart"]) == 9
    ids = {e.get("id") for e in page.iter()}
    for part in data["hasPart"]:
        assert part["@id"].removeprefix("#") in ids
        assert part["acceptedAnswer"]["@id"].removeprefix("#") in ids


def test_unknown_metadata_is_omitted() -> None:
    page = page_of("# Title\n\nText.")
    assert set(metas(page)) == {"viewport", "generator", "DCTERMS.title"}
    assert page.find(".//footer") is None


def test_other_files_are_linked_by_relative_urls(tmp_path: Path) -> None:
    source = tmp_path / "a paper.md"
    source.write_text("# Title\n\nText.[^1]\n\n[^1]: Note.\n", encoding="utf-8")
    page = built(tmp_path, source, "html", "docx", "epub")
    alternates = [(e.get("type"), e.get("href")) for e in page.iter("link") if e.get("rel") == "alternate"]
    assert [href for _, href in alternates] == ["a%20paper.docx", "a%20paper.epub"]
    assert alternates[1][0] == "application/epub+zip"
    assert [e.get("href") for e in page.xpath("//footer//a")] == ["a%20paper.docx", "a%20paper.epub"]


def test_text_of_the_document_cannot_close_the_style_element() -> None:
    page = page_of(
        "---\ntitle: T\npublisher: 'x</style><script>alert(1)</script>'\nstyle: brief\n---\n\nText."
    )
    assert [e.get("type") for e in page.iter("script")] == ["application/ld+json"]
    assert len(list(page.iter("style"))) == 1
    assert etree.tostring(page).count(b"alert(1)") >= 1


def test_print_css_has_page_size_and_footer_of_the_house_style(seed: Path) -> None:
    style = publish.write(publish.resolve(publish.read(seed).document).document, "html").data.decode()
    paper = style[style.index("@media print") :]
    assert "@page { size: 595.28pt 841.89pt; margin: 66pt 55pt 92pt 221pt;" in paper
    assert "Tweede Kamer, vergaderjaar 2021–2022, Aanhangsel" in paper
    assert "@media screen" in style[: style.index("@media print")]
