"""What the text of a letter with answers says: its covering sentence, the title of the answers, and its signatures.

Ministries use different words for the same content. Each pattern recognises one form as a whole: text that is not of that
form is text of the paper.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate

from msgspec import Struct

from publish.model.ministries import MINISTRIES
from publish.profiles.kamervragen.dates import DATE

LONGEST = 8000
"""Number of characters at the start of a letter in which to search for its opening."""

CASE = re.compile(r"\d{4}Z\d{5}")
"""Pattern of the number that the Tweede Kamer assigns to a set of questions."""

_WHO = r"(?:het (?:kamer)?lid|de (?:kamer)?leden)\s+(?P<who>.{1,400}?)"
_TO = r"(?:\s+aan\s+(?:de\s+)?(?P<to>(?:minister|staatssecretaris).{1,300}?))?"
_ABOUT = r"\s+(?:over|inzake|betreffende|naar aanleiding van)\s+(?P<subject>.{1,600}?)"
_QUESTIONS = rf"(?:de )?(?:schriftelijke )?(?:kamer)?vragen (?:gesteld door |van ){_WHO}{_TO}{_ABOUT}"
_TAIL = r"(?P<tail>\s*(?:\([^()]{1,120}\)|,\s*(?:ingezonden|gesteld|met kenmerk|kenmerk|nr\.|nummer)\b[^,]{1,120}))?"
_MORE = r"(?P<more>\s*(?:De|Deze) (?:kamer)?vragen (?:werden|zijn) (?:ingezonden|gesteld|door u toegezonden)\b.{0,200}?(?<!nr)\.(?=\s|$))?"

_COVERING = (
    re.compile(
        rf"In (?:het )?antwoord op uw brief(?: van)? {DATE},?\s*(?:\()?(?:met )?(?:nr\.?|nummer|kenmerk)?\s*"
        rf"(?P<number>[\w./-]{{1,60}}?)\)?,?\s.{{0,300}}?vragen van {_WHO}{_TO}{_ABOUT}\s*(?:,?\s*worden beantwoord|\.\s|$)",
        re.IGNORECASE | re.DOTALL,
    ),
    re.compile(
        r"(?:Hierbij|Hiermee|Bijgaand|Bijgevoegd|Met deze brief)\b[^.]{0,300}?\b(?:antwoorden|beantwoording)(?: aan)?\s+(?:op|van)\s+"
        rf"{_QUESTIONS}{_TAIL}\s*(?:\.(?=\s|$)|$){_MORE}",
        re.IGNORECASE | re.DOTALL,
    ),
)
"""Forms of the sentence that says what is answered."""

_HEAD = re.compile(
    rf"(?:Antwoord(?:en)?|Beantwoording)(?: van (?:de )?(?P<by>(?:minister|staatssecretaris).{{1,300}}?))?\s+(?:op|van)\s+"
    rf"{_QUESTIONS}{_TAIL}\s*[.:]?",
    re.IGNORECASE | re.DOTALL,
)
_DELAY = re.compile(
    r"(?=.*\bvragen\b)(?=.*\bbeantwoord)(?=.*(?:niet|langer|meer tijd))(?=.*(?:gebruikelijke|gestelde|binnen de) ?termijn)",
    re.IGNORECASE | re.DOTALL,
)
_BEHALF = re.compile(r"mede namens (?:de )?(?P<who>(?:minister|staatssecretaris).+?)\s*,?", re.IGNORECASE)
_BEHALF_WITHIN = re.compile(
    r"mede namens (?:de )?(?P<who>(?:minister|staatssecretaris)[^.]+?)\s*,?\s+(?:de|mijn) (?:antwoorden|beantwoording)",
    re.IGNORECASE,
)
_NAME_WORD = r"(?:[A-ZÀ-Ž&][\w.’'()/&-]*|en|van|voor|de|der|den|het|te|aan|in|op|tot|-)"
NAME_WORDS = rf"{_NAME_WORD}(?:,?\s+{_NAME_WORD}){{0,12}}"
"""The name of an office, a ministry or a department: words with a capital, and small words between them."""

_ROLE = re.compile(
    r"(?:(?i:de)\s+)?(?P<office>(?i:minister-president|minister|staatssecretaris))"
    rf"(?:\s+(?i:(?P<of>van|voor))\s+(?P<body>{NAME_WORDS}))?\s*,?"
)
_NAME = re.compile(r"[^\W\d_][\w.’'-]*")
_SENTENCE_END = re.compile(r"\.(?=\s|$)")
_DATE_IN = re.compile(DATE, re.IGNORECASE)
_NUMBER_IN = re.compile(r"(?:kenmerk|nummer|nr\.?)\s+([\w./-]{1,60})", re.IGNORECASE)


class Said(Struct, frozen=True):
    """What a sentence says about the questions."""

    text: str
    who: str
    to: str
    subject: str
    submitted: str = ""
    """Date as printed; empty if the sentence has none."""
    number: str = ""
    by: str = ""
    """The offices that answer, if the sentence names them."""


class Signature(Struct, frozen=True):
    """An office with the name below it."""

    office: str
    body: str
    name: str
    lines: frozenset[int]
    """Numbers of its lines."""


def covering_sentence(lines: Sequence[str]) -> tuple[Said | None, range]:
    """Return what a letter sends or answers, and the lines that contain the sentence and nothing else."""
    text = " ".join(" ".join(lines).split())[:LONGEST]
    match = next((m for pattern in _COVERING if (m := pattern.search(text)) is not None), None)
    if match is None:
        return None, range(0)
    end = match.end()
    if not text[:end].rstrip().endswith("."):
        found = _SENTENCE_END.search(text, end)
        end = found.end() if found else len(text)
    starts = list(accumulate((len(" ".join(line.split())) + 1 for line in lines), initial=0))
    ends = {start - 1: k for k, start in enumerate(starts)}
    first, last = match.start(), len(text[:end].rstrip())
    whole = range(starts.index(first), ends[last]) if first in starts and last in ends else range(0)
    return _said(match), whole


def head_of_answers(lines: Sequence[str]) -> tuple[Said | None, range]:
    """Return what the title of the answers says, which is often typed as two paragraphs, and its lines."""
    for index, line in enumerate(lines):
        for count in (1, 2):
            match = _HEAD.fullmatch(" ".join(lines[index : index + count])) if len(line) <= LONGEST else None
            if match is not None:
                return _said(match), range(index, min(index + count, len(lines)))
    return None, range(0)


def _said(match: re.Match[str]) -> Said:
    groups = match.groupdict()
    about = " ".join(groups.get(name) or "" for name in ("tail", "more"))
    if groups.get("number"):  # "In antwoord op uw brief van …" says when the questions were sent
        about = match[0]
    date, number = _DATE_IN.search(about), CASE.search(about) or _NUMBER_IN.search(about)
    named = number.group(number.lastindex or 0) if number else ""
    return Said(
        match[0],
        groups["who"],
        groups.get("to") or "",
        " ".join(groups["subject"].split()).rstrip("."),
        date[0] if date else "",
        groups.get("number") or named,
        groups.get("by") or "",
    )


def is_delay(text: str) -> bool:
    """Return whether a paragraph announces that questions will be answered after the deadline."""
    return _DELAY.match(text) is not None


def on_behalf(line: str) -> str:
    """Return the others on whose behalf the sender answers, if a line contains only that."""
    match = _BEHALF.fullmatch(line)
    return match["who"] if match else ""


def on_behalf_within(text: str) -> str:
    """Return the others on whose behalf the sender answers, from a sentence that also says more."""
    match = _BEHALF_WITHIN.search(text) or _BEHALF.search(text)
    return match["who"] if match else ""


def signatures(lines: Sequence[str]) -> Iterator[Signature]:
    """Yield the signatures: an office on one or two lines, with a name below it."""
    k = 0
    while k < len(lines):
        found = next((s for count in (2, 1) if (s := _signature(lines, k, count)) is not None), None)
        if found is not None:
            yield found
        k = max(found.lines) + 1 if found is not None else k + 1


def _signature(lines: Sequence[str], start: int, count: int) -> Signature | None:
    """Return the signature whose office is on `count` lines from `start`."""
    parts = [line.strip() for line in lines[start : start + count]]
    if len(parts) < count or (count > 1 and not all(part.endswith(",") for part in parts)):
        return None
    role = _ROLE.fullmatch(" ".join(parts))
    if role is None or (count > 1 and (_ROLE.fullmatch(parts[1]) or on_behalf(parts[1]))):
        return None
    after = range(start + count, min(start + count + 2, len(lines)))
    below = next((k for k in after if is_name(lines[k])), None)
    if below is None:
        return None
    body = _as_ministry(role["body"] or "")
    numbers = frozenset({*range(start, start + count), below})
    return Signature(role["office"].capitalize(), body, lines[below].strip(), numbers)


def _as_ministry(name: str) -> str:
    """Return the usual spelling of a ministry that a letter prints in capitals."""
    return next((known for known in MINISTRIES if known.upper() == name), name)


def is_office(line: str) -> bool:
    """Return whether a line is the office of a signature."""
    return _ROLE.fullmatch(line.strip()) is not None


def is_name(line: str) -> bool:
    """Return whether a line is the name of a person, such as "drs. D.M. van Weel"."""
    words = line.split()
    return (
        1 < len(words) < 9
        and all(map(_NAME.fullmatch, words))
        and words[-1][0].isupper()
        and any(w[0].isupper() for w in words[:-1])
    )
