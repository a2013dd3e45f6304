"""Problems of a document, as values: where, which rule, how bad, and how to fix it."""

from publish.diagnostics.types import Diagnostic, PublishError, Severity, Span, has_errors

__all__ = ["Diagnostic", "PublishError", "Severity", "Span", "has_errors"]
