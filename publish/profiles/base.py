"""What a profile is."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from publish.diagnostics import Diagnostic
from publish.model.nodes import Document
from publish.model.options import Options


class ProfileResult(Struct, frozen=True):
    """A document as a profile understands it."""

    document: Document
    diagnostics: tuple[Diagnostic, ...] = ()


class Profile(Struct, frozen=True):
    """A kind of paper."""

    name: str
    about: str
    recognise: Callable[[Document], bool]
    """Whether a document is such a paper, beyond reasonable doubt."""
    apply: Callable[[Document, Options], ProfileResult]
    """The document with its structure and metadata; the words of the source are never changed."""
