"""publish check: print the diagnostics of manuscripts, and what their documents lack, without writing anything."""

from __future__ import annotations

import argparse

from publish.cli.console import counted, exit_code, report, say
from publish.cli.requests import limits, request, settings, with_source
from publish.diagnostics import Diagnostic, PublishError
from publish.engine.pipeline import prepare
from publish.engine.source_proof import prove_source
from publish.limits import limited


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    known = settings(quiet=options.quiet)
    common, most = request(options, known.request, formats=()), limits(options, known)
    found: list[Diagnostic] = []
    notes = 0
    for source in options.sources:
        try:
            with limited(most, source):
                prepared = prepare(with_source(common, source))
                proved = prove_source(prepared)[1]
        except PublishError as error:
            found += error.diagnostics
            continue
        found += prepared.diagnostics
        found += (finding.diagnostic() for finding in proved)
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
