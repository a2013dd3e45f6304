"""Problems of a document, as values: position, rule, severity and hint."""

from publish.diagnostics.types import Diagnostic, PublishError, Severity, Span, has_errors

__all__ = ["Diagnostic", "PublishError", "Severity", "Span", "has_errors"]
