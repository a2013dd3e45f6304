"""The time that goes into files."""

from __future__ import annotations

import datetime as dt
import os

from publish.diagnostics import PublishError
from publish.diagnostics.codes import make
from publish.model.nodes import Document

UTC = dt.UTC
VARIABLE = "SOURCE_DATE_EPOCH"

EARLIEST = 1000
"""Years of fewer than four digits cannot stand in the formats' own metadata (W3CDTF)."""


def timestamp(document: Document, given: str = "") -> dt.datetime:
    """The time that is given, else SOURCE_DATE_EPOCH, else the last of the document's own dates, else the present.

    Raises:
        PublishError: PUB-C001, if the given time is not one.
    """
    wanted = given_time(given)
    if wanted is not None:
        return wanted
    dates = [d.date for d in document.metadata.dates if d.date.year >= EARLIEST]
    if dates:
        return dt.datetime.combine(max(dates), dt.time(), UTC)
    return dt.datetime.now(UTC).replace(microsecond=0)


def given_time(given: str = "") -> dt.datetime | None:
    """The time that the user or SOURCE_DATE_EPOCH gives: seconds since 1970, or ISO 8601.

    Raises:
        PublishError: PUB-C001, if it is neither (https://reproducible-builds.org/specs/source-date-epoch/).
    """
    text = given or os.environ.get(VARIABLE, "")
    if not text:
        return None
    try:
        if text.lstrip("-").isdecimal():
            return dt.datetime.fromtimestamp(int(text), UTC)
        found = dt.datetime.fromisoformat(text)
    except (ValueError, OverflowError, OSError):
        name = "--time" if given else VARIABLE
        message = f"{name} is '{text}', which is not a number of seconds since 1970"
        raise PublishError(
            make("PUB-C001", message, hint="or write a time as 2022-02-03T12:00:00Z")
        ) from None
    return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
