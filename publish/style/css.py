"""CSS from the tokens of a style: for print, for the screen, and for reading systems."""

from __future__ import annotations

from publish.style.furniture import lines
from publish.style.tokens import Furniture, Line, Style

Rules = list[str]


def print_css(style: Style, known: dict[str, str]) -> str:
    """Paged CSS for WeasyPrint: sheet, furniture, type, and notes at the foot of the page.

    Args:
        style: The house style.
        known: Values for the placeholders of page furniture (`publish.style.furniture.values`).
    """
    return "\n".join([*_page(style, known), *_type(style), *_print_notes(style), *_PRINT])


def screen_css(style: Style) -> str:
    """CSS for a page that a browser shows: readable in light and dark, wide and narrow, and on paper."""
    return "\n".join([*_screen(style), *_SCREEN])


def epub_css(style: Style) -> str:
    """CSS for reading systems: relative sizes only, no colours, no font; those are the reader's."""
    return "\n".join([*_EPUB, *_roles(style)])


def _pt(value: float) -> str:
    return f"{value:g}pt"


def _string(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + escaped.replace("\n", "\\A ") + '"'


def _class(role: str) -> str:
    return role.replace(":", "-")


def _emphasis(weight: str | None, slant: str | None) -> str:
    out = [f"font-weight: {weight};"] if weight else []
    return " ".join([*out, f"font-style: {slant};"] if slant else out)


def _roles(style: Style) -> Rules:
    """How headings of sections with a role differ from others."""
    return [
        f".{_class(role)} > .heading {{ {_emphasis(line.weight, line.slant)} }}"
        for role, line in style.roles.items()
    ]


def _page(style: Style, known: dict[str, str]) -> Rules:
    page, body = style.page, style.body
    m = page.margin
    out = [
        f"@page {{ size: {_pt(page.width)} {_pt(page.height)}; "
        f"margin: {_pt(m.top)} {_pt(m.right)} {_pt(m.bottom)} {_pt(m.left)};",
        *_footnote_area(style),
        *(_box(f, known, style) for f in page.furniture if f.on in {"all", "rest"}),
        "}",
    ]
    first = [_box(f, known, style) for f in page.furniture if f.on == "first"]
    top = [f"margin-top: {_pt(page.first_top)};"] if page.first_top else []
    taken = {f.box for f in page.furniture if f.on == "first"}
    hidden = [
        f"@{f.box} {{ content: none }}" for f in page.furniture if f.on == "rest" and f.box not in taken
    ]
    out += ["@page :first {", *top, *first, *hidden, "}"] if first or top or hidden else []
    align = "justify" if body.align == "justify" else "left"
    out += [
        f'html {{ font: {_pt(body.size)}/{_pt(body.leading)} "{style.fonts.body}"; color: {style.colours.text}; '
        f"text-align: {align}; orphans: {body.orphans}; widows: {body.widows}; }}",
    ]
    if body.hyphenate:
        zone = f" hyphenate-limit-zone: {body.hyphen_zone:.0%};" if body.hyphen_zone else ""
        out.append(f'html {{ hyphens: auto; hyphenate-character: "-"; hyphenate-limit-chars: 5 3 3;{zone} }}')
    return out


def _footnote_area(style: Style) -> Rules:
    notes = style.notes
    if not notes.rule:
        return [f"@footnote {{ padding-top: {_pt(notes.gap_before)}; }}"]
    half = notes.gap_before / 2
    return [
        f"@footnote {{ margin-top: {_pt(half)}; padding-top: {_pt(half)}; "
        f"border-top: {_pt(notes.rule)} solid {style.colours.rule}; }}"
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
    leading = furniture.leading or furniture.size * 1.2
    width = f" width: {_pt(furniture.width)};" if furniture.width else ""
    return (
        f"@{furniture.box} {{ content: {' '.join(parts)}; white-space: pre; "
        f'font: {furniture.weight} {_pt(furniture.size)}/{_pt(leading)} "{style.fonts.body}"; '
        f"text-align: {furniture.align}; vertical-align: {furniture.valign}; "
        f"padding: {_pt(p.top)} {_pt(p.right)} {_pt(p.bottom)} {_pt(p.left)};{width}{_colour(furniture.colour)} }}"
    )


def _line(selector: str, line: Line) -> str:
    return (
        f"{selector} {{ font-size: {_pt(line.size)}; line-height: {_pt(line.leading)}; "
        f"{_emphasis(line.weight, line.slant)} margin: {_pt(line.gap_before)} 0 {_pt(line.gap_after)};{_colour(line.colour)} }}"
    )


def _colour(colour: str) -> str:
    return f" color: {colour};" if colour else ""


def _type(style: Style) -> Rules:
    gap = style.body.paragraph_gap
    out = [
        f".p {{ margin: 0 0 {_pt(gap)}; }}" if gap else ".p { margin: 0; }",
        _line(".title", style.title),
        *(_line(f".heading-{k}", line) for k, line in enumerate(style.headings, start=1)),
    ]
    last = len(style.headings)
    out += [_line(f".heading-{k}", style.headings[-1]) for k in range(last + 1, 7)]
    if style.number is not None:
        out.append(_line(".number", style.number))
    out += _roles(style)
    out.append(f'code, pre {{ font-family: "{style.fonts.mono}"; font-size: 90%; hyphens: manual; }}')
    out.append(f"a {{ color: {style.colours.text}; text-decoration: none; }}")
    out.append(f".quiet {{ color: {style.colours.quiet}; }}")
    return out


def _print_notes(style: Style) -> Rules:
    notes = style.notes
    return [
        f".note {{ color: {style.colours.text}; font-size: {_pt(notes.size)}; line-height: {_pt(notes.leading)}; font-weight: normal; "
        f"font-style: normal; text-align: left; padding-left: {_pt(notes.indent)}; overflow-wrap: anywhere; }}",
        "span.note { float: footnote; footnote-policy: line; }",
        f".endnotes {{ margin-top: {_pt(3 * notes.gap_before)}; padding-top: {_pt(notes.gap_before / 2)}; "
        f"border-top: {_pt(notes.rule)} solid {style.colours.rule}; }}",
        ".table { margin: 6pt 0; }",
        ".table-notes { margin-top: 3pt; break-before: avoid; }",
        # The number is text that resolve decided, so the engine's own call and marker stay empty. `display: none`
        # on the marker makes WeasyPrint 70 fail.
        "span.note::footnote-call { content: none; }",
        "span.note::footnote-marker { content: none; display: inline; width: auto; }",
        ".note .p { margin: 0; }",
        ".note .heading { font-weight: bold; }",
        # A picture in a note hangs from its line, so that the note's label stays at its top.
        ".note img { vertical-align: top; max-height: 200pt; }",
        # Where a page cannot be broken, text after a forced break would be lost.
        ".note .page-break, td .page-break, th .page-break { break-before: auto; }",
        f".call, .call-separator {{ font-size: {_pt(notes.call_size)}; line-height: 0; "
        f"vertical-align: {_pt(notes.call_raise)}; font-weight: normal; font-style: normal; }}",
        # In larger type the size of a call follows.
        ".title .call, .heading .call, .number .call { font-size: 60%; vertical-align: .45em; }",
        f".note .call, .note .call-separator {{ font-size: {_pt(notes.mark_size)}; "
        f"vertical-align: {_pt(notes.mark_raise)}; }}",
        f".mark {{ display: inline-block; min-width: {_pt(notes.indent)}; margin-left: {_pt(-notes.indent)}; "
        f"font-size: {_pt(notes.mark_size)}; line-height: 0; vertical-align: {_pt(notes.mark_raise)}; "
        "text-indent: 0; }",
    ]


_PRINT: Rules = [
    ".contents { margin: 0 0 18pt; break-after: auto; }",
    ".contents-title { font-weight: bold; margin-bottom: 4pt; }",
    ".contents .entry { margin: 0; text-align: left; hyphens: manual; }",
    ".entry-2 { padding-left: 12pt; } .entry-3 { padding-left: 24pt; } .entry-4 { padding-left: 36pt; }",
    '.entry a::after { content: leader(" .") " " attr(data-page); }',
    "body { margin: 0; }",
    "h1, h2, h3, h4, h5, h6 { break-after: avoid; hyphens: manual; bookmark-label: attr(data-outline); }",
    ".mark + .p, .note > .p:first-of-type { margin-top: 0; }",
    "ul, ol { margin: 0 0 4pt; padding-left: 14pt; }",
    "li > .p { margin: 0; }",
    "dt { font-weight: bold; break-after: avoid; }",
    "dd { margin: 0 0 4pt 14pt; }",
    "blockquote { margin: 4pt 0 4pt 14pt; }",
    "table { border-collapse: collapse; width: 100%; }",
    "th, td { border: .4pt solid #888; padding: 2pt 4pt; text-align: left; vertical-align: top; "
    "overflow-wrap: anywhere; }",
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
    "sup, sub { line-height: 0; font-size: 75%; }",
    ".url { overflow-wrap: anywhere; hyphens: manual; }",
]


def _screen(style: Style) -> Rules:
    link = style.colours.link
    return [
        ":root { color-scheme: light dark; --text: #1a1a1a; --page: #ffffff; --quiet: #555555; --rule: #b5b5b5; "
        f"--link: {link}; --lift: #f1f4f8; }}",
        "@media (prefers-color-scheme: dark) { :root { --text: #ececec; --page: #161718; --quiet: #b8b8b8; "
        "--rule: #55585c; --link: #9cc7ff; --lift: #23262a; } }",
        f'body {{ margin: 0 auto; padding: 2rem 1.2rem 4rem; max-width: 42rem; font: 1rem/1.6 "{style.fonts.body}", '
        "Arial, Helvetica, sans-serif; color: var(--text); background: var(--page); }",
        *_roles(style),
    ]


_SCREEN: Rules = [
    ".contents { margin: 0 0 2rem; padding: .8rem 1rem; background: var(--lift); }",
    ".contents .entry { margin: 0; } .contents-title { font-weight: bold; }",
    ".entry-2 { padding-left: 1.2rem; } .entry-3 { padding-left: 2.4rem; } .entry-4 { padding-left: 3.6rem; }",
    "a { color: var(--link); }",
    "h1 { font-size: 1.5rem; line-height: 1.25; margin: 0 0 1rem; }",
    "h2 { font-size: 1.15rem; margin: 2rem 0 .4rem; }",
    "h3, h4, h5, h6 { font-size: 1rem; margin: 1.5rem 0 .3rem; }",
    ".p { margin: 0 0 .8rem; }",
    ".masthead { color: var(--quiet); border-bottom: 1px solid var(--rule); padding-bottom: .6rem; margin-bottom: 1.5rem; }",
    ".number { font-size: 1.3rem; }",
    ".call, .call-separator { font-size: .75em; line-height: 0; vertical-align: super; font-weight: normal; "
    "font-style: normal; }",
    ".call { text-decoration: none; padding: .4em .15em; }",
    ".call:hover, .call:focus { text-decoration: underline; }",
    ".notes { border-top: 1px solid var(--rule); margin-top: 3rem; padding-top: 1rem; font-size: .9rem; }",
    ".notes + .endnotes { margin-top: 1.5rem; }",
    ".table-notes { margin-top: .4rem; font-size: .9rem; }",
    ".note { margin: 0 0 .6rem; padding-left: 1.8em; }",
    ".note .p { margin: 0 0 .3rem; }",
    ".mark { display: inline-block; min-width: 1.5em; margin-left: -1.8em; padding: .1em .15em; }",
    ".note:target, .call:target { background: var(--lift); outline: 2px solid var(--link); }",
    ".table { overflow-x: auto; margin: 1rem 0; }",
    "table { border-collapse: collapse; }",
    "th, td { border: 1px solid var(--rule); padding: .3rem .6rem; text-align: left; vertical-align: top; }",
    "td > .p:last-child, th > .p:last-child { margin-bottom: 0; }",
    "td.center, th.center { text-align: center; }",
    "td.right, th.right { text-align: right; }",
    "caption { text-align: left; font-style: italic; padding-bottom: .3rem; }",
    "blockquote { margin: 1rem 0 1rem 1.5rem; }",
    "pre { overflow-x: auto; background: var(--lift); padding: .6rem; }",
    "figure { margin: 1rem 0; }",
    "figcaption { font-style: italic; }",
    "img { max-width: 100%; height: auto; }",
    ".small-caps { font-variant-caps: small-caps; }",
    ".page-break { border: 0; }",
    ".url { overflow-wrap: anywhere; }",
    "@media print { body { max-width: none; padding: 0; font-size: 10pt; } a { color: inherit; } }",
]

_EPUB: Rules = [
    "body { margin: 0 5%; }",
    "h1, h2, h3, h4, h5, h6 { page-break-after: avoid; break-after: avoid; line-height: 1.25; }",
    ".p { margin: 0 0 .6em; }",
    ".number { font-size: 1.3em; }",
    ".call, .call-separator { font-size: .75em; line-height: 0; vertical-align: super; font-weight: normal; "
    "font-style: normal; }",
    ".call { text-decoration: none; }",
    ".notes { margin-top: 2em; font-size: .9em; }",
    ".table-notes { margin: .3em 0 1em; font-size: .9em; }",
    ".note { margin: 0 0 .5em; padding-left: 1.8em; }",
    ".note .p { margin: 0 0 .3em; }",
    ".mark { display: inline-block; min-width: 1.5em; margin-left: -1.8em; }",
    "table { border-collapse: collapse; }",
    "th, td { border: 1px solid; padding: .2em .5em; text-align: left; vertical-align: top; }",
    "td.center, th.center { text-align: center; }",
    "td.right, th.right { text-align: right; }",
    "caption, figcaption { text-align: left; font-style: italic; }",
    "blockquote { margin: .8em 0 .8em 1.5em; }",
    "pre { white-space: pre-wrap; }",
    "figure { margin: 1em 0; }",
    "img { max-width: 100%; }",
    ".small-caps { font-variant: small-caps; }",
    ".page-break { page-break-before: always; break-before: page; }",
    ".url { overflow-wrap: anywhere; }",
]
