"""publish verify: read files back and print a table of notes and formats; exit code 1 if one disagrees."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

import msgspec

from publish.cli import exits
from publish.cli.console import accounted, columns, complain, report, say, say_lines
from publish.cli.requests import given, limits, request, settings
from publish.diagnostics import PublishError, has_errors
from publish.diagnostics.codes import make
from publish.engine.pipeline import prepare
from publish.engine.source_proof import with_source
from publish.engine.targets import REPORT_SUFFIX
from publish.extras import add_command
from publish.limits import limited
from publish.storage import MEGABYTE, as_path, get, read_regular
from publish.verify import Observation, expect, verify
from publish.verify.report import from_json, table
from publish.verify.signatures import Signature, has_signature, of_pdf

MOST_PROOF = 200 * MEGABYTE


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    proofs = [name for name in options.files if name.endswith(REPORT_SUFFIX.lstrip("."))]
    files = [name for name in options.files if name not in proofs]
    if not files:
        return complain([make("PUB-V009", "No file to verify")])
    known = settings(quiet=options.quiet or options.json or not options.source)
    with limited(limits(options, known), options.source or files[0]):
        prepared = (
            prepare(request(options, known.request, options.source, formats=())) if options.source else None
        )
        reference = expect(prepared.numbered) if prepared is not None else _reference(options, proofs)
        outcome = verify(files, reference)
        if prepared is not None:
            outcome = with_source(outcome, prepared)
    found = [finding.diagnostic() for finding in outcome.findings]
    if options.json:
        say_lines(outcome.to_json().decode().rstrip())
    else:
        if not options.quiet:
            say(f"compared with {outcome.against}")
            say_lines(columns(*table(outcome)))
            if outcome.source is not None:
                say(accounted(outcome.source))
        for name, signature in _signatures(files):
            if not signature.good:
                found.append(make("PUB-D007", signature.sentence(), source=name))
            elif not options.quiet:
                say(f"{name}: {signature.sentence()}")
        report(found, quiet=options.quiet)
    return exits.ERROR if has_errors(found) or not outcome.files else exits.OK


def _signatures(files: list[str]) -> Iterator[tuple[str, Signature]]:
    """Yield the signatures of PDF files, if they are signed and the package that reads signatures is installed."""
    for name in files:
        try:
            data = get(as_path(name)) if name.lower().endswith(".pdf") else b""
        except OSError:
            continue  # already reported
        if has_signature(data):
            found = of_pdf(data)
            if found is None:
                say(f"{name}: signed; to check the signature, run: {add_command('sign')}")
            for signature in found or ():
                yield name, signature


def _reference(options: argparse.Namespace, proofs: list[str]) -> Observation | None:
    """Return the proof made with the files, else None: compare with what most files agree on."""
    unused = given(options)
    if unused:
        message = f"{unused[0]} requires a manuscript, but none is given"
        raise PublishError(make("PUB-C001", message, hint="name it with --source"))
    if not proofs:
        return None
    try:
        return from_json(read_regular(Path(proofs[0]), MOST_PROOF)).reference
    except (OSError, msgspec.MsgspecError) as error:
        raise PublishError(
            make("PUB-V009", f"Not a verification report: {error}", source=proofs[0])
        ) from None
