"""Page, header and footer: the same lines as in print, at the same positions on the sheet (ODF 1.3, part 3, 16.9)."""

from __future__ import annotations

from publish.markup import escape
from publish.resolve.numbered import NumberedDocument
from publish.style.furniture import values
from publish.style.odt import Format, points
from publish.style.tokens import Furniture, Style
from publish.writers.margin_lines import Piece, rows
from publish.writers.odt.automatic import AutomaticStyles

HEADER_DISTANCE = 20.0
"""Points from the top of the sheet to a header; no house style starts higher."""

LAST_LINE = 2.0
"""Height of an empty paragraph that fills a header, in points."""

PAGE_LAYOUT = "Page"


def page_layout(style: Style, *, has_header: bool, foot: float) -> str:
    """Return the size and margins of the pages, and the rule above footnotes.

    Args:
        style: The house style.
        has_header: Whether pages have a header.
        foot: Distance from the bottom of the text to the end of the footer, in points; 0 without a footer.
    """
    page, notes = style.page, style.notes
    margin = page.margin
    width = page.width - margin.left - margin.right
    top = HEADER_DISTANCE if has_header else margin.top
    bottom = max(margin.bottom - foot, 0) if foot else margin.bottom
    sizes = (
        f'fo:page-width="{points(page.width)}" fo:page-height="{points(page.height)}" fo:margin-top="{points(top)}" '
        f'fo:margin-bottom="{points(bottom)}" fo:margin-left="{points(margin.left)}" fo:margin-right="{points(margin.right)}" '
        f'style:print-orientation="{"portrait" if page.height >= page.width else "landscape"}"'
    )
    share = min(round(notes.rule_width / width * 100), 100) if notes.rule else 0
    rule = (
        f'<style:footnote-sep style:width="{points(notes.rule)}" style:distance-before-sep="{points(notes.gap_before)}" '
        f'style:distance-after-sep="{points(notes.gap_before / 2)}" style:line-style="solid" style:adjustment="left" '
        f'style:rel-width="{share}%" style:color="{style.colours.rule}"/>'
    )
    head = _part("header", max(margin.top - HEADER_DISTANCE, 0)) if has_header else "<style:header-style/>"
    footer = _part("footer", foot) if foot else "<style:footer-style/>"
    return (
        f'<style:page-layout style:name="{PAGE_LAYOUT}"><style:page-layout-properties {sizes}>{rule}'
        f"</style:page-layout-properties>{head}{footer}</style:page-layout>"
    )


def _part(kind: str, height: float) -> str:
    side = "bottom" if kind == "header" else "top"
    properties = f'fo:min-height="{points(height)}" fo:margin-{side}="0pt" style:dynamic-spacing="false"'
    return f"<style:{kind}-style><style:header-footer-properties {properties}/></style:{kind}-style>"


def pages(numbered: NumberedDocument, style: Style, automatic: AutomaticStyles) -> tuple[str, str]:
    """Return the page layout, and the master page with header and footer of the first page and of the other pages.

    Args:
        numbered: The document, whose metadata are in the lines.
        style: The house style.
        automatic: Collector of the styles of the lines.
    """
    page = style.page
    known = values(numbered.document.metadata, numbered.title)
    parts: dict[str, str] = {}
    foot = 0.0
    has_header = False
    for kind, suffix, top in (
        ("rest", "", page.margin.top),
        ("first", "-first", page.first_top or page.margin.top),
    ):
        chosen = [f for f in page.furniture if f.on in {"all", kind}]
        found = rows(page, [f for f in chosen if f.box.startswith("top")], top, known)
        end = top if top > page.margin.top else 0
        has_header = has_header or bool(found) or bool(end)
        parts[f"header{suffix}"] = _paragraphs(found, HEADER_DISTANCE, end, "Header", automatic)
        below = rows(page, [f for f in chosen if f.box.startswith("bottom")], page.margin.bottom, known)
        parts[f"footer{suffix}"] = _paragraphs(below, 0, 0, "Footer", automatic)
        foot = max([foot, *(piece.bottom for row in below for piece in row)])
    used = [
        name for name in ("header", "header-first", "footer", "footer-first") if has_header or name[0] == "f"
    ]
    used = [name for name in used if foot or name[0] == "h"]
    inside = "".join(f"<style:{name}>{parts[name]}</style:{name}>" for name in used)
    master = f'<style:master-page style:name="Standard" style:page-layout-name="{PAGE_LAYOUT}">{inside}</style:master-page>'
    return page_layout(style, has_header=has_header, foot=foot), master


def _paragraphs(
    found: list[list[Piece]], start: float, end: float, style: str, automatic: AutomaticStyles
) -> str:
    """Return a paragraph for each row; `end` is the position at which the last one must end, or 0.

    LibreOffice ignores space below the last paragraph of a header, so an empty paragraph fills it.
    """
    out: list[str] = []
    y = start
    for row in found:
        top, bottom = min(p.y for p in row), max(p.bottom for p in row)
        out.append(_paragraph(row, _spacing(max(top - y, 0), bottom - top), style, automatic))
        y = bottom
    left = max(end - y, 0) if end else 0
    if left or not out:
        own = Format(_spacing(max(left - LAST_LINE, 0), LAST_LINE), f'fo:font-size="{points(LAST_LINE)}"')
        out.append(f'<text:p text:style-name="{automatic.paragraph(style, own)}"/>')
    return "".join(out)


def _paragraph(row: list[Piece], spacing: str, style: str, automatic: AutomaticStyles) -> str:
    begins = not row[0].is_right
    stops = row[1:] if begins else row
    start = row[0].x if begins else 0
    # Tab stops count from the indent of the paragraph.
    tabs = "".join(
        f'<style:tab-stop style:position="{points(p.x - start)}" style:type="{"right" if p.is_right else "left"}"/>'
        for p in stops
    )
    indent = f' fo:margin-left="{points(start)}"' if start else ""
    inside = f"<style:tab-stops>{tabs}</style:tab-stops>" if tabs else ""
    name = automatic.paragraph(style, Format(f"{spacing}{indent}", "", inside))
    content = "<text:tab/>".join(_line(p.furniture, p.text, automatic) for p in row)
    return f'<text:p text:style-name="{name}">{content if begins else f"<text:tab/>{content}"}</text:p>'


def _spacing(before: float, leading: float) -> str:
    return f'fo:margin-top="{points(before)}" fo:margin-bottom="0pt" fo:line-height="{points(leading)}"'


def _line(furniture: Furniture, line: str, automatic: AutomaticStyles) -> str:
    """Return a line with its format; `{page}` is the page number."""
    own = f'fo:font-size="{points(furniture.size)}" style:font-size-complex="{points(furniture.size)}"'
    own += ' fo:font-weight="bold" style:font-weight-complex="bold"' if furniture.weight == "bold" else ""
    own += f' fo:color="{furniture.colour}"' if furniture.colour else ""
    name = automatic.other("text", "F", f"<style:text-properties {own}/>")
    number = '<text:page-number text:select-page="current">1</text:page-number>'
    inside = number.join(escape(part) for part in line.split("{page}"))
    return f'<text:span text:style-name="{name}">{inside}</text:span>'
