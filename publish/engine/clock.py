"""The time that goes into files."""

from __future__ import annotations

import datetime as dt
import os

from publish.diagnostics import PublishError
from publish.diagnostics.codes import make
from publish.model.nodes import Document

UTC = dt.UTC

EARLIEST = 1000
"""Years of fewer than four digits cannot stand in the formats' own metadata (W3CDTF)."""


def timestamp(document: Document | None) -> dt.datetime:
    """SOURCE_DATE_EPOCH, else the last of the document's own dates, else the present.

    Raises:
        PublishError: PUB-C001, where SOURCE_DATE_EPOCH is not a number of seconds
            (https://reproducible-builds.org/specs/source-date-epoch/).
    """
    given = os.environ.get("SOURCE_DATE_EPOCH", "")
    if given:
        try:
            return dt.datetime.fromtimestamp(int(given), UTC)
        except (ValueError, OverflowError, OSError):
            message = f"SOURCE_DATE_EPOCH is '{given}', which is not a number of seconds since 1970"
            raise PublishError(make("PUB-C001", message)) from None
    dates = [d.date for d in (document.metadata.dates if document else ()) if d.date.year >= EARLIEST]
    if dates:
        return dt.datetime.combine(max(dates), dt.time(), UTC)
    return dt.datetime.now(UTC).replace(microsecond=0)
