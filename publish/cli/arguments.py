"""The arguments of each command."""

from __future__ import annotations

import argparse
from collections.abc import Callable


def _build(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "sources", nargs="*", metavar="SRC", help="manuscripts; with -j also folders and patterns"
    )
    parser.add_argument(
        "-t", "--to", action="append", metavar="FORMAT", help="a format, or all (default); repeatable"
    )
    parser.add_argument("-o", "--output", metavar="DIR", help="folder, or file for one source and one format")
    _layout(parser)
    parser.add_argument("--docx-template", default="", metavar="FILE", help="your own .docx or .dotx")
    parser.add_argument(
        "--jurisdiction",
        default="",
        metavar="NAME|PATH",
        help="Akoma Ntoso: nl, eu, generic, or a .toml file",
    )
    parser.add_argument(
        "--no-enrich",
        action="store_true",
        help="Akoma Ntoso: mark no persons, offices and bodies in the text",
    )
    _many(parser)
    parser.add_argument("--no-verify", action="store_true", help="do not read the files back")
    _reading(parser)
    _reporting(parser)


def _layout(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--style", default="", metavar="NAME|PATH", help="house style")
    parser.add_argument("--pdf-variant", default="", metavar="NAME", help="2a (default), 1b, 3b, 4, ua-1 …")
    parser.add_argument("--pdf-engine", default="", metavar="NAME", help="weasyprint (default) or typst")


def _many(parser: argparse.ArgumentParser) -> None:
    many = parser.add_argument_group("many manuscripts (a folder, a pattern, or any of these options)")
    many.add_argument(
        "-j", "--jobs", type=int, metavar="N", help="how many at a time (default: one for each core)"
    )
    many.add_argument("--from-list", metavar="FILE", help="a manuscript on each line; - reads standard input")
    many.add_argument("--shard", metavar="I/N", help="only the part I, from 0, of N equal ones")
    many.add_argument("--timeout", type=float, metavar="SECONDS", help="the most that one may take (600)")
    many.add_argument("--memory", type=int, metavar="MB", help="the most that a worker may have (2000)")
    many.add_argument("--force", action="store_true", help="also those that have not changed")
    many.add_argument(
        "--executor", metavar="URL", help="what does the work: dask://HOST:PORT; else processes here"
    )
    many.add_argument("--state", metavar="DIR", help="where it is remembered what is done (OUTPUT/.publish)")
    many.add_argument("--report", metavar="FILE.jsonl", help="a line for each, and a page FILE.html")


def _verify(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", nargs="+", metavar="FILE")
    parser.add_argument("--source", metavar="SRC", help="compare with this manuscript, not with each other")
    parser.add_argument("--json", action="store_true", help="print the report as JSON")
    _reading(parser)
    parser.add_argument("--quiet", "-q", action="store_true", help="say only what differs")


def _diff(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("old", metavar="OLD")
    parser.add_argument("new", metavar="NEW")
    parser.add_argument("--html", default="", metavar="FILE", help="also write the report as a web page")
    parser.add_argument("--json", action="store_true", help="print the report as JSON")
    _reading(parser)
    parser.add_argument("--quiet", "-q", action="store_true", help="say nothing; the exit code tells")


def _check(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("sources", nargs="+", metavar="SRC")
    _reading(parser)
    _reporting(parser)


def _inspect(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("source", metavar="SRC")
    parser.add_argument("--json", action="store_true", help="the whole model as JSON")
    _reading(parser)


def _schema(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", nargs="?", choices=("model", "style", "proof"), default="model")


def _styles(parser: argparse.ArgumentParser) -> None:
    doing = parser.add_subparsers(metavar="new")
    new = doing.add_parser("new", help="write the folder of a new house style")
    new.add_argument("new", metavar="NAME", help="its name, or the path of its folder")
    new.add_argument("--extends", dest="parent", default="base", metavar="STYLE", help="what it inherits")
    parser.set_defaults(new="", parent="base")


def _explain(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("code", metavar="CODE")


def _nothing(parser: argparse.ArgumentParser) -> None:
    del parser


def _deposit(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("sources", nargs="*", metavar="SRC", help="manuscripts; also folders and patterns")
    parser.add_argument("-o", "--output", metavar="DIR", help="the folder of the packages")
    parser.add_argument(
        "--package",
        action="append",
        metavar="KIND",
        help="mdto-sip (default), bagit, eark, ro-crate; repeatable",
    )
    parser.add_argument(
        "--set", action="append", metavar="NAME=VALUE", help="what the archive must be told; repeatable"
    )
    parser.add_argument(
        "--check", nargs="+", metavar="DIR", help="make the publication of packages again, and compare"
    )
    parser.add_argument("--sign", metavar="CERT.p12", help="sign the PDF and the digests")
    parser.add_argument(
        "--passphrase", metavar="FILE", help="the file with the passphrase of the certificate"
    )
    parser.add_argument("--timestamp", metavar="URL", help="the service for timestamps (RFC 3161)")
    parser.add_argument("-t", "--to", action="append", metavar="FORMAT", help="a format; repeatable")
    _layout(parser)
    _many(parser)
    _reading(parser)
    _reporting(parser)


def _ingest(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("packages", nargs="+", metavar="PACKAGE", help="the folder of a package")
    parser.add_argument("--json", action="store_true", help="print what was found as JSON")
    parser.add_argument("--quiet", "-q", action="store_true", help="say only what is wrong")


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


COMMANDS: dict[str, Callable[[argparse.ArgumentParser], None]] = {
    "build": _build,
    "verify": _verify,
    "diff": _diff,
    "deposit": _deposit,
    "ingest": _ingest,
    "check": _check,
    "inspect": _inspect,
    "schema": _schema,
    "formats": _nothing,
    "styles": _styles,
    "explain": _explain,
}
"""What gives each command its arguments. `help.txt` says what they do; module `publish.cli.NAME` does it."""
