"""publish explain: print the meaning of a diagnostic and how to fix it."""

from __future__ import annotations

import argparse

from publish.cli import exits
from publish.cli.console import complain, say_lines
from publish.diagnostics.codes import explain, make


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    text = explain(options.code)
    if text is None:
        return complain(
            [make("PUB-C001", f"Unknown diagnostic: '{options.code}'", hint="Use a code such as PUB-N001")]
        )
    say_lines(text.rstrip())
    return exits.OK
