"""Page layout from the tokens of a style: rules and functions that precede the text."""

from __future__ import annotations

import datetime as dt

from publish.model.language import is_rtl
from publish.resolve.numbered import NumberedDocument
from publish.style.furniture import lines, values
from publish.style.tokens import Furniture, Line, Style
from publish.writers.base import Context
from publish.writers.levels import top_level
from publish.writers.typst.literal import array, pt, string

FALLBACK = "DejaVu Sans"
"""Font of publish for characters that are missing in the current font."""

TOP, BOTTOM = 0.8, 0.2
"""Shares of the font size above and below the baseline. Their sum is 1, so the gap between lines is `leading` minus `size`."""

# A link of Typst goes to 10 points above its target (typst-pdf, src/link.rs), so that a line whose baseline is the target is
# completely visible. In the small type of notes this would be the line above, so the target of a note is lower. Typst's native
# calls go to the top of the note, and could not be moved.
FUNCTIONS = """\
#show heading: it => block(above: 0pt, below: 0pt, sticky: true, it.body)
#let headed(level, listed, size, leading, weight, style, above, below, fill, body) = block(
  above: above, below: below, sticky: true,
  heading(level: level, supplement: listed, outlined: listed != none, bookmarked: true, {
    set text(size: size, weight: weight, style: style, fill: fill, hyphenate: false)
    set par(leading: leading - size, justify: false)
    show footnote: set super(size: .6em, baseline: -.45em)
    body
  }),
)
#let lined(size, leading, weight, style, above, below, fill, body) = block(above: above, below: below, {
  set text(size: size, weight: weight, style: style, fill: fill)
  set par(leading: leading - size)
  par(body)
})
#show outline.entry: it => block(above: 3pt, below: 0pt, inset: (left: 12pt * calc.min(it.level - first-level, 4)), link(
  it.element.location(),
  [#it.element.supplement #box(width: 1fr, repeat[ .]) #it.page()],
))
#let on-page(name, before, after) = pdf.artifact(context { before; str(counter(page).at(label(name)).first()); after })
#let anchor(name) = [#metadata(none)#label(name)]
#let note-anchor(..names) = box(width: 0pt, height: 0pt, place(top + left, dy: 10pt - .75em, {
  for name in names.pos() [#metadata(none)#label(name)]
}))
#show footnote: it => link(label("to-" + str(it.label)), super((it.numbering)(0)))
#let mark(call, body) = link(label(call), super(body))
#let drawn(name, width, height, alt) = box(image(name, width: width, height: height, fit: "stretch", alt: alt))
#let ornament(name, width, height) = box(pdf.artifact(image(name, width: width, height: height, fit: "stretch")))
#let formula(name, width, depth, said) = math.equation(
  alt: said, block: false, box(baseline: depth, image(name, width: width, alt: said)),
)
"""


def prelude(numbered: NumberedDocument, context: Context) -> str:
    """Return the rules for a whole document."""
    style = context.style
    return "\n".join(
        [
            _metadata(numbered, context),
            _type(style, numbered.document.metadata.language),
            _notes(style),
            f"#let first-level = {top_level(numbered)}",
            FUNCTIONS,
            # Last: the rules before the start of the page apply to furniture and to the foot of a page.
            _page(style, values(numbered.document.metadata, numbered.title)),
        ]
    )


def heading(line: Line, style: Style, weight: str = "", slant: str = "") -> str:
    """Return the arguments that `headed` and `lined` have in common."""
    return ", ".join(
        (
            pt(line.size),
            pt(line.leading),
            string({"normal": "regular"}.get(weight or line.weight, "bold")),
            string(slant or line.slant),
            # The gap between two lines is also there if the heading has no gap.
            pt(line.gap_before + line.leading - line.size),
            pt(line.gap_after + style.body.leading - style.body.size),
            colour(line.colour or style.colours.text),
        )
    )


