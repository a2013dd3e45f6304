"""What a diagnostic code is: one rule, with its documentation."""

from __future__ import annotations

from msgspec import Struct

from publish.diagnostics.types import Severity


class Code(Struct, frozen=True):
    """One rule."""

    code: str
    """Such as `PUB-R019`. It is never reused for another meaning."""
    name: str
    """A name that can be read, such as `image-without-alt-text`; it stands for the code wherever a user gives one."""
    severity: Severity
    title: str
    meaning: str
    fix: str
