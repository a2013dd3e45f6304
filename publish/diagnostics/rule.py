"""The definition of a diagnostic code: one rule, with its documentation."""

from __future__ import annotations

from msgspec import Struct

from publish.diagnostics.types import Severity


class Code(Struct, frozen=True):
    """One rule."""

    code: str
    """Code such as `PUB-R019`. It is never reused for another meaning."""
    name: str
    """Readable name, such as `image-without-alt-text`; users can give it instead of the code."""
    severity: Severity
    title: str
    meaning: str
    fix: str
