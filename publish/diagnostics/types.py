"""The value types of diagnostics.

A problem in a document is a value that a reader, a pass or a writer hands back beside its result, so that one bad
note never costs the rest of the document. `PublishError` is the one exception of the public API: it is raised only
where nothing can be returned at all (no such file, a style that does not exist), and carries the same values.
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
    """0 when the end is not known."""
    end_column: int = 0


class Severity(enum.StrEnum):
    """How bad a problem is. An error makes the exit code 1; the others do not."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Diagnostic(Struct, frozen=True, omit_defaults=True):
    """One problem, in words that a user can act on."""

    code: str
    """Its rule, as in `publish explain PUB-N001`."""
    severity: Severity
    message: str
    source: str = ""
    """The file as the user named it; empty where the problem is not in a file."""
    span: Span | None = None
    hint: str = ""
    """How to fix it."""

    def named(self, name: str) -> NamedDiagnostic:
        """The same with the readable name of its code."""
        return NamedDiagnostic(
            self.code, name, self.severity, self.message, self.source, self.span, self.hint
        )


class NamedDiagnostic(Struct, frozen=True, omit_defaults=True):
    """A diagnostic as programs get it, with the readable name of its code."""

    code: str
    name: str
    severity: Severity
    message: str
    source: str = ""
    span: Span | None = None
    hint: str = ""


class PublishError(Exception):
    """Nothing can be produced; `diagnostics` says why, with at least one error among them."""

    def __init__(self, diagnostics: Sequence[Diagnostic] | Diagnostic) -> None:
        self.diagnostics = (diagnostics,) if isinstance(diagnostics, Diagnostic) else tuple(diagnostics)
        super().__init__("; ".join(f"{d.code} {d.message}" for d in self.diagnostics))


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    """Whether one of the diagnostics is an error."""
    return any(d.severity is Severity.ERROR for d in diagnostics)
