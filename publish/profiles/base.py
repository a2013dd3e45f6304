"""Definition of a profile."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec import Struct

from publish.diagnostics import Diagnostic
from publish.model.account import AccountEntry
from publish.model.nodes import Document


class NoOptions(Struct, frozen=True, forbid_unknown_fields=True):
    """Options of a profile without options."""


class ProfileResult(Struct, frozen=True):
    """Result of a profile: the document, and diagnostics."""

    document: Document
    diagnostics: tuple[Diagnostic, ...] = ()
    account: tuple[AccountEntry, ...] = ()
    """Content that the profile published in another form, such as notes with other labels."""


class Profile(Struct, frozen=True):
    """Profile of one document type."""

    name: str
    about: str
    recognise: Callable[[Document], bool]
    """Function that returns whether a document has this type beyond reasonable doubt."""
    apply: Callable[[Document, Any], ProfileResult]
    """Function that returns the document with structure and metadata.

    It never changes the words of the source. It takes the options of the profile.
    """
    style: str = ""
    """House style, unless the user or the manuscript sets one."""
    options: type[Struct] = NoOptions
