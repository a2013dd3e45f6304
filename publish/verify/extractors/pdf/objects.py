"""The objects of a PDF as plain Python values (ISO 32000-1, 7.3), read with pikepdf.

An array is a list, a dictionary is a dict whose keys begin with "/", and a number is an int or a float. Names, strings and
references are strings in the notation of QPDF JSON (version 2): "/Name", "u:text" or "b:bytes in hexadecimal", "12 0 R".
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec
import pikepdf

Value = Any
"""A value of a PDF; its type depends on the file."""

MAX_DEPTH = 200
"""Maximum depth of a tree of names; a deeper tree contains itself."""


class Objects:
    """The objects of one file."""

    def __init__(self, data: bytes) -> None:
        self._pdf = pikepdf.open(io.BytesIO(data), suppress_warnings=True)
        self._read: dict[str, Value] = {}
        self.catalog: dict[str, Value] = self._plain(self._pdf.Root)
        self.pages: list[dict[str, Value]] = []
        self.page_index: dict[str, int] = {}
        """The index of each page, by its reference."""
        for index, page in enumerate(self._pdf.pages):
            self.pages.append(self._plain(page.obj))
            number, generation = page.obj.objgen
            self.page_index[f"{number} {generation} R"] = index
        self._names: dict[str, Value] | None = None

    @staticmethod
    def _plain(found: pikepdf.Object) -> Value:
        return msgspec.json.decode(found.to_json(dereference=True, schema_version=2))

    def resolve(self, value: Value) -> Value:
        """Return the object to which a reference points; return any other value unchanged."""
        while is_reference(value):
            if value not in self._read:
                number, generation, _ = value.split()
                self._read[value] = self._plain(self._pdf.get_object(int(number), int(generation)))
            value = self._read[value]
        return value

    def items(self, value: Value) -> list[Value]:
        """Return the items of an array, or the value itself as the only item; nothing for null."""
        value = self.resolve(value)
        return value if isinstance(value, list) else [] if value is None else [value]

    def dictionary(self, value: Value) -> dict[str, Value]:
        """Return a dictionary; an empty one for another value."""
        value = self.resolve(value)
        return value if isinstance(value, dict) else {}

    def destination(self, name: str) -> Value:
        """Return the value of a named destination (ISO 32000-1, 12.3.2.3); None if the name is unknown."""
        if self._names is None:
            old = self.dictionary(self.catalog.get("/Dests"))
            tree = self.dictionary(self.catalog.get("/Names")).get("/Dests")
            self._names = {**old, **dict(self._leaves(self.dictionary(tree)))}
        return self.resolve(self._names.get(name))

    def _leaves(self, node: Mapping[str, Value], depth: int = 0) -> Iterator[tuple[str, Value]]:
        names = self.items(node.get("/Names"))
        yield from (
            (str(self.resolve(key)), value) for key, value in zip(names[::2], names[1::2], strict=False)
        )
        for kid in self.items(node.get("/Kids")) if depth < MAX_DEPTH else ():
            yield from self._leaves(self.dictionary(kid), depth + 1)


def is_reference(value: Value) -> bool:
    """Return whether a value is a reference to an object."""
    return isinstance(value, str) and value[:1].isdigit()


def name(value: Value) -> str:
    """Return a name without its slash; empty for any other value."""
    return value.removeprefix("n:")[1:] if isinstance(value, str) and value.startswith(("/", "n:/")) else ""


def text(value: Value) -> str:
    """Return the text of a string; empty for any other value."""
    if isinstance(value, str) and value.startswith("b:"):
        return bytes.fromhex(value[2:]).decode("utf-8", "replace")
    return value[2:] if isinstance(value, str) and value.startswith("u:") else ""


def decoded(octets: bytes) -> str:
    """Return the text of the bytes of a text string (ISO 32000-1, 7.9.2.2)."""
    return str(pikepdf.String(octets))
