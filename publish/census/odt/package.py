"""Members of an OpenDocument file, and the names of its elements."""

from __future__ import annotations

import base64
import binascii
import io
import zipfile
from urllib.parse import unquote
from xml.etree import ElementTree as ET

Element = ET.Element

_NAMESPACES = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0",
    "fo": "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
    "svg": "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0",
    "loext": "urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0",
    "form": "urn:oasis:names:tc:opendocument:xmlns:form:1.0",
    "field": "urn:openoffice:names:experimental:ooo-ms-interop:xmlns:field:1.0",
    "xlink": "http://www.w3.org/1999/xlink",
    "math": "http://www.w3.org/1998/Math/MathML",
    "xml": "http://www.w3.org/XML/1998/namespace",
}
_PREFIXES = {uri: prefix for prefix, uri in _NAMESPACES.items()}


def q(name: str) -> str:
    """Return the qualified name of `prefix:name`."""
    prefix, _, plain = name.partition(":")
    return f"{{{_NAMESPACES[prefix]}}}{plain}"


def short(element: Element) -> str:
    """Return the name of an element as `prefix:name`; the bare name in another namespace."""
    uri, _, plain = element.tag.lstrip("{").rpartition("}")
    prefix = _PREFIXES.get(uri, "")
    return f"{prefix}:{plain}" if prefix else plain


def at(element: Element, name: str, default: str = "") -> str:
    """Return the attribute `prefix:name` of an element."""
    return element.get(q(name), default)


def natural(text: str, default: int) -> int:
    """Return a whole number in an attribute; `default` if it is not one."""
    digits = text.strip()
    return int(digits) if digits.lstrip("-").isdecimal() and len(digits) < 10 else default


def start(element: Element, default: int) -> int:
    """Return the first number that an element sets, within the range of LibreOffice (16 bits)."""
    number = natural(at(element, "text:start-value"), default)
    return number if 0 <= number < 2**15 else default


class Package:
    """One file: a package or flat XML."""

    def __init__(self, data: bytes) -> None:
        self.zip = zipfile.ZipFile(io.BytesIO(data)) if data.startswith(b"PK") else None
        self.names = frozenset(self.zip.namelist()) if self.zip is not None else frozenset()
        if self.zip is None:
            self.content = ET.fromstring(data)  # noqa: S314 - expat limits entities
            self.roots = [self.content]
        else:
            self.content = self.tree("content.xml")
            self.roots = [self.content, *([self.tree("styles.xml")] if "styles.xml" in self.names else [])]

    def tree(self, name: str) -> Element:
        """Parse a member."""
        assert self.zip is not None, "Flat file has no members"
        return ET.fromstring(self.zip.read(name))  # noqa: S314 - expat limits entities

    def body(self) -> Element:
        """Return the text.

        Raises:
            ValueError: if the file contains no text.
        """
        found = self.content.find(f"{q('office:body')}/{q('office:text')}")
        if found is None:
            raise ValueError("No text in the file")
        return found

    def member(self, element: Element) -> str:
        """Return the name of the member that an element refers to; empty if there is none."""
        name = unquote(at(element, "xlink:href")).removeprefix("./").rstrip("/")
        return name if name in self.names or f"{name}/content.xml" in self.names else ""

    def bytes_of(self, element: Element) -> bytes:
        """Return the file that an element shows; empty if the file does not contain it."""
        inside = element.find(q("office:binary-data"))
        if inside is not None:
            try:
                return base64.b64decode(inside.text or "")
            except (binascii.Error, ValueError):
                return b""
        name = self.member(element)
        return self.zip.read(name) if self.zip is not None and name in self.names else b""

    def is_formula(self, element: Element) -> bool:
        """Return whether an object is a formula."""
        inside = next((child for child in element if short(child) != "office:binary-data"), None)
        if inside is None:
            part = f"{self.member(element)}/content.xml"
            inside = self.tree(part) if part in self.names else None
        return inside is not None and short(inside) == "math:math"
