"""Generate OpenDocument styles from the tokens of a style, with LibreOffice's own names, so that its sidebar works.

Lengths are in points (ODF 1.3, part 3, 18.3.18).
"""

from __future__ import annotations

from msgspec import Struct

from publish.markup import escape, quoteattr
from publish.model.language import is_rtl
from publish.style.docx import role_style_id
from publish.style.tokens import Line, RoleLine, Style

LEVELS = 6
"""Levels of headings that a house style sets."""

NUMBERED_LEVELS = range(1, 11)
"""Levels of lists and outlines in OpenDocument."""


class Format(Struct, frozen=True):
    """Properties of a style, as attributes in XML."""

    paragraph: str = ""
    text: str = ""
    inside: str = ""
    """Elements in the properties of the paragraph, such as tab stops."""


def points(length: float) -> str:
    """Return a length in points."""
    return f"{length:g}pt"


def style_name(name: str) -> str:
    """Return the name of a style in a file, which has no spaces (19.502)."""
    return name.replace(" ", "_20_").replace(":", "_3a_")


def language(tag: str) -> str:
    """Return the attributes of the language of text in all scripts; empty for no language."""
    base, _, region = tag.partition("-")
    if not base:
        return ""
    country = region.upper() if len(region) == 2 and region.isalpha() else "none"
    values = f"fo:language={quoteattr(base.lower())} fo:country={quoteattr(country)}"
    other = " ".join(
        f"style:language-{script}={quoteattr(base.lower())} style:country-{script}={quoteattr(country)}"
        for script in ("asian", "complex")
    )
    return f"{values} {other}"


def styles_xml(style: Style, tag: str) -> str:
    """Return the content of `office:styles`, without the configuration of notes.

    Args:
        style: The house style.
        tag: Language tag of the document.
    """
    return _defaults(style, tag) + "".join(_styles(style)) + _outline()


def _defaults(style: Style, tag: str) -> str:
    body = style.body
    direction = ' style:writing-mode="rl-tb"' if is_rtl(tag) else ' style:writing-mode="lr-tb"'
    paragraph = (
        f'style:line-height-at-least="{points(body.leading)}" fo:margin-top="0pt" fo:margin-bottom='
        f'"{points(body.paragraph_gap)}" fo:orphans="{body.orphans}" fo:widows="{body.widows}" '
        f'fo:text-align="{"justify" if body.align == "justify" else "start"}"{direction} style:tab-stop-distance="35.4pt"'
    )
    text = (
        f"{_font(style.fonts.office_body)} {_size(body.size)} {language(tag)}{_colour(style.colours.text, black=True)} "
        f'fo:hyphenate="{str(body.hyphenate).lower()}"'
    )
    return (
        f'<style:default-style style:family="paragraph"><style:paragraph-properties {paragraph}/>'
        f"<style:text-properties {text}/></style:default-style>"
    )


def font_faces(style: Style) -> str:
    """Return the declarations of the fonts of a style; their kind decides which font replaces one that is missing."""
    kinds = {style.fonts.office_body: ("swiss", "variable"), style.fonts.office_mono: ("modern", "fixed")}
    faces = "".join(
        f"<style:font-face style:name={quoteattr(family)} svg:font-family={quoteattr(_quoted(family))} "
        f'style:font-family-generic="{kind}" style:font-pitch="{pitch}"/>'
        for family, (kind, pitch) in kinds.items()
    )
    return f"<office:font-face-decls>{faces}</office:font-face-decls>"


def _quoted(family: str) -> str:
    """Return the name of a font family; quotation marks are necessary if it contains spaces (20.196)."""
    return f"'{family}'" if " " in family else family


def _font(family: str) -> str:
    return " ".join(
        f"{name}={quoteattr(family)}"
        for name in ("style:font-name", "style:font-name-asian", "style:font-name-complex")
    )


def _size(size: float) -> str:
    return " ".join(f'{name}="{points(size)}"' for name in ("fo:font-size", "style:font-size-complex"))


