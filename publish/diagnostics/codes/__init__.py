"""The registry of diagnostic codes, with one module for each family.

`publish explain` prints one entry, `docs/diagnostics.md` lists all entries. `tests/diagnostics/` has a folder for each code that
a text manuscript can cause.
"""

from __future__ import annotations

from collections.abc import Iterable

from publish.diagnostics.codes import (
    batch,
    command,
    deposit,
    metadata,
    notes,
    reader,
    references,
    sources,
    style,
    verify,
    writer,
)
from publish.diagnostics.rule import Code
from publish.diagnostics.types import Diagnostic, PublishError, Severity, Span

FAMILIES: dict[str, tuple[Code, ...]] = {
    "Reading a manuscript": reader.CODES,
    "Reading specific source formats": sources.CODES,
    "Structure and metadata": metadata.CODES,
    "Footnotes and endnotes": notes.CODES,
    "Cross-references and citations": references.CODES,
    "House styles": style.CODES,
    "Writing a format": writer.CODES,
    "Reading files back": verify.CODES,
    "Batches": batch.CODES,
    "Commands and settings": command.CODES,
    "Packages for archives": deposit.CODES,
}
"""All codes, by subject."""

CODES: dict[str, Code] = {code.code: code for codes in FAMILIES.values() for code in codes}


def make(
    code: str, message: str, *, span: Span | None = None, source: str = "", hint: str = ""
) -> Diagnostic:
    """Return a diagnostic with the severity of its code in the registry."""
    return Diagnostic(code, CODES[code].severity, message, source=source, span=span, hint=hint)


def without(diagnostics: Iterable[Diagnostic], ignored: Iterable[str]) -> tuple[Diagnostic, ...]:
    """Return the diagnostics without those whose codes or names are ignored."""
    codes = {code.code for word in ignored if (code := find_code(word)) is not None}
    return tuple(diagnostic for diagnostic in diagnostics if diagnostic.code not in codes)


def check_ignored(ignored: Iterable[str]) -> None:
    """Reject codes and names that cannot be ignored.

    Raises:
        PublishError: PUB-C001, if a code or name is unknown, or is an error.
    """
    for word in ignored:
        code = find_code(word)
        if code is None:
            raise PublishError(
                make("PUB-C001", f"Unknown diagnostic: '{word}'", hint="See docs/diagnostics.md")
            )
        if code.severity is Severity.ERROR:
            message = f"Errors cannot be ignored: {code.code} {code.name}"
            raise PublishError(make("PUB-C001", message, hint=code.fix))


def find_code(word: str) -> Code | None:
    """Return the rule with this code or name, or None; `N001` is `PUB-N001`."""
    known = CODES.get(word.upper()) or CODES.get(f"PUB-{word.upper()}")
    return known or next((code for code in CODES.values() if code.name == word.lower()), None)


def explain(word: str) -> str | None:
    """Return the explanation of a code or name as text for a terminal, or None if the code is unknown."""
    rule = find_code(word)
    if rule is None:
        return None
    return f"{rule.code} {rule.name}: {rule.title} ({rule.severity})\n\n{rule.meaning}\n\nHow to fix it: {rule.fix}\n"