def _metadata(numbered: NumberedDocument, context: Context) -> str:
    metadata = numbered.document.metadata
    authors = array(string(agent.shown) for agent in metadata.agents_as("author"))
    time = context.timestamp.astimezone(dt.UTC)
    date = (
        f"datetime(year: {time.year}, month: {time.month}, day: {time.day}, "
        f"hour: {time.hour}, minute: {time.minute}, second: {time.second})"
    )
    about = f", description: {string(metadata.subject)}" if metadata.subject else ""
    keywords = array(map(string, metadata.keywords))
    return (
        f"#set document(title: {string(numbered.title)}, author: {authors}, date: {date}, "
        f"keywords: {keywords}{about})"
    )


def _page(style: Style, known: dict[str, str]) -> str:
    page, margin = style.page, style.page.margin
    boxes = [box for furniture in page.furniture if (box := _box(furniture, known, style))]
    background = f"context {{ {' '.join(boxes)} }}" if boxes else "none"
    first = pt(page.first_top - margin.top) if page.first_top else ""
    return (
        f"#set page(width: {pt(page.width)}, height: {pt(page.height)}, margin: (top: {pt(margin.top)}, "
        f"right: {pt(margin.right)}, bottom: {pt(margin.bottom)}, left: {pt(margin.left)}), background: {background})\n"
        + (f"#block(above: 0pt, below: 0pt, height: {first}, sticky: true)\n" if first else "")
    )


def _box(furniture: Furniture, known: dict[str, str], style: Style) -> str:
    """Return a margin box of CSS Paged Media, section 4.2, as a rectangle of the page that contains text."""
    shown = lines(furniture, known)
    if not shown:
        return ""
    if not furniture.width:  # a line that is longer than its box overflows and is not broken
        shown = tuple(line.replace(" ", "\u00a0").replace("-", "-\u2060") for line in shown)
    page, m, p = style.page, style.page.margin, furniture.padding
    top = f"{pt(page.first_top)}" if page.first_top and furniture.on != "rest" else pt(m.top)
    if page.first_top and furniture.on == "all":
        top = f"(if here().page() == 1 {{ {pt(page.first_top)} }} else {{ {pt(m.top)} }})"
    across = page.width - m.left - m.right
    left, width = {"left-corner": (0.0, m.left), "right-corner": (page.width - m.right, m.right)}.get(
        furniture.box.partition("-")[2], (m.left, across)
    )
    at_top = furniture.box.startswith("top")
    height = top if at_top else pt(m.bottom)
    body = " \\ ".join(
        "#counter(page).display()".join(
            f"#{string(piece)};" if piece else "" for piece in line.split("{page}")
        )
        for line in shown
    )
    room = pt(furniture.width) if furniture.width else "100%"
    weight = "bold" if furniture.weight == "bold" else "regular"
    vertical = {"top": "top", "middle": "horizon", "bottom": "bottom"}[furniture.valign]
    placed = (
        f"place({'top' if at_top else 'bottom'} + left, dx: {pt(left)}, block(width: {pt(width)}, height: {height}, "
        f"inset: (top: {pt(p.top)}, right: {pt(p.right)}, bottom: {pt(p.bottom)}, left: {pt(p.left)}), "
        f"align({vertical} + {furniture.align}, block(width: {room}, {{ "
        f"set text(size: {pt(furniture.size)}, weight: {string(weight)}, hyphenate: false, fill: {colour(furniture.colour or style.colours.text)}); "
        f"set par(leading: {pt(furniture.line_height - furniture.size)}, justify: false); [{body}] }}))))"
    )
    when = {"first": "if here().page() == 1 ", "rest": "if here().page() > 1 "}.get(furniture.on, "")
    return f"{when}{{ {placed} }};"


