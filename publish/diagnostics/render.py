"""Show diagnostics to people (`text`), programs (`json`) and code hosts (`sarif`)."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import quote

import msgspec

from publish.conversion import encoded
from publish.diagnostics.codes import CODES
from publish.diagnostics.types import Diagnostic, Severity, Span
from publish.terminal import one_line

SARIF_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVEL = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_EXCERPT_WIDTH = 100

MANY = 5
"""Number of diagnostics with one code in one file that are shown in full."""
SHOWN = 3
"""Number of them that are shown in full if there are more."""

SAFE = "/:@!$&'()*+,;=~-._"
"""Characters that need no escape in the path of a URI (RFC 3986, 3.3)."""


def as_text(diagnostics: Iterable[Diagnostic], sources: Mapping[str, str] | None = None) -> str:
    """Return one block for each diagnostic: `file:line:col: severity: CODE message [name]`, the line with a caret, and a hint.

    If a code occurs more than `MANY` times in a file, the blocks after the first ones become one line with their places.

    Args:
        diagnostics: The diagnostics to show, in order.
        sources: Text of the files, by name, for the excerpts; without it, a diagnostic has no excerpt.
    """
    lines = {name: text.splitlines() for name, text in (sources or {}).items()}
    groups: dict[tuple[str, str], list[Diagnostic]] = {}
    found = list(diagnostics)
    for diagnostic in found:
        groups.setdefault((diagnostic.source, diagnostic.code), []).append(diagnostic)
    out: list[str] = []
    seen: Counter[tuple[str, str]] = Counter()
    for diagnostic in found:
        key = diagnostic.source, diagnostic.code
        seen[key] += 1
        if len(groups[key]) <= MANY or seen[key] <= SHOWN:
            out.append(_block(diagnostic, lines.get(diagnostic.source, [])))
        elif seen[key] == SHOWN + 1:
            out.append(_rest(groups[key][SHOWN:]))
    return "\n".join(out)


def _rest(diagnostics: Sequence[Diagnostic]) -> str:
    """Return one line for diagnostics with the same code in the same file, with the places of the first ones."""
    first = diagnostics[0]
    spans = [d.span for d in diagnostics if d.span is not None]
    places = ", ".join(f"{span.line}:{span.column}" for span in spans[:MANY])
    where = f", at {places}{' and further' if len(spans) > MANY else ''}" if places else ""
    head = f"{one_line(first.source)}: " if first.source else ""
    return f"{head}{first.severity}: {first.code} {len(diagnostics)} more{where} [{CODES[first.code].name}]"


def _block(diagnostic: Diagnostic, lines: Sequence[str]) -> str:
    where = one_line(diagnostic.source)
    span = diagnostic.span
    if span is not None:
        where += f":{span.line}:{span.column}"
    head = f"{where}: " if where else ""
    name = CODES[diagnostic.code].name
    out = [f"{head}{diagnostic.severity}: {diagnostic.code} {one_line(diagnostic.message)} [{name}]"]
    if span is not None and 0 < span.line <= len(lines):
        out += _excerpt(span, lines[span.line - 1])
    if diagnostic.hint:
        out.append(f"  hint: {one_line(diagnostic.hint)}")
    return "\n".join(out)


def _excerpt(span: Span, line: str) -> list[str]:
    first = max(0, min(span.column - 1, len(line)) - _EXCERPT_WIDTH // 2)
    last = first + _EXCERPT_WIDTH
    start = span.column - 1
    end = span.end_column - 1 if span.end_line == span.line else 0
    before = one_line(line[first:start])
    marked = one_line(line[start : min(max(end, start + 1), last)])
    after = one_line(line[max(end, start + 1) : last])
    margin = f"{span.line:>5} | "
    pointer = " " * _columns(before) + "^" * max(len(marked), 1)
    return [f"{margin}{before}{marked}{after}", f"{' ' * (len(margin) - 2)}| {pointer}"]


def _columns(text: str) -> int:
    return sum(
        2 if unicodedata.east_asian_width(c) in "WF" else 0 if unicodedata.combining(c) else 1 for c in text
    )


def as_json(diagnostics: Sequence[Diagnostic]) -> str:
    """Return a JSON array of diagnostics."""
    return msgspec.json.format(encoded([d.named(CODES[d.code].name) for d in diagnostics]), indent=2).decode()


def as_sarif(diagnostics: Iterable[Diagnostic], version: str) -> str:
    """Return a SARIF 2.1.0 log (OASIS standard) with one run; columns count Unicode code points (§3.14.17)."""
    found = list(diagnostics)
    rules = [
        {
            "id": code,
            "name": CODES[code].name,
            "shortDescription": {"text": CODES[code].title},
            "fullDescription": {"text": CODES[code].meaning},
            "help": {"text": CODES[code].fix},
        }
        for code in sorted({d.code for d in found})
    ]
    driver = {"name": "publish", "version": version, "rules": rules}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_sarif_result(d) for d in found],
    }
    log = {"$schema": SARIF_SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, indent=2, ensure_ascii=False)


def _sarif_result(diagnostic: Diagnostic) -> dict[str, Any]:
    text = diagnostic.message + (f" ({diagnostic.hint})" if diagnostic.hint else "")
    result: dict[str, Any] = {
        "ruleId": diagnostic.code,
        "level": _LEVEL[diagnostic.severity],
        "message": {"text": text},
    }
    if diagnostic.source:
        place: dict[str, Any] = {"artifactLocation": {"uri": as_uri(diagnostic.source)}}
        if diagnostic.span is not None:
            place["region"] = _region(diagnostic.span)
        result["locations"] = [{"physicalLocation": place}]
    return result


def as_uri(source: str) -> str:
    """Return a file name as a URI reference (RFC 3986): relative unchanged, absolute with `file://`; a URL remains a URL."""
    if "://" in source:
        scheme, _, rest = source.partition("://")
        return f"{scheme}://{quote(rest, safe=SAFE)}"
    path = source.replace("\\", "/")
    if re.match(r"[A-Za-z]:/", path):
        return f"file:///{quote(path, safe=SAFE)}"
    if path.startswith("/"):
        return f"file://{quote(path, safe=SAFE)}"
    encoded = quote(path, safe=SAFE)
    # A colon in the first segment would end a scheme (RFC 3986, 4.2).
    return f"./{encoded}" if ":" in encoded.partition("/")[0] else encoded


def _region(span: Span) -> dict[str, int]:
    region = {"startLine": span.line, "startColumn": span.column}
    if span.end_line:
        region["endLine"] = span.end_line
    if span.end_column:
        region["endColumn"] = span.end_column
    return region
