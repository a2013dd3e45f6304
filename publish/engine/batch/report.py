"""Report of a batch: a line of JSON when a manuscript ends, and an HTML page at the end."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import TextIO

from publish.conversion import encoded
from publish.diagnostics import Severity
from publish.engine.batch.run import Outcome, Summary

STYLE = """
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: #1a1a1a; background: #fff }
h1 { font-size: 1.5rem } h2 { font-size: 1.15rem; margin-top: 2rem }
table { border-collapse: collapse; width: 100% } th, td { border: 1px solid #767676; padding: .25rem .5rem; text-align: left; vertical-align: top }
code { font-size: .9em }
"""

MOST = 10_000
"""Maximum number of failures on the HTML page; the JSON lines contain all failures."""


class Report:
    """Writer of the report. It writes each outcome at once, so a killed run keeps the lines until then."""

    def __init__(self, path: str) -> None:
        """Open the report file; an empty path disables the report.

        Raises:
            OSError: if the file cannot be written.
        """
        self.path = Path(path) if path else None
        self.failures: list[Outcome] = []
        self._stream: TextIO | None = None
        if self.path is not None:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._stream = self.path.open("w", encoding="utf-8")

    def add(self, found: Outcome) -> None:
        """Write the outcome as one line."""
        if found.status == "failed" and len(self.failures) < MOST:
            self.failures.append(found)
        if self._stream is not None:
            self._stream.write(encoded(found).decode() + "\n")
            self._stream.flush()

    def end(self, summary: Summary, seconds: float) -> None:
        """Write the HTML page next to the JSON lines."""
        if self._stream is None or self.path is None:
            return
        self._stream.close()
        self.path.with_suffix(".html").write_text(page(self.failures, summary, seconds), "utf-8")


def page(failures: list[Outcome], summary: Summary, seconds: float) -> str:
    """Return the HTML page with the counts, and the failures with their reasons. Names are escaped."""
    rows = "\n".join(_row(found) for found in failures)
    ended = "<p><strong>The run stopped before the end.</strong></p>" if summary.interrupted else ""
    table = (
        '<h2>Failed</h2>\n<table>\n<tr><th scope="col">Manuscript</th><th scope="col">Reason</th></tr>\n'
        + rows
        + "\n</table>"
        if rows
        else "<p>No failures.</p>"
    )
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>Batch report</title>\n'
        f"<style>{STYLE}</style>\n</head>\n<body>\n<main>\n<h1>Batch report</h1>\n{ended}\n"
        f"<p>{summary.done} done, {summary.unchanged} unchanged, {summary.failed} failed, in {seconds:.0f} seconds.</p>\n"
        f"{table}\n</main>\n</body>\n</html>\n"
    )


def _row(found: Outcome) -> str:
    errors = [d for d in found.diagnostics if d.severity is Severity.ERROR]
    why = "<br>".join(
        f"<code>{escape(d.code)}</code> {escape(d.message)}" + (f" (line {d.span.line})" if d.span else "")
        for d in errors
    )
    return f"<tr><td>{escape(found.source)}</td><td>{why}</td></tr>"
