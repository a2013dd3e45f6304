"""Dutch dates and parliamentary sessions."""

from __future__ import annotations

import datetime as dt
import re

MONTHS = (
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
)

DATE = rf"\d{{1,2}}\s+(?:{'|'.join(MONTHS)})\s+\d{{4}}"
"""Pattern of a date such as `8 december 2021`."""

_SESSION = re.compile(r"(\d{4})\s*[–-]\s*(\d{4})")


def parse_date(text: str) -> dt.date | None:
    """Return the date in a text such as `8 december 2021`; None if the date does not exist."""
    match = re.fullmatch(r"(\d{1,2})\s+(\w+)\s+(\d{4})", text.strip())
    if match is None or match[2].lower() not in MONTHS:
        return None
    try:
        return dt.date(int(match[3]), MONTHS.index(match[2].lower()) + 1, int(match[1]))
    except ValueError:
        return None


def session_of(date: dt.date) -> str:
    """Return the parliamentary session of a date, such as `2021-2022`.

    A session begins on the third Tuesday of September (Grondwet, article 65).
    """
    first = dt.date(date.year, 9, 1)
    opening = first + dt.timedelta(days=(1 - first.weekday()) % 7 + 14)
    start = date.year if date >= opening else date.year - 1
    return f"{start}-{start + 1}"


def printed_session(text: str) -> str:
    """Return the session that a text gives in the form `2021–2022`, with a hyphen; empty if there is none."""
    match = _SESSION.search(text)
    return f"{match[1]}-{match[2]}" if match and int(match[2]) == int(match[1]) + 1 else ""
