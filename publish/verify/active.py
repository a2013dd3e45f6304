"""Find content that runs code or changes what a publication shows: scripts, event handlers, frames and actions.

publish writes none, so a file with such content is not as publish wrote it, and its text need not be what a reader sees.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

from lxml import etree, html

from publish.verify.extractors.html import without_page_ends
from publish.verify.extractors.unreadable import MAX_UNPACKED
from publish.xml_parsers import closed_parser
from publish.zip_files import opened

ELEMENTS = frozenset(
    {
        "script",
        "iframe",
        "frame",
        "object",
        "embed",
        "applet",
        "base",
        "form",
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

_RUNS = re.compile(r"(?:javascript|vbscript):|data:text/html", re.IGNORECASE)
_SPACE = re.compile(r"[\x00-\x20]+")


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
            with opened(data, MAX_UNPACKED) as archive:
                pages = [n for n in archive.namelist() if n.endswith((".xhtml", ".html", ".svg"))]
                roots = [
                    etree.fromstring(archive.read(name), closed_parser(huge_tree=True)) for name in pages
                ]
            return [found for root in roots for found in _of_page(root)]
        case "pdf":
            return list(_of_pdf(data))
        case _:
            return []


def _of_page(root: etree._Element) -> Iterator[str]:
    for element in root.iter(etree.Element):
        name = str(element.tag).rpartition("}")[2].lower()
        if name in ELEMENTS and element.get("type") != DATA:
            yield f"element '{name}'"
        if name == "meta" and (element.get("http-equiv") or "").lower() == "refresh":
            yield "automatic redirection"
        for key, value in element.items():
            attribute = str(key).rpartition("}")[2].lower()
            if attribute.startswith("on") and len(attribute) > 3:
                yield f"event handler '{attribute}'"
            elif attribute in {"href", "src", "action"} and _RUNS.match(_SPACE.sub("", str(value))):
                yield f"address '{str(value)[:40]}'"


def _of_pdf(data: bytes) -> Iterator[str]:
    import pikepdf

    with pikepdf.open(io.BytesIO(data)) as document:
        root: Any = document.Root
        if "/AA" in root:
            yield "actions of the document"
        if "/Names" in root and "/JavaScript" in root.Names:
            yield "scripts of the document"
        yield from _action(root.get("/OpenAction"))
        for page in document.pages:
            if "/AA" in page.obj:
                yield "actions of a page"
            for annotation in page.obj.get("/Annots", ()):
                yield from _action(annotation.get("/A"))
                if "/AA" in annotation:
                    yield "actions of an annotation"


def _action(action: Any) -> Iterator[str]:  # noqa: ANN401 - pikepdf has no types for its objects
    import pikepdf

    if isinstance(action, pikepdf.Dictionary):
        kind = str(action.get("/S", ""))
        address = str(action.get("/URI", ""))
        if kind in ACTIONS or _RUNS.match(_SPACE.sub("", address)):
            yield f"action '{kind.removeprefix('/')}'"