def _type(style: Style, language: str) -> str:
    body = style.body
    # Typst supports only the ISO 639 and ISO 3166 parts of a BCP 47 tag.
    primary, *rest = (language or "und").split("-")
    region = next((part.upper() for part in rest if len(part) == 2), "")
    lang = (
        f', lang: "{primary.lower()}"'
        if primary.isalpha() and len(primary) in {2, 3} and primary != "und"
        else ""
    )
    lang += f', region: "{region}"' if lang and region.isalpha() else ""
    lang += ", dir: rtl" if is_rtl(language or "und") else ""
    mono = f"#show raw: set text(font: {array((string(style.fonts.mono), string(FALLBACK)))}, size: 1.125em, hyphenate: false)"
    tables = style.tables
    stroke = f".4pt + {colour(style.colours.rule)}"
    sides = stroke if tables.lines == "all" else f"(x, y) => (bottom: {stroke}, top: {stroke})"
    size = tables.size or body.size
    return "\n".join(
        (
            # Unless the costs are 0, Typst can print a note a page before its call (https://github.com/typst/typst/issues/5314).
            f"#set text(font: {array((string(style.fonts.body), string(FALLBACK)))}, fallback: false, size: {pt(body.size)}, "
            f"fill: {colour(style.colours.text)}, hyphenate: {_boolean(body.hyphenate)}, top-edge: {TOP}em, "
            f"bottom-edge: -{BOTTOM}em, costs: (widow: 0%, orphan: 0%){lang})",
            f"#set par(leading: {pt(body.leading - body.size)}, spacing: {pt(body.leading - body.size + body.paragraph_gap)}, "
            f"justify: {_boolean(body.align == 'justify')})",
            mono,
            f"#set list(marker: ([•], [◦], [▪]), indent: 2pt, body-indent: 6pt, spacing: {pt(body.leading - body.size)})",
            f"#set enum(indent: 2pt, body-indent: 4pt, spacing: {pt(body.leading - body.size)})",
            "#show quote.where(block: true): set pad(left: 14pt, right: 0pt)",
            f"#set table(inset: (x: 4pt, y: 2pt), align: left + top, stroke: {sides})",
            f"#show table: set text(size: {pt(size)}, hyphenate: false)",
            "#show table: set par(justify: false)",
            "#set super(typographic: false)",
            "#set sub(typographic: false)",
            "#show figure: set block(breakable: true)",
            "#set figure(gap: 4pt)",
        )
    )


def _notes(style: Style) -> str:
    notes = style.notes
    # As in the PDF from WeasyPrint, half of the gap is above the rule, and half below.
    half = pt(notes.gap_before / 2)
    rule = (
        f"{{ line(length: {pt(notes.rule_width)}, stroke: {pt(notes.rule)} + {colour(style.colours.rule)}); v({half}) }}"
        if notes.rule
        else "[]"
    )
    clearance = half if notes.rule else pt(notes.gap_before)
    between = pt(notes.leading - notes.size)
    call = f"size: {pt(notes.call_size)}, baseline: -{pt(notes.call_raise)}"
    mark = f"size: {pt(notes.mark_size)}, baseline: -{pt(notes.mark_raise)}"
    rules = (
        f'set text(size: {pt(notes.size)}, weight: "regular", style: "normal", hyphenate: false)',
        f"set par(leading: {between}, spacing: {between}, justify: false)",
        f"set super({mark})",
    )
    return "\n".join(
        (
            f"#set footnote.entry(separator: {rule}, clearance: {clearance}, gap: {between}, indent: -{pt(notes.indent)})",
            f"#show footnote: set super({call})",
            *(f"#show footnote.entry: {rule}" for rule in rules),
            f"#show footnote.entry: it => pad(left: {pt(notes.indent)}, {{ show footnote: set super({mark}); it }})",
            # Typst requests the numbers of notes from 1; the calls of publish request 0. The text after a label is aligned
            # with the other lines.
            f"#let numbered(label) = n => if n == 0 {{ label }} else {{ label; context h(calc.max(0pt, "
            f"{pt(notes.indent - 0.05 * notes.size)} - measure(text(size: {pt(notes.mark_size)}, label)).width)) }}",
            f"#let again(anchor, target, body) = [#link(label(target), super({call}, body))#label(anchor)]",
            f'#let between = pdf.artifact(super({call}, "\\u{{2060}}, \\u{{2060}}"))',
            f"#let listed(marks, items) = {{ {'; '.join(rules)}; "
            "enum(numbering: n => marks.at(n - 1), indent: 0pt, body-indent: 2pt, ..items) }",
        )
    )


def _boolean(value: bool) -> str:  # noqa: FBT001 - the function converts a boolean
    return "true" if value else "false"


def colour(value: str) -> str:
    """Return a colour of a style."""
    return f"rgb({string(value)})"
