"""publish diff: what differs between two versions or editions of one paper; exit codes as those of diff."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

import msgspec

from publish import config
from publish.cli import exits
from publish.cli.console import report as report_diagnostics
from publish.cli.options import reading
from publish.diagnostics import PublishError, has_errors
from publish.difference import difference
from publish.difference.page import page
from publish.difference.text import report
from publish.engine.files import write_whole
from publish.engine.numbering import number
from publish.engine.reading import read
from publish.resolve import NumberedDocument


def run(options: argparse.Namespace) -> int:
    """Run the command: 0 where nothing differs, 1 where something does, 2 where a file cannot be read."""
    try:
        old, new = (_document(source, options) for source in (options.old, options.new))
    except PublishError as error:
        report_diagnostics(error.diagnostics)
        return exits.USAGE
    found = difference(old, new)
    if options.html:
        write_whole(Path(options.html), page(found, options.old, options.new).encode())
    if options.json:
        data = msgspec.json.format(msgspec.json.encode(found, order="deterministic"), indent=1)
        sys.stdout.write(data.decode() + "\n")
    elif found and not options.quiet:
        colour = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
        sys.stdout.write(report(found, options.old, options.new, colour=colour))
    return exits.ERROR if found else exits.OK


def _document(source: str, options: argparse.Namespace) -> NumberedDocument:
    """A paper as it would be published; what it has wrong is said unless it is to be quiet."""
    result = read(
        source, reader=options.reader, profile=options.profile, options=reading(options, config.load())
    )
    if has_errors(result.diagnostics) and not options.quiet:
        report_diagnostics(result.diagnostics, quiet=True)
    return number(result.document).document
