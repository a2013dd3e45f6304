"""Convert the command line to a request."""

from __future__ import annotations

import argparse
import sys

from msgspec.structs import asdict, replace

from publish.cli.console import note
from publish.engine.components import short_forms
from publish.engine.settings import Settings, load, overlaid
from publish.options import assigned, built, settings_of
from publish.request import Limits, Request
from publish.storage import STANDARD_STREAM


def settings(*, quiet: bool = False) -> Settings:
    """Return the settings that apply here, and print the file that they come from.

    Raises:
        PublishError: PUB-C001.
    """
    found = load()
    if found.file and not quiet:
        note(f"settings: {found.file}")
    return found


def request(options: argparse.Namespace, base: Request, source: str = "", **fixed: object) -> Request:
    """Return a request from the settings and the command line.

    Args:
        options: The parsed command line.
        base: The settings that apply without the command line.
        source: The manuscript; `-` reads standard input.
        fixed: Fields that the command sets.

    Raises:
        PublishError: PUB-C001.
    """
    names = [setting.name for setting in settings_of(Request)] + list(short_forms())
    values = {name: getattr(options, name, None) for name in names}
    asked = overlaid(base, {**values, **fixed}, assigned(options.format_options or []))
    return with_source(asked, source)


def limits(options: argparse.Namespace, found: Settings) -> Limits:
    """Return the limits from the settings and the command line.

    Raises:
        PublishError: PUB-C001, if a limit is not greater than zero.
    """
    names = [setting.name for setting in settings_of(Limits)]
    spoken = {name: value for name in names if (value := getattr(options, name)) is not None}
    return built(Limits, {**asdict(found.limits), **spoken}, "the command line")


def with_source(asked: Request, source: str) -> Request:
    """Return the request for one manuscript; `-` reads standard input."""
    if source == STANDARD_STREAM:
        return replace(asked, source="stdin", data=sys.stdin.buffer.read(), folder=".")
    return replace(asked, source=source)


def given(options: argparse.Namespace) -> list[str]:
    """Return the request options that the command line contains, as they are spelled there."""
    found = [s.option for s in settings_of(Request) if getattr(options, s.name, None) is not None]
    found += [
        o.setting.option for name, o in short_forms().items() if getattr(options, name, None) is not None
    ]
    return found + (["-O"] if getattr(options, "format_options", None) else [])
