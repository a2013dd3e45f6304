"""publish styles: the house styles that come with publish."""

from __future__ import annotations

import argparse

from publish.cli import exits
from publish.cli.console import columns, say
from publish.style import load_style, style_names


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    del options
    say(columns(("style", ""), [(name, load_style(name).about) for name in style_names()]))
    return exits.OK
