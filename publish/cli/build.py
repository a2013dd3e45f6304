"""publish build: write the publications of one or more manuscripts, and prove that they agree."""

from __future__ import annotations

import argparse
import contextlib
import sys
from collections import Counter
from collections.abc import Callable, Iterator

from msgspec.structs import replace

from publish import config
from publish.cli.console import complain, exit_code, report, say
from publish.cli.options import reading
from publish.diagnostics import Diagnostic
from publish.diagnostics.codes import make
from publish.engine.clock import timestamp
from publish.engine.files import is_many
from publish.engine.job import Job, Result, entries, targets
from publish.engine.job import run as run_job
from publish.style import load_style
from publish.writers.pdf_variants import find_variant
from publish.writers.registry import find_engine


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    settings = config.load()
    formats = tuple(options.to or settings.formats)
    style = options.style or settings.style
    # What the command itself has wrong is said once, before anything is written.
    timestamp(None)
    entries(formats)
    find_variant(options.pdf_variant or settings.pdf_variant)
    find_engine(options.pdf_engine or settings.pdf_engine)
    if style:
        load_style(style)
    if options.jurisdiction or settings.jurisdiction:
        from publish.akomantoso.jurisdictions import find as find_jurisdiction

        find_jurisdiction(options.jurisdiction or settings.jurisdiction, "")
    output = options.output or settings.output
    common = Job(
        "",
        formats,
        output,
        style,
        options.profile or settings.profile,
        options.reader,
        _verifies(options, settings),
        options.pdf_variant or settings.pdf_variant,
        options.docx_template or settings.docx_template,
        reading(options, settings),
        options.jurisdiction or settings.jurisdiction,
        settings.enrich and not options.no_enrich,
        options.pdf_engine or settings.pdf_engine,
    )
    if _are_many(options):
        from publish.cli import many  # what one manuscript does not need is not loaded for it

        return many.run(options, common)
    jobs = [replace(common, source=source) for source in options.sources]
    clash = _clash(jobs)
    if clash:
        return complain([clash])
    found: list[Diagnostic] = []
    with _progress(len(jobs), plain=options.quiet or options.format != "text") as step:
        for job in jobs:
            result = run_job(job, step)
            found += result.diagnostics
            if options.format == "text":
                report(result.diagnostics, quiet=options.quiet)
                if not options.quiet:
                    _summary(result)
    if options.format != "text":
        report(found, options.format, quiet=options.quiet)
    return exit_code(found)


MANY = ("jobs", "from_list", "shard", "timeout", "memory", "force", "report", "executor", "state")
"""Options of which each says that there are many manuscripts."""


def _are_many(options: argparse.Namespace) -> bool:
    """Whether the command is for many manuscripts: by an option, or by a folder or pattern among them."""
    return any(getattr(options, name) for name in MANY) or any(map(is_many, options.sources))


def _verifies(options: argparse.Namespace, settings: config.Settings) -> bool:
    return settings.verify and not options.no_verify


def _clash(jobs: list[Job]) -> Diagnostic | None:
    """Two manuscripts that would be written to one file."""
    places = Counter(str(path) for job in jobs for path in targets(job).values())
    twice = next((path for path, count in places.items() if count > 1), None)
    if twice is None:
        return None
    hint = "give each its own folder with -o, or build them one by one"
    return make("PUB-C001", f"two manuscripts would both be written to {twice}", hint=hint)


def _summary(result: Result) -> None:
    for path in result.files:
        say(path)
    proof = result.report
    if proof is None:
        return
    notes = len(proof.reference.notes)
    what = f"{notes} note{'' if notes == 1 else 's'} × {len(proof.files)} format{'' if len(proof.files) == 1 else 's'}"
    if proof.agrees:
        say(f"{what}: labels, order, texts, links and words agree")
    else:
        say(f"{what}: {len(proof.findings)} disagreements")


@contextlib.contextmanager
def _progress(count: int, *, plain: bool) -> Iterator[Callable[[str], None]]:
    """A line that says what is being done, on a terminal; nothing elsewhere."""
    if plain or not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    with Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        TimeElapsedColumn(),
        console=Console(stderr=True),
        transient=True,
    ) as progress:
        task = progress.add_task("", total=count)
        yield lambda text: progress.update(task, description=text)
