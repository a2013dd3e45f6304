"""publish ingest: identify a received package, and check that it is complete."""

from __future__ import annotations

import argparse
from pathlib import Path

import msgspec

from publish.cli.console import columns, counted, exit_code, report, say, say_lines
from publish.cli.requests import limits, settings
from publish.deposit.intake import Intake, ingest
from publish.diagnostics import Diagnostic, PublishError
from publish.limits import limited


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    found: list[Diagnostic] = []
    most = limits(options, settings(quiet=True))
    for name in options.packages:
        try:
            with limited(most, name):
                intake = ingest(Path(name))
        except PublishError as error:
            report(error.diagnostics)
            found += error.diagnostics
            continue
        found += intake.diagnostics
        if options.json:
            say_lines(
                msgspec.json.format(msgspec.json.encode(intake, order="deterministic"), indent=1).decode()
            )
            continue
        report(intake.diagnostics, quiet=options.quiet)
        if not options.quiet:
            _print(name, intake)
    return exit_code(found)


def _print(name: str, intake: Intake) -> None:
    whole = not any(d.code == "PUB-D004" for d in intake.diagnostics)
    state = "complete" if whole else "INCOMPLETE"
    if whole and intake.unproved:
        state = f"{counted(len(intake.unproved), 'file')} without a digest, such as {intake.unproved[0]}"
    say(f"{name}: {intake.kind}, {counted(intake.files, 'file')}, {intake.bytes} bytes, {state}")
    say_lines(columns(("file", "format"), [(path, puid) for path, puid in sorted(intake.formats.items())]))
    if intake.report is not None:
        notes, files = len(intake.report.reference.notes), len(intake.report.files)
        agree = "agree" if intake.report.agrees else counted(len(intake.report.findings), "disagreement")
        say(f"{counted(notes, 'note')} × {counted(files, 'publication')}: {agree}")
    else:
        say("nothing was compared")
    for path, signatures in intake.signatures.items():
        for signature in signatures:
            say(f"{path}: {signature.sentence()}")
