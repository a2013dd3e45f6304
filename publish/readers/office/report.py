"""Diagnostics and account of a file while it is read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from publish.diagnostics import Diagnostic, Span
from publish.diagnostics.codes import make
from publish.model.account import AccountEntry, Kind
from publish.model.resources import Annotation


class Report:
    """What is reported about one file."""

    def __init__(self, source: str) -> None:
        self.name = source
        self.found: list[Diagnostic] = []
        self.account: list[AccountEntry] = []
        """Content that is left out or added on purpose."""
        self.counted: Counter[tuple[str, str]] = Counter()
        """Number of occurrences of each message, which is reported once."""
        self.first: dict[tuple[str, str], Span | None] = {}

    def report(self, code: str, message: str, span: Span | None = None, hint: str = "") -> None:
        """Add a diagnostic."""
        self.found.append(make(code, message, span=span, source=self.name, hint=hint))

    def count(self, code: str, message: str, span: Span | None = None) -> None:
        """Add a diagnostic that is reported once, with the number of occurrences."""
        key = (code, message)
        self.counted[key] += 1
        self.first.setdefault(key, span)

    def leave_out(self, code: str, text: str, span: Span | None = None, kind: Kind = "words") -> None:
        """Record content of the file that is not published."""
        self.account.append(AccountEntry(code, text, kind, span=span))

    def add(self, code: str, text: str, span: Span | None = None) -> None:
        """Record published words that the file does not show."""
        self.account.append(AccountEntry(code, text, added=True, span=span))

    def report_comments(self, annotations: Iterable[Annotation]) -> None:
        """Report the comments of the file, which are kept with the document and never published."""
        for annotation in annotations:
            quoted = f" on '{annotation.quoted[:40]}'" if annotation.quoted else ""
            by = f" by {annotation.author}" if annotation.author else ""
            text = " ".join(annotation.text.split())
            self.report("PUB-R046", f"a comment{by}{quoted}: {text}", annotation.span)

    def settle(self) -> None:
        """Convert the counted messages to diagnostics."""
        for (code, message), count in self.counted.items():
            times = f" ({count} times, first here)" if count > 1 else ""
            self.report(code, message + times, self.first[code, message])
