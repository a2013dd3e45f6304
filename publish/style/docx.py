"""Generate Word styles from the tokens of a style, with the built-in names of Word, so that the panes of Word work.

The unit of sizes in Word is half a point, that of distances a twentieth of a point (ECMA-376-1, 17.3 and 17.18).
"""

from __future__ import annotations

from msgspec.structs import replace

from publish.markup import escape, quoteattr
from publish.style.tokens import Line, RoleLine, Style

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def twips(points: float) -> int:
    """Convert points to twentieths of a point."""
    return round(points * 20)


def half_points(points: float) -> int:
    """Convert points to half-points."""
    return round(points * 2)


def role_style_id(role: str, level: int) -> str:
    """Return the id of the paragraph style for headings of sections with a role."""
    name = "".join(part.capitalize() for part in role.replace(":", "-").split("-"))
    return f"{name}Heading{level}"


def styles_xml(style: Style, language: str) -> str:
    """Return the part `word/styles.xml`."""
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        f'<w:styles xmlns:w="{W}">{_defaults(style, language)}{"".join(_styles(style))}</w:styles>'
    )


def _defaults(style: Style, language: str) -> str:
    font = quoteattr(style.fonts.office_body)
    return (
        "<w:docDefaults><w:rPrDefault><w:rPr>"
        f"<w:rFonts w:ascii={font} w:hAnsi={font} w:eastAsia={font} w:cs={font}/>"
        f"{_text_colour(style)}"
        f'<w:sz w:val="{half_points(style.body.size)}"/><w:szCs w:val="{half_points(style.body.size)}"/>'
        f"<w:lang w:val={quoteattr(language)} w:eastAsia={quoteattr(language)} w:bidi={quoteattr(language)}/>"
        "</w:rPr></w:rPrDefault><w:pPrDefault><w:pPr>"
        f'<w:spacing w:after="{twips(style.body.paragraph_gap)}" w:line="{twips(style.body.leading)}" w:lineRule="atLeast"/>'
        "</w:pPr></w:pPrDefault></w:docDefaults>"
    )


def _text_colour(style: Style) -> str:
    """Return the colour of text; empty for black, so that the settings of the user apply."""
    colour = style.colours.text.lstrip("#").lower()
    return f'<w:color w:val="{colour}"/>' if colour != "000000" else ""


def _styles(style: Style) -> list[str]:
    notes, colours = style.notes, style.colours
    note_text = (
        f'<w:spacing w:after="0" w:line="{twips(notes.leading)}" w:lineRule="atLeast"/>'
        f'<w:ind w:left="{twips(notes.indent)}" w:hanging="{twips(notes.indent)}"/>'
    )
    note_run = f'<w:sz w:val="{half_points(notes.size)}"/><w:szCs w:val="{half_points(notes.size)}"/>'
    superscript = '<w:vertAlign w:val="superscript"/>'
    link = f'<w:color w:val="{colours.link.lstrip("#")}"/><w:u w:val="single"/>'
    mono = quoteattr(style.fonts.office_mono)
    code = f"<w:rFonts w:ascii={mono} w:hAnsi={mono} w:cs={mono}/>"
    widow = "<w:widowControl/>" if style.body.widows > 1 else '<w:widowControl w:val="0"/>'
    align = '<w:jc w:val="both"/>' if style.body.align == "justify" else ""
    out = [
        _paragraph("Normal", "Normal", "", widow + align, "", default=True),
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>',
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>'
        '<w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>'
        '<w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>',
        '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/></w:style>',
        _paragraph(
            "Title", "Title", "Normal", _line_spacing(style.title) + _outline(None), _line_run(style.title)
        ),
        _paragraph(
            "Subtitle",
            "Subtitle",
            "Normal",
            _line_spacing(replace(style.subtitle, gap_before=0)),
            _line_run(style.subtitle),
        ),
        *_headings(style),
        _paragraph("FootnoteText", "footnote text", "Normal", note_text, note_run),
        _character("FootnoteReference", "footnote reference", superscript),
        _paragraph("EndnoteText", "endnote text", "Normal", note_text, note_run),
        _character("EndnoteReference", "endnote reference", superscript),
        _character("Hyperlink", "Hyperlink", link),
        _paragraph("Caption", "caption", "Normal", "", "<w:i/>"),
        _paragraph("Quote", "Quote", "Normal", '<w:ind w:left="400" w:right="400"/>', ""),
        _paragraph("ListParagraph", "List Paragraph", "Normal", "<w:contextualSpacing/>", ""),
        _paragraph(
            "LooseListParagraph",
            "List Paragraph Loose",
            "ListParagraph",
            '<w:contextualSpacing w:val="0"/>',
            "",
        ),
        _paragraph("LabelledListParagraph", "List Paragraph Labelled", "ListParagraph", "", ""),
        _paragraph("DefinitionTerm", "Definition Term", "Normal", "<w:keepNext/>", "<w:b/>"),
        _paragraph("DefinitionText", "Definition Text", "Normal", '<w:ind w:left="400"/>', ""),
        _paragraph("TableHeading", "Table Heading", "Normal", "<w:keepNext/>", "<w:b/>"),
        _paragraph(
            "SourceCode", "Source Code", "Normal", '<w:spacing w:line="240" w:lineRule="auto"/>', code
        ),
        _character("CodeCharacter", "Code Character", code),
        _character("PictureText", "Picture Text", "<w:i/>"),
        _character("PageReference", "Page Reference", ""),
        _paragraph("TOCHeading", "TOC Heading", "Normal", "<w:keepNext/>", "<w:b/>"),
        *(
            _paragraph(
                f"TOC{level}",
                f"toc {level}",
                "Normal",
                f'<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="{_text_width(style)}"/></w:tabs>'
                f'<w:spacing w:after="0"/><w:ind w:left="{240 * (level - 1)}"/>',
                "",
            )
            for level in (1, 2, 3)
        ),
        _paragraph("Header", "header", "Normal", "", ""),
        _paragraph("Footer", "footer", "Normal", "", f'<w:sz w:val="{half_points(notes.size)}"/>'),
        _table_grid(style),
    ]
    if style.number is not None:
        out.append(
            _paragraph(
                "PaperNumber", "Paper Number", "Normal", _line_spacing(style.number), _line_run(style.number)
            )
        )
    else:
        out.append(_paragraph("PaperNumber", "Paper Number", "Normal", "", "<w:b/>"))
    return out


