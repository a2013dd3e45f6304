"""Header and footer in Word: the same lines as in print, at the same positions on the sheet.

Word lays out a header from the top of the sheet and moves the text down below it, so the text of the first page starts as
low as in print. A footer grows upward. Lines that are side by side in print share a paragraph, with tab stops between them.
"""

from __future__ import annotations

from docx.oxml.parser import parse_xml
from docx.shared import Pt

from publish.style.docx import half_points, twips
from publish.style.furniture import values
from publish.style.tokens import Furniture
from publish.writers.docx.package import PackageBuilder
from publish.writers.docx.runs import field, run
from publish.writers.docx.sections import NAMESPACES
from publish.writers.margin_lines import Piece, rows

HEADER_DISTANCE = 20
"""Points from the top of the sheet to a header; no house style starts higher."""


def add(package: PackageBuilder) -> None:
    """Write header and footer of the first page and of the other pages."""
    section = package.document.sections[0]
    section.different_first_page_header_footer = True
    page = package.style.page
    known = values(package.numbered.document.metadata, package.numbered.title)
    section.header_distance = Pt(HEADER_DISTANCE)
    first_top = page.first_top or page.margin.top
    foot = 0.0
    for kind, top, header, footer in (
        ("first", first_top, section.first_page_header, section.first_page_footer),
        ("rest", page.margin.top, section.header, section.footer),
    ):
        chosen = [f for f in page.furniture if f.on in {"all", kind}]
        found = rows(page, [f for f in chosen if f.box.startswith("top")], top, known)
        _fill(header, _paragraphs(found, HEADER_DISTANCE, top if top > page.margin.top else 0, "Header"))
        found = rows(page, [f for f in chosen if f.box.startswith("bottom")], page.margin.bottom, known)
        _fill(footer, _paragraphs(found, found[0][0].y if found else 0, 0, "Footer"))
        foot = max([foot, *(piece.bottom for row in found for piece in row)])
    section.footer_distance = Pt(max(page.margin.bottom - foot, 0)) if foot else section.footer_distance


def _fill(place: object, content: str) -> None:
    place.is_linked_to_previous = False  # type: ignore[attr-defined]
    element = place._element  # type: ignore[attr-defined]  # noqa: SLF001 - python-docx has no method to set XML
    for child in list(element):
        element.remove(child)
    for child in list(parse_xml(f"<w:hdr {NAMESPACES}>{content}</w:hdr>")):
        element.append(child)


def _paragraphs(found: list[list[Piece]], start: float, end: float, style: str) -> str:
    """Return a paragraph for each row; `end` is the position at which the last one must end, or 0."""
    out: list[str] = []
    y = start
    for index, row in enumerate(found):
        top, bottom = min(p.y for p in row), max(p.bottom for p in row)
        after = max(end - bottom, 0) if end and index == len(found) - 1 else 0
        out.append(_paragraph(row, max(top - y, 0), after, bottom - top, style))
        y = bottom
    if not out:
        out.append(
            f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{_spacing(0, max(end - start, 0), 0)}</w:pPr></w:p>'
        )
    return "".join(out)


def _paragraph(row: list[Piece], before: float, after: float, leading: float, style: str) -> str:
    begins = not row[0].is_right
    stops = row[1:] if begins else row
    tabs = "".join(
        f'<w:tab w:val="{"right" if p.is_right else "left"}" w:pos="{twips(p.x)}"/>' for p in stops
    )
    indent = f'<w:ind w:left="{twips(row[0].x)}"/>' if begins and row[0].x else ""
    spacing = _spacing(before, after, leading)
    properties = f'<w:pStyle w:val="{style}"/>{f"<w:tabs>{tabs}</w:tabs>" if tabs else ""}{spacing}{indent}'
    tab = "<w:r><w:tab/></w:r>"
    content = tab.join(_line(p.furniture, p.text) for p in row)
    return f"<w:p><w:pPr>{properties}</w:pPr>{content if begins else tab + content}</w:p>"


def _spacing(before: float, after: float, leading: float) -> str:
    line = f' w:line="{twips(leading)}" w:lineRule="exact"' if leading else ""
    return f'<w:spacing w:before="{twips(before)}" w:after="{twips(after)}"{line}/>'


def _line(furniture: Furniture, line: str) -> str:
    size = half_points(furniture.size)
    bold = "<w:b/>" if furniture.weight == "bold" else ""
    colour = f'<w:color w:val="{furniture.colour.lstrip("#")}"/>' if furniture.colour else ""
    block_format = f'<w:rPr>{bold}{colour}<w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr>'
    out: list[str] = []
    for index, part in enumerate(line.split("{page}")):
        if index:
            out.append(field("PAGE", "1").replace("<w:r>", f"<w:r>{block_format}"))
        out.append(run(part).replace("<w:r>", f"<w:r>{block_format}") if part else "")
    return "".join(out)
