"""Options and arguments, and the way from a command's name to its module."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module

from publish.cli import exits


def build_parser() -> argparse.ArgumentParser:
    """The parser of the whole command line."""
    parser = argparse.ArgumentParser(
        prog="publish",
        description="Publish one manuscript as PDF, DOCX, EPUB, Akoma Ntoso and HTML, with the same footnotes in each.",
        epilog="Exit codes: 0 done, 1 a document or an output has an error, 2 wrong usage, 130 interrupted.",
    )
    parser.add_argument("--version", "-V", action="store_true", help="print the version")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")

    build = commands.add_parser("build", help="write the publications of one or more manuscripts")
    build.add_argument(
        "sources", nargs="*", metavar="SRC", help="manuscripts; with -j also folders and patterns"
    )
    build.add_argument(
        "-t", "--to", action="append", metavar="FORMAT", help="a format, or all (default); repeatable"
    )
    build.add_argument("-o", "--output", metavar="DIR", help="folder, or file for one source and one format")
    build.add_argument("--style", default="", metavar="NAME|PATH", help="house style")
    build.add_argument("--pdf-variant", default="", metavar="NAME", help="2a (default), 1b, 3b, 4, ua-1 …")
    build.add_argument("--docx-template", default="", metavar="FILE", help="your own .docx or .dotx")
    build.add_argument(
        "--jurisdiction",
        default="",
        metavar="NAME|PATH",
        help="Akoma Ntoso: nl, eu, generic, or a .toml file",
    )
    build.add_argument(
        "--no-enrich",
        action="store_true",
        help="Akoma Ntoso: mark no persons, offices and bodies in the text",
    )
    many = build.add_argument_group("many manuscripts (a folder, a pattern, or any of these options)")
    many.add_argument(
        "-j", "--jobs", type=int, metavar="N", help="how many at a time (default: one for each core)"
    )
    many.add_argument("--from-list", metavar="FILE", help="a manuscript on each line; - reads standard input")
    many.add_argument("--shard", metavar="I/N", help="only the part I, from 0, of N equal ones")
    many.add_argument("--timeout", type=float, metavar="SECONDS", help="the most that one may take (600)")
    many.add_argument("--memory", type=int, metavar="MB", help="the most that a worker may have (2000)")
    many.add_argument("--force", action="store_true", help="also those that have not changed")
    many.add_argument("--report", metavar="FILE.jsonl", help="a line for each, and a page FILE.html")
    build.add_argument("--no-verify", action="store_true", help="do not read the files back")
    _reading(build)
    _reporting(build)

    verify = commands.add_parser("verify", help="read files back and compare their notes and words")
    verify.add_argument("files", nargs="+", metavar="FILE")
    verify.add_argument("--source", metavar="SRC", help="compare with this manuscript, not with each other")
    verify.add_argument("--json", action="store_true", help="print the report as JSON")
    _reading(verify)
    verify.add_argument("--quiet", "-q", action="store_true", help="say only what differs")

    diff = commands.add_parser("diff", help="compare two versions of a paper by structure, words and notes")
    diff.add_argument("old", metavar="OLD")
    diff.add_argument("new", metavar="NEW")
    diff.add_argument("--html", default="", metavar="FILE", help="also write the report as a web page")
    diff.add_argument("--json", action="store_true", help="print the report as JSON")
    _reading(diff)
    diff.add_argument("--quiet", "-q", action="store_true", help="say nothing; the exit code tells")

    check = commands.add_parser("check", help="report problems of manuscripts, and write nothing")
    check.add_argument("sources", nargs="+", metavar="SRC")
    _reading(check)
    _reporting(check)

    inspect = commands.add_parser("inspect", help="show the document model of a manuscript")
    inspect.add_argument("source", metavar="SRC")
    inspect.add_argument("--json", action="store_true", help="the whole model as JSON")
    _reading(inspect)

    schema = commands.add_parser("schema", help="print the JSON Schema of the document model")
    schema.add_argument("what", nargs="?", choices=("model", "style"), default="model")
    commands.add_parser("formats", help="list readers and formats")
    styles = commands.add_parser("styles", help="list house styles, or begin a new one")
    doing = styles.add_subparsers(metavar="new")
    new = doing.add_parser("new", help="write the folder of a new house style")
    new.add_argument("new", metavar="NAME", help="its name, or the path of its folder")
    new.add_argument("--extends", dest="parent", default="base", metavar="STYLE", help="what it inherits")
    styles.set_defaults(new="", parent="base")
    explain = commands.add_parser("explain", help="say what a diagnostic means and how to mend it")
    explain.add_argument("code", metavar="CODE")
    return parser


def _reading(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--from", dest="reader", default="", metavar="READER", help="kind of manuscript")
    parser.add_argument("--profile", default="", metavar="NAME", help="kind of paper")
    parser.add_argument(
        "--track-changes",
        choices=("accept", "reject", "fail"),
        help="tracked changes of Word (default: accept)",
    )
    parser.add_argument(
        "--member-notes",
        choices=("merge", "separate"),
        help="notes of a member in the answers of a ministry (default: merge)",
    )
    parser.add_argument(
        "--merge-identical-notes",
        action="store_const",
        const=True,
        help="through pandoc: notes with one text are one note",
    )
    parser.add_argument(
        "--no-references",
        dest="references",
        action="store_const",
        const=False,
        help="do not link what the text cites",
    )
    parser.add_argument(
        "--max-megabytes", type=int, metavar="N", help="the most that a file may unpack to (200)"
    )
    parser.add_argument("--seconds", type=int, metavar="N", help="the most that reading may take (60)")


def _reporting(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--quiet", "-q", action="store_true", help="say nothing but errors")
    parser.add_argument(
        "--format", choices=("text", "json", "sarif"), default="text", help="how to print diagnostics"
    )


def run(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code."""
    parser = build_parser()
    try:
        options = parser.parse_args(arguments)
        if options.command == "build" and not (options.sources or options.from_list):
            parser.error("build: name a manuscript")
    except SystemExit as end:
        return exits.OK if end.code in (None, 0) else exits.USAGE
    if options.version:
        from publish import __version__

        sys.stdout.write(f"publish {__version__}\n")
        return exits.OK
    if options.command is None:
        parser.print_help(sys.stderr)
        return exits.USAGE
    command: Callable[[argparse.Namespace], int] = import_module(f"publish.cli.{options.command}").run
    try:
        return command(options)
    except KeyboardInterrupt:
        sys.stderr.write("interrupted\n")
        return exits.INTERRUPTED
    except BrokenPipeError:
        # Whoever read our output has gone; nothing is left to say, nor to flush at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return exits.OK
    except Exception as error:
        from publish.diagnostics import PublishError

        if not isinstance(error, PublishError):
            raise
        from publish.cli.console import complain

        return complain(error.diagnostics)
