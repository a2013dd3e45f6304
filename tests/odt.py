"""Build OpenDocument texts for tests: a body and the styles that it needs, in a package or in one flat XML file.

The functions take content in XML, so that plain words need no function.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from typing import NamedTuple

MIME = "application/vnd.oasis.opendocument.text"
_ODF = "urn:oasis:names:tc:opendocument:xmlns:{}:1.0"
NAMESPACES = " ".join(
    f'xmlns:{prefix}="{address}"'
    for prefix, address in {
        **{name: _ODF.format(name) for name in ("office", "text", "style", "table", "config", "manifest")},
        "draw": _ODF.format("drawing"),
        "fo": _ODF.format("xsl-fo-compatible"),
        "svg": _ODF.format("svg-compatible"),
        "xlink": "http://www.w3.org/1999/xlink",
        "dc": "http://purl.org/dc/elements/1.1/",
        "ooo": "http://openoffice.org/2004/office",
        "ooow": "http://openoffice.org/2004/writer",
    }.items()
)

HIDDEN = '<style:text-properties text:display="none"/>'
STYLES = (
    '<style:default-style style:family="paragraph"><style:text-properties fo:language="nl" fo:country="NL"/>'
    '</style:default-style><style:style style:name="Standard" style:family="paragraph"/>'
    + "".join(
        f'<style:style style:name="Heading_20_{k}" style:display-name="Heading {k}" style:family="paragraph"'
        f' style:parent-style-name="Standard" style:default-outline-level="{k}"/>'
        for k in (1, 2, 3)
    )
)
"""Common styles."""

AUTOMATIC = (
    f'<style:style style:name="Hidden" style:family="text">{HIDDEN}</style:style>'
    f'<style:style style:name="HiddenPar" style:family="paragraph">{HIDDEN}</style:style>'
    '<style:style style:name="Shown" style:family="text"><style:text-properties text:display="true"/></style:style>'
    '<style:style style:name="Bold" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>'
    '<style:style style:name="Italic" style:family="text"><style:text-properties fo:font-style="italic"/></style:style>'
    '<style:style style:name="Raised" style:family="text"><style:text-properties style:text-position="super 58%"/>'
    '</style:style><style:style style:name="Ruled" style:family="table-cell">'
    '<style:table-cell-properties fo:border="0.05pt solid #000000"/></style:style>'
)
"""Styles that the text uses."""

PAGES = (
    '<office:automatic-styles><style:page-layout style:name="pm1"><style:page-layout-properties fo:page-width="21cm"'
    ' fo:page-height="29.7cm" fo:margin="2cm"/></style:page-layout></office:automatic-styles>',
    '<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="pm1"/></office:master-styles>',
)
"""Page layout and page style; without a page style, LibreOffice numbers notes in another way."""

SETTINGS = (
    '<config:config-item-set config:name="ooo:view-settings"><config:config-item config:name="ShowRedlineChanges"'
    ' config:type="boolean">false</config:config-item></config:config-item-set>'
)
"""Settings with which LibreOffice shows tracked changes as accepted."""


class Level(NamedTuple):
    """A level of a list style."""

    form: str = "1"
    prefix: str = ""
    suffix: str = "."
    display: int = 1
    start: int = 1
    bullet: str = ""

    def xml(self, number: int, tag: str = "list-level-style-number") -> str:
        """Return the element of the level."""
        if self.bullet:
            return f'<text:list-level-style-bullet text:level="{number}" text:bullet-char="{self.bullet}"/>'
        return (
            f'<text:{tag} text:level="{number}" style:num-format="{self.form}" style:num-prefix="{self.prefix}"'
            f' style:num-suffix="{self.suffix}" text:display-levels="{self.display}" text:start-value="{self.start}"/>'
        )


def list_style(name: str, *levels: Level) -> str:
    """Return a list style."""
    inside = "".join(level.xml(number) for number, level in enumerate(levels, 1))
    return f'<text:list-style style:name="{name}">{inside}</text:list-style>'


def outline(*levels: Level) -> str:
    """Return the numbering of headings."""
    inside = "".join(level.xml(number, "outline-level-style") for number, level in enumerate(levels, 1))
    return f'<text:outline-style style:name="Outline">{inside}</text:outline-style>'


def configuration(kind: str, form: str, start: int | None, restart: str = "") -> str:
    """Return a configuration of the notes of a kind."""
    first = f' text:start-value="{start}"' if start is not None else ""
    at = f' text:start-numbering-at="{restart}"' if restart else ""
    return f'<text:notes-configuration text:note-class="{kind}" style:num-format="{form}"{first}{at}/>'


# Blocks


def _element(tag: str, content: tuple[str, ...], attributes: Mapping[str, object]) -> str:
    given = "".join(f' {name}="{value}"' for name, value in attributes.items() if value != "")
    return f"<{tag}{given}>{''.join(content)}</{tag}>"


def p(*content: str, style: str = "") -> str:
    """Return a paragraph."""
    return _element("text:p", content, {"text:style-name": style})


def h(*content: str, level: int = 1, style: str = "", properties: str = "") -> str:
    """Return a heading."""
    made = _element("text:h", content, {"text:style-name": style, "text:outline-level": level})
    return made.replace("<text:h", f"<text:h {properties}", 1)


def listed(*items: str, style: str = "", name: str = "", properties: str = "") -> str:
    """Return a list."""
    made = _element("text:list", items, {"text:style-name": style, "xml:id": name})
    return made.replace("<text:list", f"<text:list {properties}", 1)


def item(*content: str, properties: str = "") -> str:
    """Return an item of a list."""
    return f"<text:list-item {properties}>{''.join(content)}</text:list-item>"


def header(*content: str) -> str:
    """Return a list header."""
    return _element("text:list-header", content, {})


def section(*content: str, name: str, style: str = "", properties: str = "") -> str:
    """Return a section."""
    made = _element("text:section", content, {"text:name": name, "text:style-name": style})
    return made.replace("<text:section", f"<text:section {properties}", 1)


def table(*rows: str, columns: int) -> str:
    """Return a table."""
    width = f'<table:table-column table:number-columns-repeated="{columns}"/>'
    return _element("table:table", (width, *rows), {})


def row(*cells: str, repeated: int = 1) -> str:
    """Return a row."""
    return _element(
        "table:table-row", cells, {"table:number-rows-repeated": repeated if repeated > 1 else ""}
    )


def cell(*content: str, across: int = 1, down: int = 1, repeated: int = 1) -> str:
    """Return a cell with a border."""
    sizes = {"columns-spanned": across, "rows-spanned": down, "columns-repeated": repeated}
    given = {f"table:number-{name}": size for name, size in sizes.items() if size > 1}
    return _element("table:table-cell", content, {"table:style-name": "Ruled", **given})


def covered(*content: str) -> str:
    """Return a cell that another cell covers."""
    return _element("table:covered-table-cell", content, {})


# Inlines


def span(style: str, *content: str) -> str:
    """Return text in a style."""
    return _element("text:span", content, {"text:style-name": style})


def note(name: str, *body: str, kind: str = "footnote", label: str = "") -> str:
    """Return a note."""
    citation = _element("text:note-citation", (label or "9",), {"text:label": label})
    inside = citation + _element("text:note-body", body, {})
    return _element("text:note", (inside,), {"text:id": name, "text:note-class": kind})


def note_reference(name: str) -> str:
    """Return a reference to a note, with an old number as its displayed text."""
    form = {"text:reference-format": "text", "text:note-class": "footnote", "text:ref-name": name}
    return _element("text:note-ref", ("99",), form)


def bookmark(name: str, *content: str) -> str:
    """Return a bookmark around text."""
    start, end = (f'<text:bookmark-{x} text:name="{name}"/>' for x in ("start", "end"))
    return start + "".join(content) + end


def bookmark_reference(name: str, text: str) -> str:
    """Return a reference to the text of a bookmark."""
    return _element("text:bookmark-ref", (text,), {"text:reference-format": "text", "text:ref-name": name})


def box(*content: str, anchor: str) -> str:
    """Return a text box."""
    inside = _element("draw:text-box", content, {})
    place = {"text:anchor-type": anchor, "svg:width": "5cm", "svg:x": "9cm", "svg:y": "0cm"}
    return _element("draw:frame", (inside,), place)


def annotation(text: str) -> str:
    """Return a comment."""
    return f"<office:annotation><dc:creator>A. de Vries</dc:creator>{p(text)}</office:annotation>"


def mark(name: str, kind: str = "change") -> str:
    """Return a mark of a tracked change: `change`, `change-start` or `change-end`."""
    return f'<text:{kind} text:change-id="{name}"/>'


def region(name: str, kind: str, *content: str) -> str:
    """Return the record of a tracked change, with the deleted content that is stored apart."""
    who = "<office:change-info><dc:creator>A. de Vries</dc:creator><dc:date>2024-01-01T00:00:00</dc:date></office:change-info>"
    inside = f"<text:{kind}>{who}{''.join(content)}</text:{kind}>"
    return f'<text:changed-region xml:id="{name}" text:id="{name}">{inside}</text:changed-region>'


# Files


def document(
    body: str, styles: str = "", automatic: str = "", changes: str = "", *, flat: bool = True
) -> bytes:
    """Return the bytes of a file.

    Args:
        body: The blocks of the text.
        styles: Common styles, besides `STYLES`.
        automatic: Automatic styles, besides `AUTOMATIC`.
        changes: The records of the tracked changes.
        flat: Whether the file is one XML file instead of a package.
    """
    settings = f"<office:settings>{SETTINGS}</office:settings>"
    common = f"<office:styles>{STYLES}{styles}</office:styles>"
    layout, pages = PAGES
    own = f"<office:automatic-styles>{AUTOMATIC}{automatic}</office:automatic-styles>"
    tracked = f"<text:tracked-changes>{changes}</text:tracked-changes>" if changes else ""
    text = f"<office:body><office:text>{tracked}{body}</office:text></office:body>"
    if flat:
        layout = layout.replace("</office:automatic-styles>", own.removeprefix("<office:automatic-styles>"))
        return _root(
            "document", settings + common + layout + pages + text, f' office:mimetype="{MIME}"'
        ).encode()
    entries = "".join(
        f'<manifest:file-entry manifest:full-path="{path}" manifest:media-type="{kind}"/>'
        for path, kind in (
            ("/", MIME),
            *((f"{x}.xml", "text/xml") for x in ("content", "styles", "settings")),
        )
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", MIME, zipfile.ZIP_STORED)
        archive.writestr(
            "META-INF/manifest.xml", f"<manifest:manifest {NAMESPACES}>{entries}</manifest:manifest>"
        )
        archive.writestr("content.xml", _root("document-content", own + text))
        archive.writestr("styles.xml", _root("document-styles", common + layout + pages))
        archive.writestr("settings.xml", _root("document-settings", settings))
    return out.getvalue()


def _root(name: str, content: str, more: str = "") -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?><office:{name} {NAMESPACES} office:version="1.3"{more}>{content}</office:{name}>'
