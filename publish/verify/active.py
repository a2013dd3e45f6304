"""Find content that runs code or changes what a publication shows: scripts, event handlers, frames, actions, macros, remote parts.

publish writes none, so a file with such content is not as publish wrote it, and its text need not be what a reader sees.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from typing import Any

from lxml import etree, html

from publish.verify.extractors.html import without_page_ends
from publish.verify.extractors.unreadable import MAX_UNPACKED
from publish.xml_parsers import closed_parser
from publish.zip_files import opened

ELEMENTS = frozenset(
    {
        "iframe",
        "frame",
        "object",
        "embed",
        "applet",
        "base",
        "form",
        "input",
        "noscript",
        "set",
        "animate",
        "foreignobject",
    }
)
DATA = "application/ld+json"
"""Type of a script that is only data."""

ACTIONS = frozenset(
    {"/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToR", "/GoToE", "/Rendition"}
)

LONGEST_CHAIN = 50
"""Number of actions that follow each other and are looked at."""

NOT_PAGES = (
    ".opf",
    ".ncx",
    ".css",
    ".png",
    ".jpg",
    ".jpeg",
    ".gif",
    ".otf",
    ".ttf",
    ".woff",
    ".woff2",
)
"""Suffixes of the files of an EPUB that are no pages and no drawings."""

LINKED = frozenset({"hyperlink", "image"})
"""Types of relationships of Word to something outside the file that only show it or refer to it."""

_RUNS = re.compile(r"(?:javascript|vbscript):|data:text/html", re.IGNORECASE)
_SPACE = re.compile(r"[\x00-\x20]+")
_LOADS = re.compile(r"@import|url\(\s*['\"]?(?:[a-z][a-z0-9+.-]*:)?//", re.IGNORECASE)
_TRANSFORM = re.compile(r"xml-stylesheet.*xsl", re.IGNORECASE | re.DOTALL)
_REMOTE = re.compile(r"(?:[a-z][a-z0-9+.-]*:)?//", re.IGNORECASE)
_WORD_PROGRAMS = re.compile(r"(?:vbaproject|activex|/embeddings/|oleobject)", re.IGNORECASE)
_FIELDS = re.compile(r"\b(?:DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|IMPORT|MACROBUTTON)\b", re.IGNORECASE)
_WIDE = (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")
"""First bytes of XML in UTF-16, in which a search for a word finds nothing."""
_ODF_PROGRAMS = re.compile(r"^(?:Basic|Scripts|Dialogs)/", re.IGNORECASE)


def active_content(form: str, data: bytes) -> list[str]:
    """Return what is active in a publication, in a few words each; empty for formats without a check.

    Raises:
        Exception: any, if the file is damaged.
    """
    match form:
        case "html":
            parser = html.HTMLParser(encoding="utf-8")
            return list(_of_page(html.document_fromstring(without_page_ends(data), parser=parser)))
        case "epub":
            return list(_of_epub(data))
        case "pdf":
            return list(_of_pdf(data))
        case "docx":
            return list(_of_word(data))
        case "odt":
            return list(_of_opendocument(data))
        case "akn":
            return list(_of_akoma_ntoso(data))
        case _:
            return []


def _of_page(root: etree._Element) -> Iterator[str]:
    for element in root.iter(etree.Element):
        name = str(element.tag).rpartition("}")[2].lower()
        if name in ELEMENTS or (name == "script" and element.get("type") != DATA):
            yield f"element '{name}'"
        if name == "meta" and (element.get("http-equiv") or "").lower() == "refresh":
            yield "automatic redirection"
        if name == "style" and _LOADS.search("".join(map(str, element.itertext()))):
            yield "style sheet that loads a remote file"
        if name == "link" and _loads(element):
            yield f"remote file '{(element.get('href') or '')[:40]}'"
        for key, value in element.items():
            attribute = str(key).rpartition("}")[2].rpartition(":")[2].lower()
            if attribute.startswith("on") and len(attribute) > 3:
                yield f"event handler '{attribute}'"
            elif attribute == "srcdoc":
                yield f"attribute '{attribute}'"
            elif attribute in {"href", "src", "action", "formaction"} and _RUNS.match(
                _SPACE.sub("", str(value))
            ):
                yield f"address '{str(value)[:40]}'"


def _loads(link: etree._Element) -> bool:
    """Return whether a `link` element loads a file from elsewhere; other relations only name one."""
    relations = set((link.get("rel") or "").lower().split())
    return bool(relations & {"stylesheet", "import", "preload", "modulepreload", "manifest"}) and bool(
        _REMOTE.match(link.get("href") or "")
    )


def _of_epub(data: bytes) -> Iterator[str]:
    with opened(data, MAX_UNPACKED) as archive:
        names = (n for n in archive.namelist() if not n.startswith("META-INF/"))
        pages = [n for n in names if not n.lower().endswith((*NOT_PAGES, "/", "mimetype"))]
        contents = [(name, archive.read(name)) for name in pages]
    for name, content in contents:
        try:
            root = etree.fromstring(content, closed_parser(huge_tree=True))
        except etree.XMLSyntaxError:
            yield f"file '{name[:40]}'"
            continue
        yield from _of_page(root)


def _of_word(data: bytes) -> Iterator[str]:
    with opened(data, MAX_UNPACKED) as archive:
        for name in archive.namelist():
            if _WORD_PROGRAMS.search(name):
                yield f"part '{name[:60]}'"
            elif name.endswith(".rels"):
                root = etree.fromstring(archive.read(name), closed_parser(huge_tree=True))
                yield from _relations(root)
            elif name.startswith("word/") and name.endswith(".xml"):
                content = archive.read(name)
                if b"instr" not in content and not content.startswith(_WIDE):
                    continue
                root = etree.fromstring(content, closed_parser(huge_tree=True))
                codes = [e.text or "" for e in root.iter("{*}instrText")]
                codes += [str(e.get(key)) for e in root.iter("{*}fldSimple") for key in e.attrib]
                yield from (f"field '{match[0]}'" for match in _FIELDS.finditer("".join(codes)))


def _relations(root: etree._Element) -> Iterator[str]:
    for relation in root.iter("{*}Relationship"):
        kind = (relation.get("Type") or "").rpartition("/")[2]
        if kind == "aFChunk" or (relation.get("TargetMode") == "External" and kind not in LINKED):
            yield f"{kind} '{(relation.get('Target') or '')[:40]}'"


def _of_opendocument(data: bytes) -> Iterator[str]:
    with opened(data, MAX_UNPACKED) as archive:
        for name in archive.namelist():
            if _ODF_PROGRAMS.search(name):
                yield f"part '{name[:60]}'"
            elif name in {"content.xml", "styles.xml", "settings.xml"}:
                content = archive.read(name)
                words = (b"script", b"event", b"dde", b"applet", b"plugin")
                if content.startswith(_WIDE) or any(word in content for word in words):
                    root = etree.fromstring(content, closed_parser(huge_tree=True))
                    names = ("event-listener", "script", "dde-source", "dde-connection", "applet", "plugin")
                    yield from (f"element '{name}'" for name in names for _ in root.iter(f"{{*}}{name}"))


def _of_akoma_ntoso(data: bytes) -> Iterator[str]:
    if data.startswith(b"PK"):  # a package
        with opened(data, MAX_UNPACKED) as archive:
            for name in archive.namelist():
                if name.endswith(".xml"):
                    yield from _of_akoma_ntoso(archive.read(name))
        return
    root = etree.fromstring(data, closed_parser(huge_tree=True))
    for element in root.iter(etree.Element):
        space, _, name = str(element.tag).rpartition("}")
        if not space.endswith(("/3.0", "MathML")) and name.lower() in {*ELEMENTS, "script"}:
            yield f"element '{name}'"
    before = root.getprevious()
    while before is not None:
        if _TRANSFORM.search(etree.tostring(before, encoding="unicode", with_tail=False)):
            yield "style sheet that transforms the text"
        before = before.getprevious()


def _of_pdf(data: bytes) -> Iterator[str]:
    import pikepdf

    with pikepdf.open(io.BytesIO(data)) as document:
        root: Any = document.Root
        if "/AA" in root:
            yield "actions of the document"
        names = root.get("/Names", {})
        if "/JavaScript" in names:
            yield "scripts of the document"
        if "/EmbeddedFiles" in names:
            yield "attached files"
        kinds = [str(found.get("/S", "")) for found in _chain(root.get("/OpenAction"))]
        yield from (f"action on opening '{kind.removeprefix('/')}'" for kind in kinds if kind != "/GoTo")
        yield from _of_form(root.get("/AcroForm"))
        yield from _of_outline(root.get("/Outlines"))
        for page in document.pages:
            if "/AA" in page.obj:
                yield "actions of a page"
            for annotation in page.obj.get("/Annots", ()):
                yield from _actions(annotation.get("/A"))
                if "/AA" in annotation:
                    yield "actions of an annotation"
                kind = str(annotation.get("/Subtype", ""))
                is_signature = annotation.get("/FT") == pikepdf.Name.Sig and not _is_visible(annotation)
                is_link = kind == "/Link" and "/AP" not in annotation
                if not (is_signature or is_link):
                    yield f"annotation '{kind.removeprefix('/')}'"


def _of_form(form: Any) -> Iterator[str]:  # noqa: ANN401 - pikepdf has no types for its objects
    import pikepdf

    if not isinstance(form, pikepdf.Dictionary):
        return
    if "/XFA" in form:
        yield "XFA form"
    for field in _below(form.get("/Fields", ()), "/Kids"):
        yield from _actions(field.get("/A"))
        if "/AA" in field:
            yield "actions of a form field"


def _of_outline(outline: Any) -> Iterator[str]:  # noqa: ANN401
    import pikepdf

    left: list[Any] = [outline]
    seen: set[tuple[int, int]] = set()
    while left:
        item = left.pop()
        if not isinstance(item, pikepdf.Dictionary) or item.objgen in seen:
            continue
        seen.add(item.objgen)
        yield from _actions(item.get("/A"))
        left += [item.get("/First"), item.get("/Next")]


def _below(items: Iterable[Any], key: str) -> Iterator[Any]:
    """Yield dictionaries and those below them."""
    import pikepdf

    left = [(item, 0) for item in items]
    while left:
        item, depth = left.pop()
        if isinstance(item, pikepdf.Dictionary) and depth < LONGEST_CHAIN:
            yield item
            left += [(kid, depth + 1) for kid in item.get(key, ())]


def _is_visible(annotation: Any) -> bool:  # noqa: ANN401
    sides = [float(side) for side in annotation.get("/Rect", [])]
    return len(sides) != 4 or sides[0] != sides[2] or sides[1] != sides[3]


def _actions(action: Any) -> Iterator[str]:  # noqa: ANN401
    """Yield what is active in an action and in those that follow it."""
    for found in _chain(action):
        kind = str(found.get("/S", ""))
        if kind in ACTIONS or _RUNS.match(_SPACE.sub("", str(found.get("/URI", "")))):
            yield f"action '{kind.removeprefix('/')}'"


def _chain(action: Any) -> Iterator[Any]:  # noqa: ANN401
    """Yield an action and those that follow it (ISO 32000-2, 12.6.2)."""
    import pikepdf

    left, count = [action], 0
    while left and count < LONGEST_CHAIN:
        found, count = left.pop(), count + 1
        if isinstance(found, pikepdf.Array):
            left += [item for item in found if isinstance(item, pikepdf.Dictionary)]
        if isinstance(found, pikepdf.Dictionary):
            yield found
            left.append(found.get("/Next"))
