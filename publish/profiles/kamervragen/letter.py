"""Letter with the answers of a ministry: data in its opening, subject and signature.

The letter is a Word file. Depending on the template, its date, subject and reference are in the text or in the header of
the first page. Values in the text have priority, because the header is often out of date.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from publish.model.metadata import Agent, DocumentDate, Identifier, Metadata
from publish.profiles.kamervragen.dates import DATE, parse_date
from publish.profiles.kamervragen.opening import members, offices

_LONGEST = 8000
"""Number of characters at the start of a letter in which to search for its opening."""

_WHO = r"(?:het (?:kamer)?lid|de (?:kamer)?leden)\s+(?P<who>.{1,400}?)"
_TO = r"(?:\s+aan\s+(?:de\s+)?(?P<to>(?:minister|staatssecretaris).{1,300}?))?"
_ABOUT = r"\s+(?:over|inzake|betreffende|naar aanleiding van)\s+(?P<subject>.{1,600}?)"

_OPENING = re.compile(
    rf"In (?:het )?antwoord op uw brief(?: van)? (?P<date>{DATE}),?\s*(?:\()?(?:met )?(?:nr\.?|nummer|kenmerk)?\s*"
    rf"(?P<number>[\w./-]{{1,60}}?)\)?,?\s.{{0,300}}?vragen van {_WHO}{_TO}{_ABOUT}\s*(?:,?\s*worden beantwoord|\.\s|$)",
    re.IGNORECASE | re.DOTALL,
)
_HEAD = re.compile(
    rf"(?:Antwoord(?:en)?|Beantwoording)(?: van (?:de )?(?P<by>(?:minister|staatssecretaris).{{1,300}}?))?\s+(?:op|van)\s+(?:de\s+)?"
    rf"(?:schriftelijke\s+)?(?:kamer)?vragen van {_WHO}{_TO}{_ABOUT}\s*[.:]?",
    re.IGNORECASE | re.DOTALL,
)
_DELAY = re.compile(
    r"(?=.*\bvragen\b)(?=.*\bbeantwoord)(?=.*(?:niet|langer|meer tijd))(?=.*(?:gebruikelijke|gestelde|binnen de) ?termijn)",
    re.IGNORECASE | re.DOTALL,
)
_BEHALF = re.compile(r"mede namens (?:de )?(?P<who>(?:minister|staatssecretaris).+?)\s*,?$", re.IGNORECASE)
_ROLE = re.compile(
    r"(?:de\s+)?(?P<office>minister-president|minister|staatssecretaris)(?:\s+(?P<body>(?:van|voor)\s+.+?))?\s*,?",
    re.IGNORECASE,
)
_NAME = re.compile(r"[^\W\d_][\w.’'-]*")
_LABELS = {
    "datum": "date",
    "onderwerp": "subject",
    "betreft": "subject",
    "ons kenmerk": "reference",
    "kenmerk": "reference",
}
_REFERENCE = re.compile(r"[\w./-]*\d[\w./-]*")
_CASE = re.compile(r"\d{4}Z\d{5}")
"""Pattern of the number that the Tweede Kamer assigns to a set of questions."""


class Letter(Struct, frozen=True):
    """Data that a letter contains about itself."""

    title: str = ""
    subject: str = ""
    reference: str = ""
    agents: tuple[Agent, ...] = ()
    dates: tuple[DocumentDate, ...] = ()
    identifiers: tuple[Identifier, ...] = ()


def is_letter(lines: Sequence[str]) -> bool:
    """Return whether the text before the first question is the text of a letter with answers."""
    return _opening(lines) is not None or _head(lines) is not None


def is_delay(text: str) -> bool:
    """Return whether a paragraph announces that questions will be answered after the deadline."""
    return _DELAY.match(text) is not None


def letter(lines: Sequence[str], header: Sequence[str], *, delayed: bool = False) -> Letter:
    """Read a letter.

    Args:
        lines: The paragraphs before the first question.
        header: The lines of the page header.
        delayed: Whether the letter contains no answer, but announces a later answer.
    """
    printed = _labelled(header) | _labelled(lines)
    opening = _opening(lines)
    head = _head(lines)
    agents: list[Agent] = []
    said = [match for match in (opening, head) if match is not None]
    if said:
        agents += members(said[0]["who"])
        to = next((match["to"] for match in said if match["to"]), "")
        agents += offices(to, "addressee") if to else ()
    signed = _signatures(lines)
    agents += signed
    behalf = [match["who"] for line in lines if (match := _BEHALF.fullmatch(line))]
    if not behalf and head and head["by"]:
        behalf = [match["who"] for match in [_BEHALF.search(head["by"])] if match]
    agents += [agent for who in behalf for agent in offices(who, "on-behalf")]
    dates: list[DocumentDate] = []
    if opening and (asked := parse_date(opening["date"])):
        dates.append(DocumentDate("submitted", asked, opening["date"]))
    if answered := parse_date(printed.get("date", "")):
        dates.append(DocumentDate("notice" if delayed else "answered", answered, printed["date"]))
    number = opening["number"] if opening else ""
    scheme = "zaaknummer" if _CASE.fullmatch(number) else "brief"
    return Letter(
        title=printed.get("subject", ""),
        subject=" ".join(said[0]["subject"].split()).rstrip(".") if said else "",
        reference=printed.get("reference", ""),
        agents=tuple(agents),
        dates=tuple(dates),
        identifiers=(Identifier(scheme, number),) if number else (),
    )


def completed(metadata: Metadata, found: Letter) -> Metadata:
    """Return the metadata, with missing values taken from a letter."""
    capacities = {agent.capacity for agent in metadata.agents}
    roles = {date.role for date in metadata.dates}
    return replace(
        metadata,
        title=found.title or metadata.title,
        subject=metadata.subject or found.subject,
        reference=metadata.reference or found.reference,
        agents=(*metadata.agents, *(a for a in found.agents if a.capacity not in capacities)),
        dates=(*metadata.dates, *(d for d in found.dates if d.role not in roles)),
        identifiers=(*metadata.identifiers, *found.identifiers),
    )


def _opening(lines: Sequence[str]) -> re.Match[str] | None:
    """Find the sentence with which a letter answers another letter."""
    return _OPENING.search(" ".join(" ".join(lines).split())[:_LONGEST])


def _head(lines: Sequence[str]) -> re.Match[str] | None:
    """Find the title of the answers, which is often typed as two paragraphs."""
    for index, line in enumerate(lines):
        whole = " ".join(lines[index : index + 2])
        if len(line) > _LONGEST:
            continue
        match = _HEAD.fullmatch(line) or _HEAD.fullmatch(whole)
        if match is not None:
            return match
    return None


def _labelled(lines: Sequence[str]) -> dict[str, str]:
    """Return the values after "Datum", "Onderwerp" and "Ons kenmerk", on the same line or the next."""
    out: dict[str, str] = {}
    for line, after in zip(lines, [*lines[1:], ""], strict=True):
        label, _, rest = line.partition("\t") if "\t" in line else (line, "", "")
        field = _LABELS.get(label.strip().rstrip(":").lower())
        value = (rest or after).strip()
        if field is None or field in out or not value or value.lower() in _LABELS:
            continue
        if field == "reference" and not _REFERENCE.fullmatch(value):
            continue
        out[field] = value
    return out


def _signatures(lines: Sequence[str]) -> list[Agent]:
    """Return the persons who sign: an office on a separate line, with a name below it."""
    out: list[Agent] = []
    for index, line in enumerate(lines):
        role = _ROLE.fullmatch(line.strip())
        if role is None:
            continue
        name = next((below.strip() for below in lines[index + 1 : index + 3] if _is_name(below)), "")
        if name:
            body = re.sub(r"^(van|voor)\s+", "", role["body"] or "")
            out.append(Agent("answerer", name, role["office"].capitalize(), body))
    return out


def _is_name(line: str) -> bool:
    """Return whether a line is the name of a person, such as "drs. D.M. van Weel"."""
    words = line.split()
    return (
        1 < len(words) < 9
        and all(map(_NAME.fullmatch, words))
        and words[-1][0].isupper()
        and any(w[0].isupper() for w in words[:-1])
    )
