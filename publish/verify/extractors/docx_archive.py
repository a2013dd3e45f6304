"""Word package: its parts, the relations between them, and the alternatives that Word selects (ISO/IEC 29500-2 and -3)."""

from __future__ import annotations

import posixpath
import zipfile
from typing import TYPE_CHECKING

from publish.verify.extractors.epub import parse
from publish.verify.extractors.unreadable import UnreadableError

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

Relations = dict[str, tuple[str, str]]
"""The type and target of each relation of a part, by its id."""

RELATIONSHIPS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
MCE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"


class DocxArchive:
    """The parts of one file."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.archive = archive
        self.main = self._main()
        self.relations = self.relations_of(self.main)

    def _main(self) -> str:
        root = parse(self.archive.read("_rels/.rels"))
        for relation in root.iter(f"{RELATIONSHIPS}Relationship"):
            if str(relation.get("Type")).endswith("/officeDocument"):
                return str(relation.get("Target")).lstrip("/")
        raise UnreadableError("No main document")

    def read(self, part: str) -> Element:
        """Read a part as Word interprets it."""
        return _as_word_sees_it(parse(self.archive.read(part)))

    def relations_of(self, part: str) -> Relations:
        """Return the relations of a part; none if the part has no relations file."""
        folder, name = posixpath.split(part)
        path = f"{folder}/_rels/{name}.rels"
        if path not in self.archive.namelist():
            return {}
        return {
            str(e.get("Id")): (str(e.get("Type")), str(e.get("Target")))
            for e in parse(self.archive.read(path)).iter(f"{RELATIONSHIPS}Relationship")
        }

    def part(self, kind: str) -> str:
        """Return the part with this type of relation to the main document; empty if there is none."""
        for type_, target in self.relations.values():
            if type_.endswith(f"/{kind}"):
                folder = posixpath.dirname(self.main)
                inside = posixpath.normpath(posixpath.join(folder, target))
                return target.lstrip("/") if target.startswith("/") else inside
        return ""


def _as_word_sees_it(root: Element) -> Element:
    """Resolve each alternative in a tree (ISO/IEC 29500-3, 7.6): Word supports what its namespaces require."""
    for alternative in list(root.iter(f"{MCE}AlternateContent")):
        chosen = alternative.find(f"{MCE}Choice")
        chosen = alternative.find(f"{MCE}Fallback") if chosen is None else chosen
        parent = alternative.getparent()
        if parent is None:
            continue
        place = parent.index(alternative)
        parent[place : place + 1] = list(chosen) if chosen is not None else []
    return root
