"""publish diff: print the differences between two versions or publications of one document; exit codes as those of diff."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

import msgspec

from publish.cli import exits
from publish.cli.console import report as report_diagnostics
from publish.cli.console import say_coloured, say_lines
from publish.cli.requests import limits, request, settings, with_source
from publish.diagnostics import PublishError, has_errors
from publish.difference import compare_documents
from publish.difference.page import page
from publish.difference.text import report
from publish.engine.files import write_whole
from publish.engine.pipeline import prepare
from publish.limits import limited
from publish.request import Request
from publish.resolve import NumberedDocument


def run(options: argparse.Namespace) -> int:
    """Run the command. Return 0 if nothing differs, 1 if something differs, 2 if a file cannot be read."""
    try:
        known = settings(quiet=options.quiet or options.json)
        common = request(options, known.request, formats=())
        with limited(limits(options, known), options.new):
            old, new = (
                _document(source, common, quiet=options.quiet) for source in (options.old, options.new)
            )
            found = compare_documents(old, new)
    except PublishError as error:
        report_diagnostics(error.diagnostics)
        return exits.USAGE
    if options.html:
        write_whole(Path(options.html), page(found, options.old, options.new).encode())
    if options.json:
        data = msgspec.json.format(msgspec.json.encode(found, order="deterministic"), indent=1)
        say_lines(data.decode())
    elif found and not options.quiet:
        colour = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
        say_coloured(report(found, options.old, options.new, colour=colour))
    return exits.ERROR if found else exits.OK


def _document(source: str, common: Request, *, quiet: bool) -> NumberedDocument:
    """Return a manuscript as it would be published; print its errors unless `quiet` is set."""
    prepared = prepare(with_source(common, source))
    if has_errors(prepared.diagnostics) and not quiet:
        report_diagnostics(prepared.diagnostics, quiet=True)
    return prepared.numbered
