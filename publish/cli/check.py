"""publish check: print the diagnostics of manuscripts, and what their documents lack, without writing anything."""

from __future__ import annotations

import argparse

from publish.cli.console import counted, exit_code, report, say
from publish.cli.requests import request, settings, with_source
from publish.diagnostics import Diagnostic, PublishError
from publish.engine.pipeline import prepare
from publish.engine.source_proof import prove_source


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    common = request(options, settings(quiet=options.quiet).request, formats=())
    found: list[Diagnostic] = []
    notes = 0
    for source in options.sources:
        try:
            prepared = prepare(with_source(common, source))
        except PublishError as error:
            found += error.diagnostics
            continue
        found += prepared.diagnostics
        found += (finding.diagnostic() for finding in prove_source(prepared)[1])
        notes += len(prepared.numbered.notes)
    report(found, options.format, quiet=options.quiet)
    if options.format == "text" and not options.quiet:
        errors = sum(d.severity == "error" for d in found)
        warnings = sum(d.severity == "warning" for d in found)
        counts = (
            counted(notes, "note"),
            counted(errors, "error"),
            counted(warnings, "warning"),
        )
        say(f"{len(options.sources)} checked, {', '.join(counts)}")
    return exit_code(found)
