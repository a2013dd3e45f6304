"""publish deposit: the packages that archives ask for; and the proof that one can still be made."""

from __future__ import annotations

import argparse
from pathlib import Path

from publish import config
from publish.cli import exits
from publish.cli.console import complain, exit_code, report, say
from publish.cli.options import reading
from publish.deposit import asked
from publish.deposit.packages import DEFAULT, find
from publish.deposit.request import FORMATS, Request
from publish.diagnostics import Diagnostic, PublishError
from publish.diagnostics.codes import make
from publish.engine.files import is_many
from publish.writers.pdf_variants import find_variant
from publish.writers.registry import find_engine


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    if options.check:
        return _check(options.check)
    if not (options.sources or options.from_list):
        return complain([make("PUB-C001", "deposit: name a manuscript, or a package with --check")])
    request = _request(options)
    if len(options.sources) > 1 or any(map(is_many, options.sources)) or options.jobs or options.from_list:
        from publish.cli import many
        from publish.deposit.work import work

        return many.run(options, request, work)
    from msgspec.structs import replace

    from publish.deposit.write import deposit

    done = deposit(replace(request, source=options.sources[0]))
    report(done.diagnostics, options.format, quiet=options.quiet)
    if not options.quiet:
        for place in done.packages:
            say(place)
    return exit_code(done.diagnostics)


def _request(options: argparse.Namespace) -> Request:
    settings = config.load()
    packages = tuple(options.package or (DEFAULT,))
    for name in packages:
        find(name)
    find_variant(options.pdf_variant or settings.pdf_variant)
    find_engine(options.pdf_engine or settings.pdf_engine)
    values = asked.checked(settings.deposit) | asked.given(options.set or [])
    return Request(
        "",
        tuple(options.to or FORMATS),
        options.output or settings.output,
        options.style or settings.style,
        options.profile or settings.profile,
        options.reader,
        pdf_variant=options.pdf_variant or settings.pdf_variant,
        options=reading(options, settings),
        jurisdiction=settings.jurisdiction,
        enrich=settings.enrich,
        pdf_engine=options.pdf_engine or settings.pdf_engine,
        packages=packages,
        values=values,
        certificate=options.sign or "",
        passphrase=options.passphrase or "",
        timestamps=options.timestamp or "",
    )


def _check(folders: list[str]) -> int:
    from publish.deposit.again import check

    found: list[Diagnostic] = []
    for folder in folders:
        try:
            again = check(Path(folder))
        except PublishError as error:
            report(error.diagnostics)
            found += error.diagnostics
            continue
        report(again.diagnostics)
        found += again.diagnostics
        for name in again.same:
            say(f"{folder}: {name} was made again, bit for bit")
    return exits.ERROR if exit_code(found) else exits.OK
