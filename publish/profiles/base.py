"""What a profile is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec import Struct

from publish.diagnostics import Diagnostic
from publish.model.nodes import Document


class NoOptions(Struct, frozen=True, forbid_unknown_fields=True):
    """Options of a profile that has none."""


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
    apply: Callable[[Document, Any], ProfileResult]
    """The document with its structure and metadata; the words of the source are never changed. Takes the profile's own options."""
    style: str = ""
    """The house style, unless the user or the manuscript names one."""
    options: type[Struct] = NoOptions
