"""Data of a document from another system that is necessary to write it back unchanged."""

from __future__ import annotations

from msgspec import Struct, field


class Aside(Struct, frozen=True, omit_defaults=True):
    """A comment or processing instruction of an XML file, with its position."""

    element: int
    """Index of the enclosing element in the order of the file, from 0; negative outside the root."""
    tag: str
    """Name of the enclosing element."""
    child: int = 0
    """Number of elements before the aside in the enclosing element."""
    offset: int = 0
    """Number of characters of text between the last of these elements and the aside."""
    xml: str = ""


class Origin(Struct, frozen=True, omit_defaults=True):
    """Data of a document from another system that is necessary to write it back unchanged."""

    format: str
    """Name of the format, such as `akn`."""
    name: str
    """Name of the document element."""
    attributes: dict[str, str] = field(default_factory=dict)
    root: dict[str, str] = field(default_factory=dict)
    """Attributes of the root of the file."""
    namespaces: dict[str, str] = field(default_factory=dict)
    """Prefixes that the root declares, with their namespaces; the empty prefix is the default namespace."""
    own_namespaces: dict[str, str] = field(default_factory=dict)
    """Prefixes that the document element declares, with their namespaces."""
    metadata: str = ""
    """Metadata of the document as original XML."""
    outside: int = field(default=0, name="beside")
    """Number of blocks at the end that are outside the document element, next to it."""
    asides: tuple[Aside, ...] = ()