def _colour(colour: str, *, black: bool = False) -> str:
    """Return the colour of text; nothing for black if the settings of the user apply to it."""
    return f' fo:color="{colour}"' if colour and not (black and colour == "#000000") else ""


def _weight(weight: str) -> str:
    return f'fo:font-weight="{weight}" style:font-weight-complex="{weight}"'


def _slant(slant: str) -> str:
    return f'fo:font-style="{slant}" style:font-style-complex="{slant}"'


def line_format(line: Line, *, gap_before: float | None = None) -> Format:
    """Return the format of a title or heading.

    Args:
        line: The tokens.
        gap_before: Distance to the paragraph before, instead of that of the tokens.
    """
    before = line.gap_before if gap_before is None else gap_before
    paragraph = (
        f'fo:margin-top="{points(before)}" fo:margin-bottom="{points(line.gap_after)}" '
        f'style:line-height-at-least="{points(line.leading)}" fo:text-align="start"'
    )
    return Format(
        paragraph, f"{_size(line.size)} {_weight(line.weight)} {_slant(line.slant)}{_colour(line.colour)}"
    )


def _styles(style: Style) -> list[str]:
    notes = style.notes
    note = Format(
        f'fo:margin-bottom="0pt" style:line-height-at-least="{points(notes.leading)}" '
        f'fo:margin-left="{points(notes.indent)}" fo:text-indent="-{points(notes.indent)}"',
        _size(notes.size),
        # The tab after the label ends where the text of the note begins; stops count from the indent.
        '<style:tab-stops><style:tab-stop style:position="0.1pt"/></style:tab-stops>' if notes.indent else "",
    )
    bold = Format(text=_weight("bold"))
    call = _raised(notes.call_raise, notes.call_size, style.body.size)
    mark = _raised(notes.mark_raise, notes.mark_size, notes.size)
    mono = _font(style.fonts.office_mono)
    number = line_format(style.number) if style.number is not None else bold
    keep = 'fo:keep-with-next="always"'
    rule = f'fo:border-bottom="0.5pt solid {style.colours.rule}" fo:padding="0pt" fo:margin-bottom="8pt"'
    table = Format('fo:margin-bottom="0pt"', _size(style.tables.size) if style.tables.size else "")
    return [
        paragraph_style("Standard", "", Format()),
        paragraph_style("Text body", "Standard", Format()),
        paragraph_style("Title", "Standard", line_format(style.title), follows="Text body"),
        paragraph_style("Subtitle", "Standard", line_format(style.subtitle, gap_before=0), follows="Text body"),
        paragraph_style("Paper Number", "Standard", number),
        *_headings(style),
        paragraph_style("Footnote", "Standard", note),
        paragraph_style("Endnote", "Standard", note),
        paragraph_style("Caption", "Standard", Format(keep, _slant("italic"))),
        paragraph_style("Table", "Caption", Format()),
        paragraph_style("Figure", "Caption", Format('fo:keep-with-next="auto"')),
        paragraph_style("Quotations", "Standard", Format('fo:margin-left="20pt" fo:margin-right="20pt"')),
        paragraph_style("List Paragraph", "Standard", Format('style:contextual-spacing="true"')),
        paragraph_style("List Paragraph Loose", "List Paragraph", Format('style:contextual-spacing="false"')),
        paragraph_style("Definition Term", "Standard", Format(keep, _weight("bold"))),
        paragraph_style("Definition Definition", "Standard", Format('fo:margin-left="20pt"')),
        paragraph_style("Table Contents", "Standard", table),
        paragraph_style("Table Heading", "Table Contents", Format(keep, _weight("bold"))),
        paragraph_style("Preformatted Text", "Standard", Format('fo:text-align="start"', mono)),
        paragraph_style("Horizontal Line", "Standard", Format(rule)),
        paragraph_style("Contents Heading", "Standard", Format(keep, _weight("bold"))),
        *(paragraph_style(f"Contents {level}", "Standard", _contents(style, level)) for level in (1, 2, 3)),
        paragraph_style("Header", "Standard", Format('fo:margin-bottom="0pt" fo:text-align="start"')),
        paragraph_style("Footer", "Standard", Format('fo:margin-bottom="0pt" fo:text-align="start"', _size(notes.size))),
        text_style("Footnote Symbol", mark),
        text_style("Endnote Symbol", mark),
        text_style("Footnote anchor", call),
        text_style("Endnote anchor", call),
        text_style(
            "Internet link",
            f'fo:color="{style.colours.link}" style:text-underline-style="solid" '
            'style:text-underline-width="auto" style:text-underline-color="font-color"',
        ),
        text_style("Internal link", ""),
        text_style("Source Text", mono),
        text_style("Page Reference", ""),
    ]  # fmt: skip


