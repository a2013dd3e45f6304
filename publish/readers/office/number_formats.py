"""Numbers in the formats of Office (ISO/IEC 29500-1, 18.8.31): decimals, thousands, percent, and dates."""

from __future__ import annotations

import datetime as dt
import re

EPOCH = dt.date(1899, 12, 30)
"""Day 0 of the dates of Excel."""

_DATE = re.compile(r"(?<![a-z])(?:d{1,4}|m{1,5}|y{2,4})(?![a-z])", re.IGNORECASE)
_LITERAL = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
_DECIMALS = re.compile(r"[.,](0+)(?![\d#])")


POINT = frozenset({"en", "zh", "ja", "ko", "he", "th", "ga", "mt", "cy"})
"""Languages that write a point before decimals; the others write a comma."""


def has_point(language: str) -> bool:
    """Return whether a language (BCP 47) writes a point before decimals."""
    return language.partition("-")[0].lower() in POINT


def shown_number(value: float, form: str, *, point: bool = False) -> str:
    """Return a number as a chart shows it.

    Args:
        value: The number.
        form: Its format; empty or `General` shows as many decimals as the number has, at most six.
        point: Whether a point is written before decimals, and a comma between thousands; otherwise the reverse.
    """
    bare = _LITERAL.sub("", form.partition(";")[0])
    if _DATE.search(bare) and "0" not in bare and "#" not in bare:
        return _date(value, bare)
    percent = "%" in bare
    number = value * 100 if percent else value
    if not bare or bare.strip() in {"General", "Standard", "@"}:
        text = f"{number:.6f}".rstrip("0").rstrip(".") if abs(number) < 1e9 else f"{number:.0f}"
        return _minus(text if point else text.replace(".", ","))
    found = _DECIMALS.search(bare.replace("#,##0", "0"))
    decimals = len(found[1]) if found else 0
    text = f"{number:,.{decimals}f}" if "#,##" in bare else f"{number:.{decimals}f}"
    if not point:
        text = text.replace(",", "\0").replace(".", ",").replace("\0", ".")
    return _minus(text) + ("%" if percent else "")


def _minus(text: str) -> str:
    return text.replace("-", "−", 1) if text.startswith("-") and text.strip("-0.,") else text.lstrip("-")


def _date(value: float, form: str) -> str:
    try:
        day = EPOCH + dt.timedelta(days=int(value))
    except OverflowError:
        return f"{value:g}"
    if not re.search(r"d", form, re.IGNORECASE):
        return f"{day.month}-{day.year}" if re.search(r"m", form, re.IGNORECASE) else str(day.year)
    return f"{day.day}-{day.month}-{day.year}"
