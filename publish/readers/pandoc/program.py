"""Run pandoc with a time limit, and in its sandbox, so that a document cannot make it read other files."""

from __future__ import annotations

import json
import re
import subprocess
from typing import Any

from publish.diagnostics import Diagnostic, PublishError, Span
from publish.diagnostics.codes import make
from publish.pandoc import run_pandoc
from publish.readers.base import Source

Json = Any

_LOST = re.compile(
    r"\[(?:WARNING|INFO)\] (?P<lost>(?:Skipped|Ignored|Could not|Reference not found|Note with key|Duplicate|Not rendering|Unable to)(?! '</).*)"
)
"""A message of pandoc about lost content. A skipped end tag does not count, because pandoc also reports its start tag."""
_PLACE = re.compile(r" at (?:input )?line (?P<line>\d+) column (?P<column>\d+)")
LOST = 20
"""The maximum number of messages about lost content that are reported separately."""


def run(data: bytes, kind: str, seconds: float) -> tuple[Json, list[str]]:
    """Run pandoc in its sandbox and return its JSON tree and its messages about lost content.

    Args:
        data: The file.
        kind: The pandoc format of the file.
        seconds: The time limit for pandoc.

    Raises:
        PublishError: PUB-C004, if pandoc is not installed.
        subprocess.CalledProcessError: if pandoc rejects the file; its message is in `stderr`.
        subprocess.TimeoutExpired: if pandoc exceeds the time limit.
    """
    done = run_pandoc(["-f", kind, "-t", "json", "--sandbox", "--verbose"], data, seconds)
    said = done.stderr.decode("utf-8", "replace").splitlines()
    return json.loads(done.stdout), [match["lost"] for line in said if (match := _LOST.match(line))]


def pandoc_tree(source: Source, data: bytes, kind: str) -> tuple[Json, list[Diagnostic]]:
    """Return the JSON tree that pandoc makes of the data of a source, and diagnostics about lost content.

    Raises:
        PublishError: PUB-R009, if pandoc rejects the data; PUB-R031, if it exceeds the time limit; PUB-C004, if it is missing.
    """
    try:
        tree, lost = run(data, kind, source.seconds)
    except subprocess.TimeoutExpired:
        message = f"pandoc took longer than {source.seconds} seconds"
        raise PublishError(make("PUB-R031", message, source=source.name)) from None
    except subprocess.CalledProcessError as error:
        reason = " ".join(error.stderr.decode("utf-8", "replace").split())[:300]
        raise PublishError(
            make("PUB-R009", f"Pandoc cannot read the file as {kind}: {reason}", source=source.name)
        ) from None
    found = []
    for line in lost[:LOST]:
        place = _PLACE.search(line)
        # In a ZIP package, pandoc counts the lines of a part.
        span = (
            Span(int(place["line"]), int(place["column"]))
            if place and data is source.data and data[:2] != b"PK"
            else None
        )
        found.append(make("PUB-R059", f"pandoc: {_PLACE.sub('', line)}", span=span, source=source.name))
    if len(lost) > LOST:
        found.append(make("PUB-R059", f"pandoc: {len(lost) - LOST} more messages", source=source.name))
    return tree, found
