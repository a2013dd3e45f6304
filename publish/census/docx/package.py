"""Parts of a Word file, their relationships, and short forms for names and attributes."""

from __future__ import annotations

import io
import posixpath
import zipfile
from xml.etree import ElementTree as ET

Element = ET.Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"

_STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", W[1:-1].encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", R[1:-1].encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/math", M[1:-1].encode()),
    (
        b"http://purl.oclc.org/ooxml/drawingml/main",
        b"http://schemas.openxmlformats.org/drawingml/2006/main",
    ),
)
"""Namespaces of strict files (ISO/IEC 29500-1) and of transitional ones."""

FALSE = frozenset({"0", "false", "off"})


class Package:
    """The parts of one file."""

    def __init__(self, data: bytes) -> None:
        """Open a file.

        Raises:
            ValueError: if it is not a Word file.
        """
        self.zip = zipfile.ZipFile(io.BytesIO(data))
        self.names = frozenset(self.zip.namelist())
        self._relations: dict[str, dict[str, tuple[str, str, bool]]] = {}
        root = {kind: target for kind, target, _ in self.relations("").values()}
        self.main = root.get("officeDocument", "")
        if self.main not in self.names:
            raise ValueError("No document in the file")
        self.of_main = self.relations(self.main)

    def part(self, kind: str) -> Element | None:
        """Return the part that the main part calls its `styles`, `footnotes` and so on."""
        for found, target, outside in self.of_main.values():
            if found == kind and not outside and target in self.names:
                return self.tree(target)
        return None

    def name_of(self, kind: str) -> str:
        """Return the name of the first part of a kind."""
        return next((target for found, target, _ in self.of_main.values() if found == kind), "")

    def tree(self, name: str) -> Element:
        """Parse a part."""
        data = self.zip.read(name)
        if b"purl.oclc.org" in data:
            for strict, transitional in _STRICT:
                data = data.replace(strict, transitional)
        return ET.fromstring(data)  # noqa: S314 - expat limits the expansion of entities; the reader has parsed the part

    def relations(self, part: str) -> dict[str, tuple[str, str, bool]]:
        """Return kind, target and whether the target is outside the file, by id."""
        if part not in self._relations:
            self._relations[part] = self._read_relations(part)
        return self._relations[part]

    def _read_relations(self, part: str) -> dict[str, tuple[str, str, bool]]:
        folder, name = posixpath.split(part)
        path = posixpath.join(folder, "_rels", f"{name}.rels")
        if path not in self.names:
            return {}
        out: dict[str, tuple[str, str, bool]] = {}
        for item in self.tree(path):
            target, outside = item.get("Target", ""), item.get("TargetMode") == "External"
            if not outside:
                target = posixpath.normpath(posixpath.join("/" + folder, target)).lstrip("/")
            out[item.get("Id", "")] = (item.get("Type", "").rsplit("/", 1)[-1], target, outside)
        return out


def name_of(element: Element) -> str:
    """Return the name of an element without its namespace."""
    return element.tag.rpartition("}")[2]


def val(element: Element | None, attribute: str = "val") -> str:
    """Return an attribute in Word's namespace; empty if it is absent."""
    return (element.get(W + attribute) or "") if element is not None else ""


def at(element: Element | None, path: str, attribute: str = "val") -> str:
    """Return an attribute of a descendant, by a path of Word's element names."""
    return val(down(element, path), attribute)


def down(element: Element | None, path: str) -> Element | None:
    """Return a descendant, by a path of Word's element names."""
    for step in path.split("/"):
        if element is None:
            return None
        element = element.find(W + step)
    return element


def switch(element: Element | None) -> bool | None:
    """Return the value of an on/off property (17.17.4); None if the property is absent."""
    return None if element is None else val(element).lower() not in FALSE


def integer(text: str, default: int = 0) -> int:
    """Return a whole number; `default` if the text is not one."""
    try:
        return int(text)
    except ValueError:
        return default
