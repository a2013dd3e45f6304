"""The time to write in output files."""

from __future__ import annotations

import datetime as dt
import os

from publish.diagnostics import PublishError
from publish.diagnostics.codes import make
from publish.model.nodes import Document

UTC = dt.UTC
VARIABLE = "SOURCE_DATE_EPOCH"

EARLIEST = 1000
"""First year that the metadata of the formats supports (W3CDTF): years need four digits."""


def timestamp(document: Document, given: str = "") -> dt.datetime:
    """Return the given time, else SOURCE_DATE_EPOCH, else the latest date of the document, else the current time.

    Raises:
        PublishError: PUB-C001, if the given time or SOURCE_DATE_EPOCH is invalid.
    """
    wanted = given_time(given)
    if wanted is not None:
        return wanted
    dates = [d.date for d in document.metadata.dates if d.date.year >= EARLIEST]
    if dates:
        return dt.datetime.combine(max(dates), dt.time(), UTC)
    return dt.datetime.now(UTC).replace(microsecond=0)


def given_time(given: str = "") -> dt.datetime | None:
    """Return the time of the user or of SOURCE_DATE_EPOCH: seconds since 1970, or ISO 8601; None if neither is given.

    Raises:
        PublishError: PUB-C001, if the value has another form (https://reproducible-builds.org/specs/source-date-epoch/).
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
