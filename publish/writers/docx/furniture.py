"""Header and footer in Word: the same lines as in print, at the same positions on the sheet.

Word lays out a header from the top of the sheet and moves the text down below it, so the text of the first page starts as
low as in print. A footer grows upward. Lines that are side by side in print share a paragraph, with tab stops between them.
"""

from __future__ import annotations

from docx.oxml.parser import parse_xml
from docx.shared import Pt
from msgspec import Struct

from publish.style.docx import half_points, twips
from publish.style.furniture import lines, values
from publish.style.tokens import Furniture, Page
from publish.writers.docx.package import PackageBuilder
from publish.writers.docx.runs import field, run
from publish.writers.docx.sections import NAMESPACES

HEADER_DISTANCE = 20
"""Points from the top of the sheet to a header; no house style starts higher."""

SAME_ROW = 8
"""Maximum distance, in points, between the middles of lines in the same row."""


class _Piece(Struct, frozen=True):
    """One line of furniture and its position; y starts at the top of its margin, x at the left of the text."""

    furniture: Furniture
    text: str
    x: float
    y: float
    is_right: bool
    """Whether the line ends at x instead of starting there."""

    @property
    def middle(self) -> float:
        return self.y + self.furniture.line_height / 2

    @property
    def bottom(self) -> float:
        return self.y + self.furniture.line_height


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
        rows = _rows(page, [f for f in chosen if f.box.startswith("top")], top, known)
        _fill(header, _paragraphs(rows, HEADER_DISTANCE, top if top > page.margin.top else 0, "Header"))
        rows = _rows(page, [f for f in chosen if f.box.startswith("bottom")], page.margin.bottom, known)
        _fill(footer, _paragraphs(rows, rows[0][0].y if rows else 0, 0, "Footer"))
        foot = max([foot, *(piece.bottom for row in rows for piece in row)])
    section.footer_distance = Pt(max(page.margin.bottom - foot, 0)) if foot else section.footer_distance


def _fill(place: object, content: str) -> None:
    place.is_linked_to_previous = False  # type: ignore[attr-defined]
    element = place._element  # type: ignore[attr-defined]  # noqa: SLF001 - python-docx has no method to set XML
    for child in list(element):
        element.remove(child)
    for child in list(parse_xml(f"<w:hdr {NAMESPACES}>{content}</w:hdr>")):
        element.append(child)


def _rows(page: Page, chosen: list[Furniture], height: float, known: dict[str, str]) -> list[list[_Piece]]:
    """Return the lines of boxes in a margin of this height, row by row from the top."""
    pieces = sorted((p for f in chosen for p in _pieces(page, f, height, known)), key=lambda p: p.middle)
    rows: list[list[_Piece]] = []
    for piece in pieces:
        if rows and piece.middle - rows[-1][0].middle <= SAME_ROW:
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [sorted(row, key=lambda p: p.x) for row in rows]


def _pieces(page: Page, furniture: Furniture, height: float, known: dict[str, str]) -> list[_Piece]:
    shown = lines(furniture, known)
    pad = furniture.padding
    free = height - pad.top - pad.bottom - furniture.line_height * len(shown)
    start = pad.top + {"top": 0, "middle": free / 2, "bottom": free}[furniture.valign]
    width = page.width - page.margin.left - page.margin.right
    is_right = furniture.align == "right" and "right" in furniture.box
    if furniture.box.endswith("left-corner"):
        x = pad.left - page.margin.left
    elif "left" in furniture.box:
        x = pad.left
    elif "center" in furniture.box:
        x = width / 2
    else:
        x = width - pad.right - (0 if is_right else furniture.width)
    return [
        _Piece(furniture, text, x, start + index * furniture.line_height, is_right)
        for index, text in enumerate(shown)
        if text.strip()
    ]


def _paragraphs(rows: list[list[_Piece]], start: float, end: float, style: str) -> str:
    """Return a paragraph for each row; `end` is the position at which the last one must end, or 0."""
    out: list[str] = []
    y = start
    for index, row in enumerate(rows):
        top, bottom = min(p.y for p in row), max(p.bottom for p in row)
        after = max(end - bottom, 0) if end and index == len(rows) - 1 else 0
        out.append(_paragraph(row, max(top - y, 0), after, bottom - top, style))
        y = bottom
    if not out:
        out.append(
            f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{_spacing(0, max(end - start, 0), 0)}</w:pPr></w:p>'
        )
    return "".join(out)


def _paragraph(row: list[_Piece], before: float, after: float, leading: float, style: str) -> str:
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
