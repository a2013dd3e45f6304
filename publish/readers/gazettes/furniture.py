"""Page furniture of an Aanhangsel or Kamerstuk: running footers, series number, place of publication."""

from __future__ import annotations

import re

from msgspec import Struct

from publish.readers.gazettes.lines import Page

_RUNNING = re.compile(
    r"(?:Tweede|Eerste) Kamer, vergaderjaar (?P<session>\d{4}\s*[–-]\s*\d{4}), (?:Aanhangsel|[\dIVXLC ()-]+, nr\. \w+)(?:\s+(?P<page>\d{1,4}))?"
)
_IDENTIFIER = re.compile(r"ah[- ](?:tk|ek)[- ]\d{8}[- ]\w+|kst-\d[\w-]*")
_DAMAGED = re.compile(r"h (?P<chamber>[te]k) (?P<session>\d{8}) (?P<number>\d+)")
"""Identifier as one extraction program writes it: the first letter is read as a rule, and hyphens as spaces."""
_ISSN = re.compile(r"ISSN\s+(?P<issn>\d{4}\s*-\s*\d{3}[\dX])")
_PLACE = re.compile(r"[’']s-Gravenhage\s+(?P<year>\d{4})")
_RULE = re.compile(r"[-_—–]{3,}")


def _unnamed(pattern: re.Pattern[str]) -> str:
    return re.sub(r"\(\?P<\w+>", "(?:", pattern.pattern)


FOOT = re.compile(
    rf"(?:(?:{_unnamed(_IDENTIFIER)})\s+)?(?:{_unnamed(_ISSN)}\s+)?(?:{_unnamed(_PLACE)}\s+)?{_unnamed(_RUNNING)}"
)
"""All furniture of a page on one line, as in text without line breaks."""


class Found(Struct):
    """Information from the furniture of a document."""

    texts: list[str]
    """All lines of the furniture, in order."""
    identifier: str = ""
    issn: str = ""
    place: str = ""
    session: str = ""


def strip(pages: list[Page]) -> Found:
    """Remove the furniture from the pages, in place, and return its information; a page number becomes the page's label."""
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
    """Return whether a line contains only furniture."""
    return any(p.fullmatch(text) for p in (_RUNNING, _IDENTIFIER, _DAMAGED, _ISSN, _PLACE, _RULE, FOOT))


def read(text: str, found: Found, page: Page) -> None:
    """Store the information from a line of furniture."""
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
