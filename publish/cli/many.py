"""publish build with many manuscripts: process them in parallel, independently, and none twice."""

from __future__ import annotations

import argparse
import contextlib
import itertools
import os
import sys
import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from publish.cli import exits
from publish.cli.console import complain, counted, note, report, say
from publish.diagnostics import PublishError
from publish.diagnostics.codes import make
from publish.engine.batch import Batch, Outcome, Summary
from publish.engine.batch import run as run_batch
from publish.engine.batch.report import Report
from publish.engine.batch.sources import Shard, listed, shard, tasks
from publish.request import Limits, Request
from publish.storage import as_path
from publish.terminal import one_line

if TYPE_CHECKING:
    from publish.engine.batch.pool import Pool
    from publish.engine.batch.work import Done


def run(
    options: argparse.Namespace,
    common: Request,
    limits: Limits,
    do: Callable[[Request], Done] | None = None,
    also: str = "",
) -> int:
    """Run the command.

    Args:
        options: The parsed command line.
        common: The request that applies to each manuscript.
        limits: The limits of each manuscript.
        do: The function that processes each manuscript, if it is not only published.
        also: Other data that affect the result, in addition to the request.
    """
    if do is not None and options.executor:
        message = (
            "Packages are made on this machine only; use --shard to split the work over several machines"
        )
        return complain([make("PUB-C001", message)])
    width = options.jobs or os.cpu_count() or 1
    if width < 1:
        return complain([make("PUB-C001", "-j must be greater than zero")])
    part = shard(options.shard) if options.shard else Shard()
    sources = [*options.sources, *(listed(options.from_list) if options.from_list else ())]
    if not sources:
        return complain([make("PUB-C001", "No manuscript given")])
    output = as_path(common.output)
    try:
        kept = Report(options.report or "")
    except OSError as error:
        message = f"Cannot write the report {options.report}: {error.strerror}"
        raise PublishError(make("PUB-W001", message)) from None
    begun = time.monotonic()
    links: list[str] = []
    total = sum(1 for _ in tasks(sources, part, output, links.append))
    if links and not options.quiet:
        note(f"{counted(len(links), 'link')} out of a folder not followed: {one_line(links[0])}")
    with _progress(total, plain=options.quiet) as step:

        def tell(found: Outcome) -> None:
            kept.add(found)
            step(found)
            if found.status == "failed":
                report(found.diagnostics, quiet=True)

        batch = Batch(common, limits, part, options.force, options.state or "", also)
        summary = run_batch(batch, tasks(sources, part, output), _pool(options, width, limits, do), tell)
    seconds = time.monotonic() - begun
    kept.end(summary, seconds)
    if not options.quiet or summary.failed:
        say(_sentence(summary, seconds))
    if summary.interrupted:
        return exits.INTERRUPTED
    return exits.ERROR if summary.failed else exits.OK


def _pool(
    options: argparse.Namespace, width: int, limits: Limits, do: Callable[[Request], Done] | None
) -> Callable[[], Pool]:
    def make_pool() -> Pool:
        if do is not None:
            from publish.engine.batch.pool import Processes

            return Processes(width, limits, do)
        if options.executor:
            from publish.engine.batch.cluster import Cluster

            return Cluster(options.executor, limits)
        from publish.engine.batch.pool import Processes  # slow, and may not be needed

        return Processes(width, limits)

    return make_pool


def _sentence(summary: Summary, seconds: float) -> str:
    rate = f", {summary.done / seconds * 60:.0f} per minute" if seconds >= 1 and summary.done else ""
    ended = "; stopped before the end" if summary.interrupted else ""
    return f"{summary.done} done, {summary.unchanged} unchanged, {summary.failed} failed{rate}{ended}"


@contextlib.contextmanager
def _progress(total: int, *, plain: bool) -> Iterator[Callable[[Outcome], None]]:
    """Show a progress bar with rate and remaining time on a terminal; show nothing elsewhere."""
    if plain or not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
        TextColumn("{task.description}", markup=False),
    )
    begun = time.monotonic()
    counter = itertools.count(1)
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("", total=total, rate="")

        def step(found: Outcome) -> None:
            rate = f"{next(counter) / (time.monotonic() - begun):.1f}/s"
            progress.update(task, advance=1, description=one_line(found.source), rate=rate)

        yield step
