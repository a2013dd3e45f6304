"""publish build: write the publications of one or more manuscripts, and verify that they agree."""

from __future__ import annotations

import argparse
import contextlib
import sys
from collections import Counter
from collections.abc import Callable, Iterator

from publish.cli import exits
from publish.cli.console import accounted, complain, counted, exit_code, note, report, say
from publish.cli.requests import limits, request, settings, with_source
from publish.diagnostics import Diagnostic, PublishError, has_errors
from publish.diagnostics.codes import make
from publish.engine.files import is_many
from publish.engine.job import Result, run_in_memory
from publish.engine.job import run as run_job
from publish.engine.pipeline import Step, check
from publish.engine.targets import targets
from publish.limits import limited
from publish.request import Limits, Request
from publish.storage import STANDARD_STREAM, is_remote
from publish.temporary import remove_parts
from publish.terminal import one_line


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    found_settings = settings(quiet=options.quiet)
    common, most = request(options, found_settings.request), limits(options, found_settings)
    check(common)  # report errors in the command once, before anything is written
    if _are_many(options):
        from publish.cli import many  # one manuscript does not need it

        return many.run(options, common, most)
    if common.output == STANDARD_STREAM:
        return _to_standard_output(options, common, most)
    requests = [with_source(common, source) for source in options.sources]
    clash = _clash(requests)
    if clash:
        return complain([clash])
    found: list[Diagnostic] = []
    for folder in {path.parent for asked in requests for path in targets(asked).values()}:
        if not is_remote(folder):
            remove_parts(folder)
    with _progress(len(requests), plain=options.quiet or options.format != "text") as step:
        for asked in requests:
            result = _limited(asked, most, step)
            found += result.diagnostics
            if options.format == "text":
                report(result.diagnostics, quiet=options.quiet)
                if not options.quiet:
                    _summary(result)
    if options.format != "text":
        report(found, options.format, quiet=options.quiet)
    return exit_code(found)


def _limited(asked: Request, most: Limits, step: Step) -> Result:
    """Run a job within its limits; one that exceeds them has a diagnostic and no files."""
    try:
        with limited(most, asked.source):
            return run_job(asked, step)
    except PublishError as error:
        return Result(asked.source, (), error.diagnostics)


def _to_standard_output(options: argparse.Namespace, common: Request, most: Limits) -> int:
    """Write one manuscript in one format to standard output, as bytes."""
    if len(options.sources) != 1 or len(targets(common)) != 1:
        hint = "name one manuscript, and one format with -t"
        return complain([make("PUB-C001", "Only one file can go to standard output", hint=hint)])
    with limited(most, options.sources[0]):
        result = run_in_memory(with_source(common, options.sources[0]))
    report(result.diagnostics, quiet=options.quiet)
    for output in result.outputs.values():
        sys.stdout.buffer.write(output.data)
        sys.stdout.buffer.flush()
    if not options.quiet and result.report is not None:
        note(_agreement(result))
    return exit_code(result.diagnostics) if result.outputs else exit_code(result.diagnostics) or exits.ERROR


MANY = ("jobs", "from_list", "shard", "force", "report", "executor", "state")
"""Options that select batch mode."""


def _are_many(options: argparse.Namespace) -> bool:
    """Return whether the command processes many manuscripts: it has a batch option, a folder or a pattern."""
    return any(getattr(options, name) for name in MANY) or any(map(is_many, options.sources))


def _clash(requests: list[Request]) -> Diagnostic | None:
    """Return an error if two manuscripts would be written to one file."""
    places = Counter(str(path) for asked in requests for path in targets(asked).values())
    twice = next((path for path, count in places.items() if count > 1), None)
    if twice is None:
        return None
    hint = "give each its own folder with -o, or build them one by one"
    return make("PUB-C001", f"two manuscripts would both be written to {twice}", hint=hint)


def _summary(result: Result) -> None:
    for path in result.files:
        say(path)
    if result.report is not None:
        say(_agreement(result))


def _agreement(result: Result) -> str:
    """Return the last line: whether the files agree. Report agreement only if files were compared and no format failed."""
    proof = result.report
    if proof is None or not proof.files:
        return "nothing was compared"
    notes, files = len(proof.reference.notes), len(proof.files)
    what = f"{counted(notes, 'note')} × {counted(files, 'format')}"
    if not proof.agrees:
        return f"{what}: {counted(len(proof.findings), 'disagreement')}"
    if has_errors(result.diagnostics):
        errors = sum(d.severity == "error" for d in result.diagnostics)
        return f"{what}: compared, but there {'is 1 error' if errors == 1 else f'are {errors} errors'}"
    return f"{what} agree" + (f"; {accounted(proof.source)}" if proof.source is not None else "")


@contextlib.contextmanager
def _progress(count: int, *, plain: bool) -> Iterator[Callable[[str], None]]:
    """Show the current step in one line on a terminal; show nothing elsewhere."""
    if plain or not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    with Progress(
        SpinnerColumn(),
        TextColumn("{task.description}", markup=False),
        TimeElapsedColumn(),
        console=Console(stderr=True),
        transient=True,
    ) as progress:
        task = progress.add_task("", total=count)
        yield lambda text: progress.update(task, description=one_line(text))
