"""Run pandoc in its sandbox, so that a document cannot make it read other files, and with a time limit."""

from __future__ import annotations

import json
import re
import subprocess
from typing import Any

from publish.diagnostics import Diagnostic, PublishError, Span
from publish.diagnostics.codes import make
from publish.readers.base import Source

Json = Any

_LOST = re.compile(
    r"\[(?:WARNING|INFO)\] (?P<lost>(?:Skipped|Ignored|Could not|Reference not found|Note with key|Duplicate|Not rendering|Unable to)(?! '</).*)"
)
"""What pandoc says of content that does not come along; the end of an element of which it skips the beginning is none."""
_PLACE = re.compile(r" at (?:input )?line (?P<line>\d+) column (?P<column>\d+)")
LOST = 20
"""How many things that were lost are named."""


def run_pandoc(data: bytes, kind: str, seconds: float) -> tuple[Json, list[str]]:
    """Pandoc's tree of a file, made in its sandbox, and what pandoc says that it left out.

    Args:
        data: The file.
        kind: pandoc's name for its format.
        seconds: How long pandoc may take.

    Raises:
        subprocess.CalledProcessError: pandoc refuses the file; its words are in `stderr`.
        subprocess.TimeoutExpired: pandoc takes longer.
    """
    import pypandoc

    command = [pypandoc.get_pandoc_path(), "-f", kind, "-t", "json", "--sandbox", "--verbose"]
    done = subprocess.run(  # noqa: S603 - pandoc's own path, and no shell
        command, input=data, capture_output=True, timeout=seconds, check=True
    )
    said = done.stderr.decode("utf-8", "replace").splitlines()
    return json.loads(done.stdout), [match["lost"] for line in said if (match := _LOST.match(line))]


def pandoc_tree(source: Source, data: bytes, kind: str) -> tuple[Json, list[Diagnostic]]:
    """Pandoc's tree of data that stand for a source, and what was lost on the way.

    Raises:
        PublishError: PUB-R009, where pandoc refuses them; PUB-R031, where it takes too long.
    """
    try:
        tree, lost = run_pandoc(data, kind, source.seconds)
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
        # Of a package pandoc counts the lines of a part.
        span = (
            Span(int(place["line"]), int(place["column"]))
            if place and data is source.data and data[:2] != b"PK"
            else None
        )
        found.append(make("PUB-R059", f"pandoc: {_PLACE.sub('', line)}", span=span, source=source.name))
    if len(lost) > LOST:
        found.append(make("PUB-R059", f"pandoc: {len(lost) - LOST} more messages", source=source.name))
    return tree, found
