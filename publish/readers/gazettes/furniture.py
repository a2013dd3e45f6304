"""What the pages of an Aanhangsel or Kamerstuk print around the text: running feet, series number, place of publication."""

from __future__ import annotations

import re

from msgspec import Struct

from publish.readers.gazettes.lines import Page

_RUNNING = re.compile(
    r"(?:Tweede|Eerste) Kamer, vergaderjaar (?P<session>\d{4}\s*[–-]\s*\d{4}), (?:Aanhangsel|[\dIVXLC ()-]+, nr\. \w+)(?:\s+(?P<page>\d{1,4}))?"
)
_IDENTIFIER = re.compile(r"ah[- ](?:tk|ek)[- ]\d{8}[- ]\w+|kst-\d[\w-]*")
_DAMAGED = re.compile(r"h (?P<chamber>[te]k) (?P<session>\d{8}) (?P<number>\d+)")
"""The identifier as one extractor leaves it: it takes the first letter for a rule, and hyphens for spaces."""
_ISSN = re.compile(r"ISSN\s+(?P<issn>\d{4}\s*-\s*\d{3}[\dX])")
_PLACE = re.compile(r"[’']s-Gravenhage\s+(?P<year>\d{4})")
_RULE = re.compile(r"[-_—–]{3,}")


def _unnamed(pattern: re.Pattern[str]) -> str:
    return re.sub(r"\(\?P<\w+>", "(?:", pattern.pattern)


FOOT = re.compile(
    rf"(?:(?:{_unnamed(_IDENTIFIER)})\s+)?(?:{_unnamed(_ISSN)}\s+)?(?:{_unnamed(_PLACE)}\s+)?{_unnamed(_RUNNING)}"
)
"""All of it in one run, as it stands in text that lost its lines."""


class Found(Struct):
    """What the furniture of a paper says."""

    texts: list[str]
    """Every line of it, in order."""
    identifier: str = ""
    issn: str = ""
    place: str = ""
    session: str = ""


def strip(pages: list[Page]) -> Found:
    """Take the furniture out of the pages, in place, and read what it says. A page's number becomes its label."""
    found = Found([])
    for page in pages:
        kept = []
        for line in page.lines:
            text = " ".join(line.text.split())
            if text and (line.furniture or is_furniture(text)):
                found.texts.append(text)
                read(text, found, page)
            elif text:
                kept.append(line)
        page.lines = kept
    return found


def is_furniture(text: str) -> bool:
    """Whether a line is nothing but furniture."""
    return any(p.fullmatch(text) for p in (_RUNNING, _IDENTIFIER, _DAMAGED, _ISSN, _PLACE, _RULE, FOOT))


def read(text: str, found: Found, page: Page) -> None:
    """Note what a line of furniture says."""
    if match := _IDENTIFIER.search(text):
        found.identifier = found.identifier or match[0].replace(" ", "-")
    elif match := _DAMAGED.fullmatch(text):
        found.identifier = found.identifier or f"ah-{match['chamber']}-{match['session']}-{match['number']}"
    if match := _ISSN.search(text):
        found.issn = found.issn or match["issn"].replace(" ", "")
    if match := _PLACE.search(text):
        found.place = found.place or "’s-Gravenhage"
    if match := _RUNNING.search(text):
        found.session = found.session or re.sub(r"\s*[–-]\s*", "-", match["session"])
        if match["page"]:
            page.label = match["page"]
