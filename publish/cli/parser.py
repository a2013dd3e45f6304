"""Parse the command line, and run the module of the command."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from publish.cli import exits
from publish.cli.arguments import COMMANDS
from publish.terminal import printable

if TYPE_CHECKING:
    from _typeshed import SupportsWrite

HELP = Path(__file__).with_name("help.txt")
"""Text of `publish --help`, in a file so that it can be shown before other modules are loaded."""


USES_FOLDERS = ("build", "deposit", "ingest")
"""Commands that make temporary folders, and first remove those of killed runs."""


class _Parser(argparse.ArgumentParser):
    def _print_message(self, message: str, file: SupportsWrite[str] | None = None) -> None:
        super()._print_message(printable(message), file)


class _MainParser(_Parser):
    def format_help(self) -> str:
        return HELP.read_text("utf-8")


def build_parser(command: str) -> argparse.ArgumentParser:
    """Return the command-line parser; only the named command has its arguments."""
    parser = _MainParser(prog="publish")
    parser.add_argument("--version", "-V", action="store_true")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", parser_class=_Parser)
    for name, add_arguments in COMMANDS.items():
        own = commands.add_parser(name)
        if name == command:
            add_arguments(own)
    return parser


def run(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code."""
    parser = build_parser(next((word for word in arguments if not word.startswith("-")), ""))
    try:
        options = parser.parse_args(arguments)
        if options.command == "build" and not (options.sources or options.from_list):
            parser.error("build: manuscript required")
    except SystemExit as end:
        return exits.OK if end.code in (None, 0) else exits.USAGE
    if options.version:
        from publish.version import __version__

        sys.stdout.write(f"publish {__version__}\n")
        return exits.OK
    if options.command is None:
        parser.print_help(sys.stderr)
        return exits.USAGE
    command: Callable[[argparse.Namespace], int] = import_module(f"publish.cli.{options.command}").run
    if options.command in USES_FOLDERS:
        from publish.temporary import remove_temporary_folders

        remove_temporary_folders()
    try:
        return command(options)
    except Exception as error:
        from publish.diagnostics import PublishError

        if not isinstance(error, PublishError):
            raise
        from publish.cli.console import complain

        return complain(error.diagnostics)
