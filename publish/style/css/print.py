"""Generate CSS for print from the tokens of a style."""

from __future__ import annotations

import re

from publish.style.css.lists import LISTS
from publish.style.css.rules import Rules, emphasis, pt, roles
from publish.style.fonts import Face, own_faces
from publish.style.furniture import lines
from publish.style.tokens import Furniture, Line, Style

_UNSAFE = re.compile(r"[\x00-\x1f\x7f<]")


def print_css(style: Style, known: dict[str, str], *, rtl: bool = False) -> str:
    """Return paged CSS for WeasyPrint: page size, page furniture, typography, and notes at the foot of the page.

    Args:
        style: The house style.
        known: Values for the placeholders of page furniture (`publish.style.furniture.values`).
        rtl: Whether the text direction is right to left.
    """
    return "\n".join(
        [
            *_faces(style),
            *_page(style, known, rtl=rtl),
            *_type(style),
            *_print_notes(style),
            *_PRINT,
            *_fits(style),
        ]
    )


def _faces(style: Style) -> Rules:
    """Return the `@font-face` rules of the fonts in the style folder, with the addresses of `font_addresses`."""
    return [
        f"@font-face {{ font-family: {_string(face.family)}; font-weight: {face.weight}; font-style: {face.slant}; src: url({address}); }}"
        for address, face in font_addresses(style).items()
    ]


def font_addresses(style: Style) -> dict[str, Face]:
    """Return an address for each font file in the style folder; the print CSS uses these addresses."""
    return {f"publish-font:{k}": face for k, face in enumerate(own_faces(style.folder), start=1)}


def families(style: Style) -> str:
    """Return the font family of body text, and the fallback family with the same widths."""
    return f"{_string(style.fonts.body)}, {_string(style.fonts.office_body)}"


