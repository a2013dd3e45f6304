"""The command line: one module a command, and no logic of its own."""

from publish.cli.parser import run

__all__ = ["run"]
