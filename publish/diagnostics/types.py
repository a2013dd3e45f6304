"""The value types of diagnostics.

Readers, passes and writers return the problems of a document as values next to their result, so that one bad note never
costs the rest of the document. `PublishError` is the only exception of the public API: it is raised only if nothing can be
returned at all (no such file, unknown style), and contains the same values.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Sequence

from msgspec import Struct


class Span(Struct, frozen=True, gc=False, omit_defaults=True, array_like=True):
    """A range in a source file. Lines and columns count from 1; columns count Unicode code points."""

    line: int
    column: int = 1
    end_line: int = 0
    """0 if the end is not known."""
    end_column: int = 0


class Severity(enum.StrEnum):
    """The severity of a problem. An error makes the exit code 1; the others do not."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Diagnostic(Struct, frozen=True, omit_defaults=True):
    """One problem, described so that a user can act on it."""

    code: str
    """Code of the rule, as in `publish explain PUB-N001`."""
    severity: Severity
    message: str
    source: str = ""
    """File name as the user gave it; empty if the problem is not in a file."""
    span: Span | None = None
    hint: str = ""
    """How to fix it."""

    def named(self, name: str) -> NamedDiagnostic:
        """Return the same diagnostic with the readable name of its code."""
        return NamedDiagnostic(
            self.code, name, self.severity, self.message, self.source, self.span, self.hint
        )


class NamedDiagnostic(Struct, frozen=True, omit_defaults=True):
    """A diagnostic for programs, with the readable name of its code."""

    code: str
    name: str
    severity: Severity
    message: str
    source: str = ""
    span: Span | None = None
    hint: str = ""


class PublishError(Exception):
    """Error without any result; `diagnostics` gives the reasons, with at least one error among them."""

    def __init__(self, diagnostics: Sequence[Diagnostic] | Diagnostic) -> None:
        self.diagnostics = (diagnostics,) if isinstance(diagnostics, Diagnostic) else tuple(diagnostics)
        super().__init__("; ".join(f"{d.code} {d.message}" for d in self.diagnostics))


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    """Return whether one of the diagnostics is an error."""
    return any(d.severity is Severity.ERROR for d in diagnostics)
