"""publish verify: read files back; a table of notes and formats; exit code 1 where one disagrees."""

from __future__ import annotations

import argparse
from pathlib import Path

import msgspec

from publish import config
from publish.cli import exits
from publish.cli.console import columns, complain, report, say
from publish.cli.options import reading
from publish.diagnostics import PublishError, has_errors
from publish.diagnostics.codes import make
from publish.engine.job import REPORT_SUFFIX
from publish.engine.numbering import with_formulas
from publish.engine.reading import read
from publish.resolve import resolve
from publish.verify import Edition, expect, verify
from publish.verify.report import from_json, table


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    proofs = [name for name in options.files if name.endswith(REPORT_SUFFIX)]
    files = [name for name in options.files if name not in proofs]
    if not files:
        return complain([make("PUB-V009", "there is no file to verify")])
    reference = _reference(options, proofs)
    outcome = verify(files, reference)
    found = [finding.diagnostic() for finding in outcome.findings]
    if options.json:
        say(outcome.to_json().decode().rstrip())
    else:
        if not options.quiet:
            say(f"compared with {outcome.against}")
            say(columns(*table(outcome)))
        report(found, quiet=options.quiet)
    return exits.ERROR if has_errors(found) or not outcome.files else exits.OK


def _reference(options: argparse.Namespace, proofs: list[str]) -> Edition | None:
    """The manuscript, else the proof that was made with the files, else None: what most of the files agree on."""
    if options.source:
        document = read(
            options.source,
            reader=options.reader,
            profile=options.profile,
            options=reading(options, config.load()),
        ).document
        return expect(with_formulas(resolve(document)).document)
    if not proofs:
        return None
    try:
        return from_json(Path(proofs[0]).read_bytes()).reference
    except (OSError, msgspec.MsgspecError) as error:
        raise PublishError(
            make("PUB-V009", f"not a report of a verification: {error}", source=proofs[0])
        ) from None