def _table_grid(style: Style) -> str:
    tables, rule = style.tables, style.colours.rule.lstrip("#")
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    drawn = sides if tables.lines == "all" else ("top", "bottom", "insideH")
    borders = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="{rule}"/>' for side in sides if side in drawn
    )
    size = f'<w:rPr><w:sz w:val="{half_points(tables.size)}"/><w:szCs w:val="{half_points(tables.size)}"/></w:rPr>'
    fill = f'<w:shd w:val="clear" w:color="auto" w:fill="{tables.head.lstrip("#")}"/>'
    head = f'<w:tblStylePr w:type="firstRow"><w:tblPr/><w:tcPr>{fill}</w:tcPr></w:tblStylePr>'
    return (
        '<w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/><w:basedOn w:val="TableNormal"/>'
        f'<w:pPr><w:spacing w:after="0"/></w:pPr>{size if tables.size else ""}'
        f"<w:tblPr><w:tblBorders>{borders}</w:tblBorders></w:tblPr>{head if tables.head else ''}</w:style>"
    )


def _text_width(style: Style) -> int:
    page = style.page
    return twips(page.width - page.margin.left - page.margin.right)


def _headings(style: Style) -> list[str]:
    out: list[str] = []
    for level in range(1, 7):
        line = style.headings[min(level, len(style.headings)) - 1]
        ppr = f"<w:keepNext/><w:keepLines/>{_line_spacing(line)}{_outline(level)}"
        out.append(
            _paragraph(
                f"Heading{level}", f"heading {level}", "Normal", ppr, _line_run(line), follows="Normal"
            )
        )
        for role, own in style.roles.items():
            name = role_style_id(role, level)
            out.append(_paragraph(name, name, f"Heading{level}", "", _role_run(own), follows="Normal"))
    return out


def _outline(level: int | None) -> str:
    return "" if level is None else f'<w:outlineLvl w:val="{level - 1}"/>'


def _line_spacing(line: Line) -> str:
    return (
        f'<w:spacing w:before="{twips(line.gap_before)}" w:after="{twips(line.gap_after)}" '
        f'w:line="{twips(line.leading)}" w:lineRule="atLeast"/>'
    )


def _switch(tag: str, *, on: bool) -> str:
    return f"<w:{tag}/>" if on else f'<w:{tag} w:val="0"/>'


def _line_run(line: Line) -> str:
    size = half_points(line.size)
    return (
        f"{_switch('b', on=line.weight == 'bold')}{_switch('i', on=line.slant == 'italic')}"
        f"{_colour(line.colour)}"
        f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'
    )


def _colour(colour: str) -> str:
    return f'<w:color w:val="{colour.lstrip("#")}"/>' if colour else ""


def _role_run(line: RoleLine) -> str:
    bold = _switch("b", on=line.weight == "bold") if line.weight else ""
    return bold + (_switch("i", on=line.slant == "italic") if line.slant else "")


def _paragraph(
    style_id: str, name: str, parent: str, ppr: str, rpr: str, *, default: bool = False, follows: str = ""
) -> str:
    return (
        f'<w:style w:type="paragraph"{" w:default=" + chr(34) + "1" + chr(34) if default else ""} w:styleId="{style_id}">'
        f'<w:name w:val="{escape(name)}"/>'
        + (f'<w:basedOn w:val="{parent}"/>' if parent else "")
        + (f'<w:next w:val="{follows}"/>' if follows else "")
        + "<w:qFormat/>"
        + (f"<w:pPr>{ppr}</w:pPr>" if ppr else "")
        + (f"<w:rPr>{rpr}</w:rPr>" if rpr else "")
        + "</w:style>"
    )


def _character(style_id: str, name: str, rpr: str) -> str:
    return (
        f'<w:style w:type="character" w:styleId="{style_id}"><w:name w:val="{escape(name)}"/>'
        f'<w:basedOn w:val="DefaultParagraphFont"/><w:rPr>{rpr}</w:rPr></w:style>'
    )