def _raised(distance: float, size: float, text: float) -> str:
    """Return the position and size of a label, as shares of the size of the text around it (20.384)."""
    up, share = (max(round(length / text * 100), 1) for length in (distance, size))
    return f'style:text-position="{min(up, 100)}% {min(share, 100)}%"'


def _contents(style: Style, level: int) -> Format:
    page = style.page
    width = page.width - page.margin.left - page.margin.right
    stop = (
        f'<style:tab-stops><style:tab-stop style:position="{points(width)}" style:type="right" '
        'style:leader-style="dotted" style:leader-text="."/></style:tab-stops>'
    )
    return Format(
        f'fo:margin-bottom="0pt" fo:margin-left="{points(12 * (level - 1))}" fo:text-align="start"', "", stop
    )


def _headings(style: Style) -> list[str]:
    out: list[str] = []
    for level in range(1, LEVELS + 1):
        own = line_format(style.headings[min(level, len(style.headings)) - 1])
        own = Format(f'{own.paragraph} fo:keep-with-next="always" fo:keep-together="always"', own.text)
        name = f"Heading {level}"
        out.append(paragraph_style(name, "Standard", own, follows="Text body", level=level))
        for role, line in style.roles.items():
            out.append(
                paragraph_style(
                    role_style_id(role, level), name, _role(line), follows="Text body", level=level
                )
            )
    return out


def _role(line: RoleLine) -> Format:
    parts = [_weight(line.weight)] if line.weight else []
    parts += [_slant(line.slant)] if line.slant else []
    return Format(text=" ".join(parts))


def paragraph_style(name: str, parent: str, own: Format, *, follows: str = "", level: int = 0) -> str:
    """Return a paragraph style.

    Args:
        name: Name as a user sees it.
        parent: Name of the style that it is based on; empty for none.
        own: Its properties.
        follows: Name of the style of the paragraph that a user writes after it.
        level: Outline level from 1; 0 for text.
    """
    attributes = f' style:parent-style-name="{style_name(parent)}"' if parent else ""
    attributes += f' style:next-style-name="{style_name(follows)}"' if follows else ""
    attributes += f' style:default-outline-level="{level}"' if level else ""
    inside = f"<style:paragraph-properties {own.paragraph}>{own.inside}</style:paragraph-properties>"
    text = f"<style:text-properties {own.text}/>" if own.text else ""
    return (
        f'<style:style style:name="{style_name(name)}"{_display(name)} style:family="paragraph"{attributes} '
        f'style:class="text">{inside if own.paragraph or own.inside else ""}{text}</style:style>'
    )


def text_style(name: str, attributes: str) -> str:
    """Return a character style."""
    properties = f"<style:text-properties {attributes}/>" if attributes else ""
    return f'<style:style style:name="{style_name(name)}"{_display(name)} style:family="text">{properties}</style:style>'


def _display(name: str) -> str:
    return f' style:display-name="{escape(name)}"' if style_name(name) != name else ""


def _outline() -> str:
    """Return the numbering of headings: none, because the labels of headings are text."""
    levels = "".join(
        f'<text:outline-level-style text:level="{level}" style:num-format=""/>' for level in NUMBERED_LEVELS
    )
    return f'<text:outline-style style:name="Outline">{levels}</text:outline-style>'
