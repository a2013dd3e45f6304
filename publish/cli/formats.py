"""publish formats: list the formats that publish reads and writes."""

from __future__ import annotations

import argparse

from publish.cli import exits
from publish.cli.console import columns, say_lines
from publish.engine.components import all_options
from publish.readers.registry import all_readers
from publish.verify.extractors.registry import all_extractors
from publish.writers.registry import all_writers


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    if options.options:
        say_lines(
            columns(
                ("option", "short form", ""),
                [
                    (o.name, o.setting.option if o.setting.short else "-", o.setting.help)
                    for o in all_options()
                ],
            )
        )
        return exits.OK
    verified = {entry.format for entry in all_extractors()}
    rows = [
        (w.name, w.suffix, "by default" if w.default else "-", "yes" if w.name in verified else "-", w.about)
        for w in all_writers()
    ]
    say_lines(columns(("format", "file", "written", "verified", ""), rows))
    say_lines("")
    say_lines(
        columns(("reader", "files", ""), [(r.name, " ".join(r.suffixes), r.about) for r in all_readers()])
    )
    return exits.OK
