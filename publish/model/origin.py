"""What a document from another system carries, so that it can be written back as it was."""

from __future__ import annotations

from msgspec import Struct, field


class Aside(Struct, frozen=True, omit_defaults=True):
    """A comment or processing instruction of an XML file, and where it stood."""

    element: int
    """The element around it, counted in the order of the file from 0; negative outside the root."""
    tag: str
    """That element's name."""
    child: int = 0
    """How many elements stand before it in that element."""
    offset: int = 0
    """How many characters of text stand between the last of these and it."""
    xml: str = ""


class Origin(Struct, frozen=True, omit_defaults=True):
    """What a document from another system carries, so that it can be written back as it was."""

    format: str
    """Such as `akn`."""
    name: str
    """The name of the document's element."""
    attributes: dict[str, str] = field(default_factory=dict)
    root: dict[str, str] = field(default_factory=dict)
    """The attributes of the file's root."""
    namespaces: dict[str, str] = field(default_factory=dict)
    """Prefixes that the root declares and their namespaces; the empty prefix is the default one."""
    own_namespaces: dict[str, str] = field(default_factory=dict)
    """Those that the document's element declares."""
    metadata: str = ""
    """Its metadata as the XML that they are."""
    beside: int = 0
    """How many of the last blocks stand beside the document's element, and not in it."""
    asides: tuple[Aside, ...] = ()
