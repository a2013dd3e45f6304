"""publish check: the diagnostics of manuscripts, without writing anything."""

from __future__ import annotations

import argparse

from publish import config
from publish.cli.console import exit_code, report, say
from publish.cli.options import reading
from publish.diagnostics import Diagnostic, PublishError
from publish.engine.numbering import with_formulas
from publish.engine.reading import read
from publish.resolve import resolve


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    settings = config.load()
    found: list[Diagnostic] = []
    notes = 0
    for source in options.sources:
        try:
            result = read(
                source,
                reader=options.reader,
                profile=options.profile or settings.profile,
                options=reading(options, settings),
            )
        except PublishError as error:
            found += error.diagnostics
            continue
        resolved = with_formulas(resolve(result.document))
        found += (*result.diagnostics, *resolved.diagnostics)
        notes += len(resolved.document.notes)
    report(found, options.format, quiet=options.quiet)
    if options.format == "text" and not options.quiet:
        errors = sum(d.severity == "error" for d in found)
        warnings = sum(d.severity == "warning" for d in found)
        say(f"{len(options.sources)} checked, {notes} notes, {errors} errors, {warnings} warnings")
    return exit_code(found)
