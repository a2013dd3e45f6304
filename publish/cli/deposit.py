"""publish deposit: make packages for archives, or check that the publication in a package can be rebuilt."""

from __future__ import annotations

import argparse
from functools import partial
from pathlib import Path

import msgspec
from msgspec.structs import replace

from publish.cli import exits
from publish.cli.console import complain, exit_code, report, say
from publish.cli.requests import given, limits, request, settings, with_source
from publish.deposit import required_metadata
from publish.deposit.packages import find
from publish.deposit.request import FORMATS, DepositRequest
from publish.diagnostics import Diagnostic, PublishError
from publish.diagnostics.codes import make
from publish.engine.files import is_many
from publish.engine.pipeline import check as check_request
from publish.engine.settings import Settings
from publish.limits import limited
from publish.options import built, settings_of
from publish.request import Limits, Request


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    if options.check:
        unused = [*given(options), *_given(options), *(["--set"] if options.set else [])]
        if unused or options.sources:
            message = f"--check takes packages only, not {unused[0] if unused else options.sources[0]}"
            return complain([make("PUB-C001", message, hint="a package already records how it was made")])
        return _check(options.check, limits(options, settings(quiet=True)))
    if not (options.sources or options.from_list):
        return complain([make("PUB-C001", "deposit: manuscript required, or a package with --check")])
    found = settings(quiet=options.quiet)
    asked, most = _request(options, found), limits(options, found)
    if len(options.sources) > 1 or any(map(is_many, options.sources)) or options.jobs or options.from_list:
        from publish.cli import many
        from publish.deposit.work import work

        also = msgspec.json.encode(replace(asked, request=Request()), order="deterministic")
        return many.run(options, asked.request, most, partial(work, asked), also.decode())
    from publish.deposit.write import deposit

    with limited(most, options.sources[0]):
        done = deposit(replace(asked, request=with_source(asked.request, options.sources[0])))
    report(done.diagnostics, options.format, quiet=options.quiet)
    if not options.quiet:
        for package in done.packages:
            say(package)
    return exit_code(done.diagnostics)


def _given(options: argparse.Namespace) -> list[str]:
    return [s.option for s in settings_of(DepositRequest) if getattr(options, s.name) is not None]


def _request(options: argparse.Namespace, found: Settings) -> DepositRequest:
    base = found.request
    formats = FORMATS if base.formats == Request().formats else base.formats
    required, others = required_metadata.divided(options.set or [])
    options.values = [*base.values, *others] or None
    common = request(options, replace(base, formats=formats, verify=True))
    check_request(common)
    own = {s.name: getattr(options, s.name) for s in settings_of(DepositRequest)}
    own = {name: value for name, value in own.items() if value is not None}
    spoken = built(DepositRequest, own, "the command line")
    asked = replace(from_settings(found), request=common, **{name: getattr(spoken, name) for name in own})
    for name in asked.packages:
        find(name)
    values = asked.values | required_metadata.given(required)
    return replace(asked, values=values)


def from_settings(found: Settings) -> DepositRequest:
    """Return the settings in `[deposit]`: settings of the command, and information that archives require.

    Raises:
        PublishError: PUB-C001.
    """
    names = {setting.name for setting in settings_of(DepositRequest)}
    own = {name: value for name, value in found.deposit.items() if name in names}
    values = {name: value for name, value in found.deposit.items() if name not in names}
    asked = built(DepositRequest, own, found.file)
    return replace(asked, values=required_metadata.checked(values))


def _check(folders: list[str], most: Limits) -> int:
    from publish.deposit.reproduce import check

    found: list[Diagnostic] = []
    for folder in folders:
        try:
            with limited(most, folder):
                again = check(Path(folder))
        except PublishError as error:
            report(error.diagnostics)
            found += error.diagnostics
            continue
        report(again.diagnostics)
        found += again.diagnostics
        for name in again.same:
            say(f"{folder}: {name} rebuilt, bit for bit")
    return exits.ERROR if exit_code(found) else exits.OK
