"""Build Word files for tests: a body in WordprocessingML, and the parts that it needs."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

from PIL import Image

from publish.readers.base import ReadResult, Source
from publish.readers.docx.reader import read

MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    f'xmlns:r="{OFFICE}" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
)
SEPARATORS = '<w:footnote w:type="separator" w:id="7"><w:p/></w:footnote>'

STYLES = """
<w:docDefaults><w:rPrDefault><w:rPr><w:lang w:val="en-US"/></w:rPr></w:rPrDefault></w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="Standaard"><w:name w:val="Normal"/><w:rPr><w:lang w:val="nl-NL"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Kop1"><w:name w:val="heading 1"/><w:basedOn w:val="Standaard"/></w:style>
<w:style w:type="paragraph" w:styleId="Eigen"><w:name w:val="Huiskop"/><w:basedOn w:val="Kop1"/></w:style>
<w:style w:type="paragraph" w:styleId="Titel"><w:name w:val="Title"/></w:style>
<w:style w:type="paragraph" w:styleId="Bijschrift"><w:name w:val="caption"/></w:style>
<w:style w:type="paragraph" w:styleId="Citaat"><w:name w:val="Quote"/></w:style>
<w:style w:type="character" w:styleId="Nootmarkering"><w:name w:val="footnote reference"/><w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>
"""


def p(*content: str, style: str = "", properties: str = "") -> str:
    """Return a paragraph; plain strings become runs."""
    chosen = f'<w:pStyle w:val="{style}"/>' if style else ""
    inside = "".join(x if x.startswith("<") else r(x) for x in content)
    head = f"<w:pPr>{chosen}{properties}</w:pPr>" if chosen or properties else ""
    return f"<w:p>{head}{inside}</w:p>"


def r(text: str, properties: str = "") -> str:
    """Return a run."""
    look = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{look}<w:t xml:space="preserve">{text}</w:t></w:r>'


def call(number: int, kind: str = "footnote") -> str:
    return f'<w:r><w:rPr><w:rStyle w:val="Nootmarkering"/></w:rPr><w:{kind}Reference w:id="{number}"/></w:r>'


def note(number: int, *content: str, kind: str = "footnote") -> str:
    mark = f"<w:r><w:{kind}Ref/></w:r>"
    return f'<w:{kind} w:id="{number}">{p(mark, " ", *content)}</w:{kind}>'


def field(instruction: str, result: str) -> str:
    def char(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    code = f'<w:r><w:instrText xml:space="preserve"> {instruction} </w:instrText></w:r>'
    return char("begin") + code + char("separate") + r(result) + char("end")


NUMBERING = """
<w:abstractNum w:abstractNumId="1">
 <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/><w:pPr><w:ind w:left="360"/></w:pPr></w:lvl>
 <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%2)"/><w:pPr><w:ind w:left="720"/></w:pPr></w:lvl>
</w:abstractNum>
<w:abstractNum w:abstractNumId="2">
 <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="Artikel %1"/></w:lvl>
 <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:isLgl/><w:lvlText w:val="%1.%2"/></w:lvl>
