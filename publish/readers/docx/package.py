"""Package of a Word file: its parts, and the relationships between them (ISO/IEC 29500-2)."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from msgspec import Struct

from publish.readers.archives import Archive
from publish.readers.base import Source
from publish.readers.docx.names import STRICT
from publish.readers.trees import parse

if TYPE_CHECKING:
    from lxml.etree import _Element as Element


class Relation(Struct, frozen=True):
    """A relationship of a part."""

    kind: str
    """Last segment of its type, such as `image` or `footnotes`; the rest differs between transitional and strict files."""
    target: str
    """Name of another part or, if it is outside the package, an address."""
    outside: bool = False


Relations = dict[str, Relation]


class DocxPackage:
    """The parts of one file, parsed on request."""

    def __init__(self, source: Source) -> None:
        """Open a package.

        Raises:
            PublishError: PUB-R009, if the package is damaged or contains no document.
        """
        self.source = source
        self.archive = Archive(source)
        roots = self.relations("")
        self.main = next((r.target for r in roots.values() if r.kind == "officeDocument"), "")
        if self.main not in self.archive.names:
            raise self.archive.damaged("No document in the file")
        self.main_relations = self.relations(self.main)
        core = (r.target for r in roots.values() if r.kind == "core-properties")
        self.core = next((name for name in core if name in self.archive.names), "")

    def part(self, kind: str) -> str:
        """Return the part that the document refers to as its `styles`, `footnotes` and so on; empty if not found."""
        targets = (r.target for r in self.main_relations.values() if r.kind == kind and not r.outside)
        return next((name for name in targets if name in self.archive.names), "")

    def tree(self, name: str) -> Element:
        """Parse a part as XML, and replace strict namespaces with transitional ones."""
        data = self.archive.read(name)
        if b"purl.oclc.org/ooxml" in data:
            for strict, transitional in STRICT.items():
                data = data.replace(strict, transitional[1:-1].encode())
        return parse(data, self.source.name, name)

    def relations(self, part: str) -> Relations:
        """Return the relationships of a part, by id; the empty part is the package itself."""
        folder, name = posixpath.split(part)
        listed = posixpath.join(folder, "_rels", f"{name}.rels")
        if listed not in self.archive.names:
            return {}
        out: Relations = {}
        for element in parse(self.archive.read(listed), self.source.name, listed):
            target, outside = element.get("Target", ""), element.get("TargetMode") == "External"
            if not outside:
                target = (
                    target.lstrip("/")
                    if target.startswith("/")
                    else posixpath.normpath(posixpath.join(folder, target))
                )
            kind = element.get("Type", "").rsplit("/", 1)[-1]
            out[element.get("Id", "")] = Relation(kind, target, outside)
        return out