def _string(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    # Line breaks and other controls end a string (CSS Syntax 3, 4.3.5); a `<` can end the style element of a web page.
    return '"' + _UNSAFE.sub(lambda match: f"\\{ord(match[0]):X} ", escaped) + '"'


def _page(style: Style, known: dict[str, str], *, rtl: bool) -> Rules:
    page, body = style.page, style.body
    m = page.margin
    out = [
        f"@page {{ size: {pt(page.width)} {pt(page.height)}; "
        f"margin: {pt(m.top)} {pt(m.right)} {pt(m.bottom)} {pt(m.left)};",
        *_footnote_area(style, rtl=rtl),
        *(_box(f, known, style) for f in page.furniture if f.on in {"all", "rest"}),
        "}",
    ]
    first = [_box(f, known, style) for f in page.furniture if f.on == "first"]
    top = [f"margin-top: {pt(page.first_top)};"] if page.first_top else []
    taken = {f.box for f in page.furniture if f.on == "first"}
    hidden = [
        f"@{f.box} {{ content: none }}" for f in page.furniture if f.on == "rest" and f.box not in taken
    ]
    out += ["@page :first {", *top, *first, *hidden, "}"] if first or top or hidden else []
    align = "justify" if body.align == "justify" else "left"
    out += [
        f"html {{ font: {pt(body.size)}/{pt(body.leading)} {families(style)}; color: {style.colours.text}; "
        f"text-align: {align}; orphans: {body.orphans}; widows: {body.widows}; }}",
    ]
    if body.hyphenate:
        zone = f" hyphenate-limit-zone: {body.hyphen_zone:.0%};" if body.hyphen_zone else ""
        out.append(f'html {{ hyphens: auto; hyphenate-character: "-"; hyphenate-limit-chars: 5 3 3;{zone} }}')
    return out


def _footnote_area(style: Style, *, rtl: bool) -> Rules:
    notes = style.notes
    if not notes.rule:
        return [f"@footnote {{ padding-top: {pt(notes.gap_before)}; }}"]
    half = notes.gap_before / 2
    return [
        # A border is as wide as the text, but the visible part of its image can be narrower. It starts at the start of the line.
        # The rest is white, because PDF/A-1 (ISO 19005-1, 6.4) forbids transparency.
        f"@footnote {{ margin-top: {pt(half)}; padding-top: {pt(half)}; border-top: {pt(notes.rule)} solid; "
        f"border-image: linear-gradient(to {'left' if rtl else 'right'}, {style.colours.rule} {pt(notes.rule_width)}, "
        f"#ffffff {pt(notes.rule_width)}) 1; }}"
    ]


def _box(furniture: Furniture, known: dict[str, str], style: Style) -> str:
    text = lines(furniture, known)
    if not text:
        return f"@{furniture.box} {{ content: none }}"
    parts: list[str] = []
    for index, piece in enumerate("\n".join(text).split("{page}")):
        parts += ["counter(page)"] if index else []
        parts += [_string(piece)] if piece else []
    p = furniture.padding
    width = f" width: {pt(furniture.width)};" if furniture.width else ""
    return (
        f"@{furniture.box} {{ content: {' '.join(parts)}; white-space: {'pre-wrap' if furniture.width else 'pre'}; "
        f"font: {furniture.weight} {pt(furniture.size)}/{pt(furniture.line_height)} {families(style)}; "
        f"text-align: {furniture.align}; vertical-align: {furniture.valign}; "
        f"padding: {pt(p.top)} {pt(p.right)} {pt(p.bottom)} {pt(p.left)};{width}{_colour(furniture.colour)} }}"
    )


def _line(selector: str, line: Line) -> str:
    return (
        f"{selector} {{ font-size: {pt(line.size)}; line-height: {pt(line.leading)}; "
        f"{emphasis(line.weight, line.slant)} margin: {pt(line.gap_before)} 0 {pt(line.gap_after)};{_colour(line.colour)} }}"
    )


def _colour(colour: str) -> str:
    return f" color: {colour};" if colour else ""


def _type(style: Style) -> Rules:
    gap = style.body.paragraph_gap
    out = [
        f".p {{ margin: 0 0 {pt(gap)}; }}" if gap else ".p { margin: 0; }",
        _line(".title", style.title),
        _line(".subtitle", style.subtitle),
        f".with-subtitle {{ margin-bottom: {pt(style.subtitle.gap_before)}; }} .subtitle {{ margin-top: 0; }}",
        *(_line(f".heading-{k}", line) for k, line in enumerate(style.headings, start=1)),
    ]
    last = len(style.headings)
    out += [_line(f".heading-{k}", style.headings[-1]) for k in range(last + 1, 7)]
    if style.number is not None:
        out.append(_line(".number", style.number))
    out += roles(style)
    out.append(f'code, pre {{ font-family: "{style.fonts.mono}"; font-size: 90%; hyphens: manual; }}')
    out.append(f"a {{ color: {style.colours.text}; text-decoration: none; }}")
    return out


def _print_notes(style: Style) -> Rules:
    notes = style.notes
    return [
        f".note {{ color: {style.colours.text}; font-size: {pt(notes.size)}; line-height: {pt(notes.leading)}; font-weight: normal; "
        f"font-style: normal; text-align: left; padding-left: {pt(notes.indent)}; overflow-wrap: anywhere; }}",
        "span.note { float: footnote; footnote-policy: line; }",
        f".endnotes {{ margin-top: {pt(3 * notes.gap_before)}; padding-top: {pt(notes.gap_before / 2)}; "
        f"border-top: {pt(notes.rule)} solid {style.colours.rule}; }}",
        ".table { margin: 6pt 0; }",
        *_tables(style),
        ".table-notes { margin-top: 3pt; break-before: avoid; }",
        # The label is text that resolve sets, so the call and marker of WeasyPrint are empty. `display: none` on the
        # marker makes WeasyPrint 70 fail.
        "span.note::footnote-call { content: none; }",
        "span.note::footnote-marker { content: none; display: inline; width: auto; }",
        ".note .p { margin: 0; }",
        ".note .heading { font-weight: bold; }",
        # Align images in a note to the top of the line, so that the marker stays at the top of the note.
        ".note img { vertical-align: top; max-height: 200pt; }",
        # Text after a forced break would be lost in elements that cannot break across pages.
        ".note .page-break, td .page-break, th .page-break { break-before: auto; }",
        f".call, .call-separator {{ font-size: {pt(notes.call_size)}; line-height: 0; "
        f"vertical-align: {pt(notes.call_raise)}; font-weight: normal; font-style: normal; }}",
        # In larger type, the size of a call is relative.
        ".title .call, .heading .call, .number .call { font-size: 60%; vertical-align: .45em; }",
        f".note .call, .note .call-separator {{ font-size: {pt(notes.mark_size)}; "
        f"vertical-align: {pt(notes.mark_raise)}; }}",
        f".mark {{ display: inline-block; min-width: {pt(notes.indent)}; margin-left: {pt(-notes.indent)}; "
        f"font-size: {pt(notes.mark_size)}; line-height: 0; vertical-align: {pt(notes.mark_raise)}; "
        "text-indent: 0; }",
    ]


def _tables(style: Style) -> Rules:
    tables = style.tables
    size = tables.size or style.body.size
    line = f".4pt solid {style.colours.rule}"
    sides = (
        f"border: {line};"
        if tables.lines == "all"
        else f"border: 0 solid; border-bottom: {line}; border-top: {line};"
    )
    return [
        f"table {{ font-size: {pt(size)}; line-height: {pt(size * style.body.leading / style.body.size)}; }}",
        f"th, td {{ {sides} }}",
        ".note table { font-size: inherit; line-height: inherit; }",
        *([f"thead th {{ background: {tables.head}; }}"] if tables.head else []),
    ]


def _fits(style: Style) -> Rules:
    """Return the steps to fit a table that is too wide: first into a wide left margin, then with smaller type."""
    margin, size = style.page.margin, style.tables.size or style.body.size
    out = max(margin.left - max(margin.right, 55), 0)
    return [
        f".fit-1, .fit-2, .fit-3, .fit-4 {{ margin-left: {pt(-out)}; }}",
        ".note .table, td .table, li .table, dd .table, blockquote .table { margin-left: 0; }",
        f".fit-2 table {{ font-size: {pt(size * 0.8)}; }} .fit-3 table {{ font-size: {pt(size * 0.65)}; }} .fit-4 table {{ font-size: {pt(size * 0.5)}; }}",
        ".fit-2 caption { font-size: 125%; } .fit-3 caption { font-size: 154%; } .fit-4 caption { font-size: 200%; }",
        ".fit-2 table, .fit-3 table, .fit-4 table { line-height: 1.2; }",
        ".fit-3 th, .fit-3 td, .fit-4 th, .fit-4 td { padding: 1.5pt 2pt; hyphens: auto; }",
        ".fit-4 table { table-layout: fixed; }",
        ".fit-5 th, .fit-5 td { overflow-wrap: anywhere; }",
        ".fit-4 th, .fit-4 td { padding: 1pt; overflow-wrap: anywhere; }",
    ]


_PRINT: Rules = [
    ".contents { margin: 0 0 18pt; break-after: auto; }",
    ".contents-title { font-weight: bold; margin-bottom: 4pt; }",
    ".contents .entry { margin: 0; text-align: left; hyphens: manual; }",
    ".entry-2 { padding-left: 12pt; } .entry-3 { padding-left: 24pt; } .entry-4 { padding-left: 36pt; } .entry-5, .entry-6 { padding-left: 48pt; }",
    '.contents .entry a::after { content: leader(" .") " " attr(data-page); }',
    'a[data-on-page]::after { content: " (" attr(data-on-page) ")"; }',
    "body { margin: 0; overflow-wrap: break-word; }",
    "[dir=rtl] { direction: rtl; text-align: right; } [dir=ltr] { direction: ltr; }",
    "h1, h2, h3, h4, h5, h6 { break-after: avoid; hyphens: manual; bookmark-label: attr(data-outline); }",
    ".mark + .p, .note > .p:first-of-type { margin-top: 0; }",
    "ul, ol { margin: 0 0 4pt; padding-left: 14pt; }",
    *LISTS,
    "li > .p { margin: 0; } li > .p + .p { margin-top: 3pt; }",
    "dt { font-weight: bold; break-after: avoid; }",
    "dd { margin: 0 0 4pt 14pt; }",
    "blockquote { margin: 4pt 0 4pt 14pt; }",
    "table { border-collapse: collapse; width: 100%; }",
    # `overflow-wrap: anywhere` would make the narrowest column one letter wide.
    "th, td { padding: 2pt 4pt; text-align: left; vertical-align: top; "
    "overflow-wrap: break-word; hyphens: manual; }",
    "td > .p:last-child, th > .p:last-child { margin-bottom: 0; }",
    "td.center, th.center { text-align: center; }",
    "td.right, th.right { text-align: right; }",
    "caption { caption-side: top; text-align: left; font-style: italic; padding-bottom: 2pt; break-after: avoid; }",
    "tr { break-inside: avoid; }",
    "figure { margin: 8pt 0; break-inside: avoid; }",
    "figcaption { font-style: italic; }",
    "img { max-width: 100%; max-height: 560pt; }",
    "pre { white-space: pre-wrap; margin: 4pt 0; overflow-wrap: anywhere; }",
    "hr { border: 0; border-top: .5pt solid #888; margin: 8pt 25%; }",
    ".page-break { break-before: page; }",
    ".small-caps { font-variant-caps: small-caps; }",
    ".formula { display: block; margin: 4pt 0; text-align: center; text-indent: 0; hyphens: manual; }",
    ".math { line-height: 1; }",
    "sup, sub { line-height: 0; font-size: 75%; }",
    ".url { overflow-wrap: anywhere; hyphens: manual; }",
]