</w:abstractNum>
<w:abstractNum w:abstractNumId="3"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="&#xF0B7;"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="2"/></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="3"/></w:num>
<w:num w:numId="4"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>
"""


def item(text: str, number: int, level: int = 0, style: str = "") -> str:
    return p(
        text,
        style=style,
        properties=f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>',
    )


CHANGED = p(
    "Het ",
    '<w:ins w:id="1" w:author="A. de Vries"><w:r><w:t>nieuwe</w:t></w:r></w:ins>',
    '<w:del w:id="2" w:author="A. de Vries"><w:r><w:delText>oude</w:delText></w:r></w:del>',
    " huis",
)


def picture() -> tuple[str, dict[str, bytes], str]:
    """Return a drawing, and the part and the relationship that it needs."""
    data = io.BytesIO()
    Image.new("RGB", (4, 4), "red").save(data, "PNG")
    drawing = (
        '<w:r><w:drawing><wp:inline><wp:docPr id="1" name="x" descr="een rood vlak"/><a:graphic><a:graphicData>'
        '<a:blip r:embed="r8"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'
    )
    link = '<Relationship Id="r8" Type="x/image" Target="media/rood.png"/>'
    return drawing, {"word/media/rood.png": data.getvalue()}, link


def package(body: str, parts: Mapping[str, str | bytes] | None = None, links: str = "", **more: str) -> bytes:
    """Return the bytes of a Word file.

    Args:
        body: The content of the body.
        parts: Additional members by name.
        links: Additional relationships of the main part.
        more: The content of `footnotes`, `endnotes`, `comments`, `numbering`, `settings`, `styles`, `core`.
    """
    content = {"styles": STYLES, **more}
    relations = "".join(
        f'<Relationship Id="r-{name}" Type="{OFFICE}/{name}" Target="{name}.xml"/>'
        for name in content
        if name != "core"
    )
    roots = f'<Relationship Id="r1" Type="{OFFICE}/officeDocument" Target="word/document.xml"/>'
    members: dict[str, str | bytes] = {
        "[Content_Types].xml": f'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" ContentType="{MAIN}"/></Types>',
        "word/document.xml": f"<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{RELATIONS}">{relations}{links}</Relationships>',
    }
    for name, text in content.items():
        if name == "core":
            core = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
            roots += f'<Relationship Id="r2" Type="{core}" Target="docProps/core.xml"/>'
            members["docProps/core.xml"] = text
        else:
            members[f"word/{name}.xml"] = f"<w:{name} {NAMESPACES}>{text}</w:{name}>"
    members["_rels/.rels"] = f'<Relationships xmlns="{RELATIONS}">{roots}</Relationships>'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in {**members, **(parts or {})}.items():
            archive.writestr(name, data)
    return out.getvalue()


def word(body: str, track_changes: str = "accept", **more: object) -> ReadResult:
    """Read a Word file that contains the body."""
    return read(Source("brief.docx", package(body, **more), Path(), track_changes))  # type: ignore[arg-type]


def everything() -> bytes:
    """Return a Word file with an example of everything that the reader supports."""
    drawing, parts, link = picture()
    first = f'<w:bookmarkStart w:id="1" w:name="_Ref1"/>{call(1)}<w:bookmarkEnd w:id="1"/>'
    formula = "<m:oMath><m:sSup><m:e><m:r><m:t>x</m:t></m:r></m:e><m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup></m:oMath>"
    control = "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:r><w:t>Kies</w:t></w:r></w:sdtContent></w:sdt>"
    box = f"<w:r><w:pict><v:shape><v:textbox><w:txbxContent>{p('In het kader.')}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
    cells = (
        f'<w:tr><w:trPr><w:tblHeader/></w:trPr><w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>{p("Kop")}</w:tc></w:tr>'
        f'<w:tr><w:tc><w:tcPr><w:vMerge w:val="restart"/></w:tcPr>{p("a", call(2))}</w:tc><w:tc>{p("b")}</w:tc></w:tr>'
        f"<w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr>{p('')}</w:tc><w:tc>{p('c')}</w:tc></w:tr>"
    )
    table = f'<w:tbl><w:tblPr><w:tblBorders><w:top w:val="single"/></w:tblBorders></w:tblPr>{cells}</w:tbl>'
    commented = '<w:commentRangeStart w:id="0"/><w:r><w:t>oud</w:t></w:r><w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>'
    body = (
        p("Antwoord", style="Titel")
        + p(field(r'TOC \o "1-2" \h', "Een 1"))
        + p("Een", style="Kop1")
        + p(
            "Noot",
            first,
            " en nog eens",
            field(r"NOTEREF _Ref1 \f \h", "1"),
            ", zie noot ",
            field(r"NOTEREF _Ref1 \h", "1"),
        )
        + CHANGED
        + p("Vraag 1", style="Eigen")
        + item("een", 1)
        + item("a", 1, 1)
        + item("twee", 1)
        + table
        + p(drawing, properties="<w:keepNext/>")
        + p("Figuur 1. Rood", style="Bijschrift")
        + p(
            "Als ",
            formula,
            " groeit",
            r(" vet", "<w:b/>"),
            r(" cursief", "<w:i/>"),
            r("hoog", '<w:vertAlign w:val="superscript"/>'),
        )
        + p("Met ", commented, control, box, " slot", call(1, "endnote"))
        + p("Tekst", style="Citaat")
        + '<w:sectPr><w:headerReference w:type="default" r:id="r7"/></w:sectPr>'
    )
    return package(
        body,
        parts={**parts, "word/header1.xml": f"<w:hdr {NAMESPACES}>{p('Pagina')}</w:hdr>"},
        links=link + f'<Relationship Id="r7" Type="{OFFICE}/header" Target="header1.xml"/>',
        footnotes=SEPARATORS
        + note(1, "een ", field('HYPERLINK "https://example.org"', "hier"))
        + note(2, "twee"),
        endnotes=note(1, "eind", kind="endnote"),
        comments=f'<w:comment w:id="0" w:author="A. de Vries" w:date="2024-01-01T00:00:00Z">{p("Klopt dit?")}</w:comment>',
        numbering=NUMBERING,
    )
