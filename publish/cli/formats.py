"""publish formats: what can be read and written."""

from __future__ import annotations

import argparse

from publish.cli import exits
from publish.cli.console import columns, say
from publish.readers.registry import all_readers
from publish.verify.extract import EXTRACTORS
from publish.writers.registry import all_writers


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    del options
    verified = {entry.format for entry in EXTRACTORS}
    rows = [
        (w.name, w.suffix, "by default" if w.default else "-", "yes" if w.name in verified else "-", w.about)
        for w in all_writers()
    ]
    say(columns(("format", "file", "written", "verified", ""), rows))
    say("")
    say(columns(("reader", "files", ""), [(r.name, " ".join(r.suffixes), r.about) for r in all_readers()]))
    return exits.OK
