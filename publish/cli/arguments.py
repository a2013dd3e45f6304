"""The arguments of each command. Settings come by name from their declarations (`publish.options`)."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from publish.options import Setting

READING = ("reader", "profile", "values", "track_changes", "references", "max_megabytes", "seconds")
"""Settings that control how a manuscript is read."""

NUMBERING = ("style",)
"""Additional settings that control how it is numbered."""

REPORTING = ("ignore",)
"""Settings that control which diagnostics are reported."""

WRITING = ("formats", "output", "embed_images", "time")
"""Additional settings that control which files are written."""

OPTIONS: tuple[str, ...] = ("*",)
"""All format options that have a short form."""

READING_OPTIONS = ("member_notes", "merge_identical_notes", "letter")
NUMBERING_OPTIONS = (*READING_OPTIONS, "pdf_engine")
"""Format options that affect numbering: notes that restart on each page are numbered by the pages of the PDF."""


def _build(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "sources", nargs="*", metavar="SRC", help="manuscripts, folders, patterns, or - for standard input"
    )
    _settings(parser, (*WRITING, "verify", *NUMBERING, *READING, *REPORTING), OPTIONS)
    _many(parser)
    _reporting(parser)


def _verify(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", nargs="+", metavar="FILE")
    parser.add_argument("--source", metavar="SRC", help="compare with this manuscript, not with each other")
    parser.add_argument("--json", action="store_true", help="print the report as JSON")
    _settings(parser, (*NUMBERING, *READING), NUMBERING_OPTIONS)
    parser.add_argument("--quiet", "-q", action="store_true", help="print differences only")


def _diff(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("old", metavar="OLD")
    parser.add_argument("new", metavar="NEW")
    parser.add_argument("--html", default="", metavar="FILE", help="also write the report as a web page")
    parser.add_argument("--json", action="store_true", help="print the report as JSON")
    _settings(parser, (*NUMBERING, *READING), NUMBERING_OPTIONS)
    parser.add_argument(
        "--quiet", "-q", action="store_true", help="print nothing; the exit code gives the result"
    )


def _check(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("sources", nargs="+", metavar="SRC")
    _settings(parser, (*NUMBERING, *READING, *REPORTING), NUMBERING_OPTIONS)
    _reporting(parser)


def _inspect(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("source", metavar="SRC")
    parser.add_argument("--json", action="store_true", help="the whole model as JSON")
    _settings(parser, (*NUMBERING, *READING, *REPORTING), NUMBERING_OPTIONS)
    parser.add_argument("--quiet", "-q", action="store_true", help="print only errors, no other diagnostics")


def _schema(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", nargs="?", choices=("model", "style", "proof"), default="model")


def _formats(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--options", action="store_true", help="list the options of each format")


def _styles(parser: argparse.ArgumentParser) -> None:
    doing = parser.add_subparsers(metavar="new")
    new = doing.add_parser("new", help="create the folder of a new house style")
    new.add_argument("new", metavar="NAME", help="the name of the new style, or the path of its folder")
    new.add_argument(
        "--extends",
        dest="parent",
        default="base",
        metavar="STYLE",
        help="the style that the new style inherits from",
    )
    parser.set_defaults(new="", parent="base")


def _explain(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("code", metavar="CODE", help="a code or name, such as PUB-N001")


def _deposit(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("sources", nargs="*", metavar="SRC", help="manuscripts; also folders and patterns")
    parser.add_argument(
        "--check",
        nargs="+",
        metavar="DIR",
        help="rebuild the publication in each package, and compare the result with the package",
    )
    from publish.deposit.request import DepositRequest
    from publish.options import settings_of

    for setting in settings_of(DepositRequest):
        add_setting(parser, setting)
    parser.add_argument(
        "--set",
        action="append",
        metavar="NAME=VALUE",
        help="information that the archive requires, or metadata that the manuscript lacks; repeatable",
    )
    names = (*WRITING, *NUMBERING, *READING, *REPORTING)
    _settings(parser, (name for name in names if name not in {"embed_images", "values"}), OPTIONS)
    _many(parser)
    _reporting(parser)


def _ingest(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("packages", nargs="+", metavar="PACKAGE", help="the folder of a package")
    parser.add_argument("--json", action="store_true", help="print what was found as JSON")
    parser.add_argument("--quiet", "-q", action="store_true", help="print only what is wrong")
    _limits(parser)


def _limits(parser: argparse.ArgumentParser) -> None:
    from publish.options import settings_of
    from publish.request import Limits

    for setting in settings_of(Limits):
        add_setting(parser, setting)


def _settings(parser: argparse.ArgumentParser, names: Iterable[str], options: Iterable[str]) -> None:
    """Add request settings by name, format options by their short form, `-O` for any option, and the limits."""
    from publish.engine.components import short_forms
    from publish.options import settings_of
    from publish.request import Request

    declared = {setting.name: setting for setting in settings_of(Request)}
    for name in names:
        add_setting(parser, declared[name])
    for name in short_forms() if options == OPTIONS else options:
        add_setting(parser, short_forms()[name].setting)
    parser.add_argument(
        "-O",
        dest="format_options",
        action="append",
        metavar="FORMAT.OPTION=VALUE",
        help="an option of a format, such as pdf.variant=2b; repeatable",
    )
    _limits(parser)


LETTERS = {"formats": "-t", "output": "-o"}
"""Settings with a one-letter option."""


def add_setting(parser: argparse.ArgumentParser, setting: Setting) -> None:
    """Add a command-line option for a setting; its value is None if it is not given."""
    words = [LETTERS[setting.name]] if setting.name in LETTERS else []
    words.append(setting.option)
    about = setting.help.replace("%", "%%")
    name = setting.short or setting.name
    if setting.is_switch:
        text = f"turn off: {about}" if setting.default else about
        parser.add_argument(*words, dest=name, action="store_const", const=not setting.default, help=text)
    elif setting.choices:
        text = f"{about} (default: {setting.default})"
        parser.add_argument(*words, dest=name, choices=setting.choices, help=text)
    elif setting.is_list:
        parser.add_argument(*words, dest=name, action="append", metavar=setting.metavar, help=about)
    else:
        text = f"{about} (default: {setting.default})" if setting.default else about
        parser.add_argument(*words, dest=name, type=setting.type, metavar=setting.metavar or None, help=text)


def _many(parser: argparse.ArgumentParser) -> None:
    many = parser.add_argument_group(
        "batch options (for a folder, a pattern, or whenever one of these options is given)"
    )
    many.add_argument(
        "-j",
        "--jobs",
        type=int,
        metavar="N",
        help="number of manuscripts to process at a time (default: one for each core)",
    )
    many.add_argument(
        "--from-list", metavar="FILE", help="file that lists one manuscript per line; - reads standard input"
    )
    many.add_argument("--shard", metavar="I/N", help="process only shard I of N (the first shard is 0)")
    many.add_argument("--force", action="store_true", help="also process manuscripts that have not changed")
    many.add_argument(
        "--executor", metavar="URL", help="where to run the work: dask://HOST:PORT (default: local processes)"
    )
    many.add_argument("--state", metavar="DIR", help="folder of the manifest (default: OUTPUT/.publish)")
    many.add_argument(
        "--report",
        metavar="FILE.jsonl",
        help="write a report with one line for each manuscript, and a web page FILE.html",
    )


def _reporting(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--quiet", "-q", action="store_true", help="print nothing but errors")
    parser.add_argument(
        "--format", choices=("text", "json", "sarif"), default="text", help="how to print diagnostics"
    )


def _nothing(parser: argparse.ArgumentParser) -> None:
    del parser


COMMANDS: dict[str, Callable[[argparse.ArgumentParser], None]] = {
    "build": _build,
    "verify": _verify,
    "diff": _diff,
    "deposit": _deposit,
    "ingest": _ingest,
    "check": _check,
    "inspect": _inspect,
    "schema": _schema,
    "formats": _formats,
    "styles": _styles,
    "explain": _explain,
}
"""Functions that add the arguments of each command. `help.txt` describes the commands; `publish.cli.NAME` implements them."""
