"""Find content of publications that runs code or loads other files."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

from lxml import etree, html

ELEMENTS = frozenset(
    {"iframe", "object", "embed", "form", "base", "applet", "frame", "set", "animate", "handler", "maction"}
)
RESOURCES = frozenset({"src", "srcset", "data", "poster", "ping", "background", "action", "formaction"})
LINKS = frozenset({"http", "https", "mailto", "tel", "ftp", ""})
STYLED = re.compile(r"@import|url\(\s*['\"]?(?!#|data:)|image-set|expression\(", re.IGNORECASE)
FIELDS = re.compile(r"\b(INCLUDETEXT|INCLUDEPICTURE|DDE|DDEAUTO|LINK|IMPORT|MACROBUTTON)\b")


def active(path: Path) -> list[str]:
    """Return what is active in a publication."""
    data = path.read_bytes()
    if not zipfile.is_zipfile(io.BytesIO(data)):
        return list(_parsed(path.name, data))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    return [f"{name}: {found}" for name, member in members.items() for found in _parsed(name, member)]


def _parsed(name: str, data: bytes) -> Iterator[str]:
    if name.endswith((".css", ".js", ".bin", ".vml")):
        yield from (f"style: {name}" for _ in STYLED.finditer(data.decode("utf-8", "replace")))
        yield from (f"program: {name}" for _ in [0] if not name.endswith(".css"))
        return
    if not name.endswith((".html", ".xhtml", ".xml", ".rels", ".svg", ".opf", ".ncx")):
        return
    root = (
        html.fromstring(data)
        if name.endswith(".html")
        else etree.fromstring(data, etree.XMLParser(resolve_entities=False))
    )
    for element in root.iter():
        if not isinstance(element.tag, str):
            if "xml-stylesheet" in str(element):
                yield f"style sheet: {element}"
            continue
        yield from _element(str(element.tag).rpartition("}")[2].lower(), element)


def _element(tag: str, element: etree._Element) -> Iterator[str]:
    if tag in ELEMENTS or (tag == "script" and element.get("type") != "application/ld+json"):
        yield f"element {tag}"
    if tag == "meta" and "refresh" in (element.get("http-equiv") or "").lower():
        yield "refresh"
    if tag == "style" and STYLED.search(element.text or ""):
        yield f"style: {element.text}"
    if tag == "instrtext" and FIELDS.search(element.text or ""):
        yield f"field: {element.text}"
    if tag == "relationship" and element.get("TargetMode") == "External":
        target, is_link = element.get("Target") or "", (element.get("Type") or "").endswith("/hyperlink")
        if not is_link or scheme(target) not in LINKS:
            yield f"relationship: {target}"
    for key, value in element.items():
        attribute = str(key).rpartition("}")[2].lower()
        if attribute.startswith("on") and len(attribute) > 3:
            yield f"handler {attribute}"
        elif attribute == "style" and STYLED.search(value):
            yield f"style: {value}"
        elif attribute in RESOURCES or (
            attribute == "href" and tag in {"image", "use", "feimage", "link", "img"}
        ):
            if scheme(value) not in {"", "data"} or value.strip().startswith("//"):
                yield f"resource {attribute}: {value[:80]}"
        elif attribute == "href" and scheme(value) not in LINKS:
            yield f"link: {value[:80]}"


def scheme(address: str) -> str:
    """Return the scheme of an address as a browser sees it: without controls and spaces, in lower case."""
    plain = re.sub(r"[\x00-\x20]", "", address)
    match = re.match(r"([a-zA-Z][a-zA-Z0-9+.-]*):", plain)
    return match[1].lower() if match else ""
