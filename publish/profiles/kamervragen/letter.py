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
from publish.profiles.kamervragen.dates import parse_date
from publish.profiles.kamervragen.letter_text import (
    CASE,
    covering_sentence,
    head_of_answers,
    on_behalf,
    on_behalf_within,
    signatures,
)
from publish.profiles.kamervragen.letterhead import labelled
from publish.profiles.kamervragen.opening import members, offices

_FIELDS = {
    "datum": "date",
    "onderwerp": "subject",
    "betreft": "subject",
    "ons kenmerk": "reference",
    "kenmerk": "reference",
    "onze referentie": "reference",
    "uw referentie": "case",
    "uw kenmerk": "case",
    "uw brief (kenmerk)": "case",
}
"""The field of the letter for each label of its reference block."""

_REFERENCE = re.compile(r"[\w./-]*\d[\w./-]*")


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
    return covering_sentence(lines)[0] is not None or head_of_answers(lines)[0] is not None


def letter(lines: Sequence[str], header: Sequence[str], *, delayed: bool = False) -> Letter:
    """Read a letter.

    Args:
        lines: The paragraphs before the first question.
        header: The lines of the page header.
        delayed: Whether the letter contains no answer, but announces a later answer.
    """
    printed = _printed(header) | _printed(lines)
    said = [found for found, _ in (covering_sentence(lines), head_of_answers(lines)) if found is not None]
    agents: list[Agent] = []
    if said:
        agents += members(said[0].who)
        to = next((one.to for one in said if one.to), "")
        agents += offices(to, "addressee") if to else ()
    agents += (Agent("answerer", s.name, s.office, s.body) for s in signatures(lines))
    behalf = [who for line in lines if (who := on_behalf(line))]
    if not behalf:
        behalf = [who for one in said for text in (one.text, one.by) if (who := on_behalf_within(text))][:1]
    agents += [agent for who in behalf for agent in offices(who, "on-behalf")]
    dates: list[DocumentDate] = []
    submitted = next((one.submitted for one in said if one.submitted), "")
    if asked := parse_date(submitted):
        dates.append(DocumentDate("submitted", asked, submitted))
    if answered := parse_date(printed.get("date", "")):
        dates.append(DocumentDate("notice" if delayed else "answered", answered, printed["date"]))
    number = next((one.number for one in said if one.number), "") or _case(printed, lines)
    scheme = "zaaknummer" if CASE.fullmatch(number) else "brief"
    return Letter(
        title=printed.get("subject", ""),
        subject=said[0].subject if said else "",
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


def _case(printed: dict[str, str], lines: Sequence[str]) -> str:
    """Return the number that the Tweede Kamer assigned to the questions, if the letter prints it separately."""
    found = [printed.get("case", ""), *lines]
    return next((line for line in found if CASE.fullmatch(line)), "")


def _printed(lines: Sequence[str]) -> dict[str, str]:
    """Return the values of the reference block by field: of each field the first that has its form."""
    out: dict[str, str] = {}
    for one in labelled(lines):
        field = _FIELDS.get(one.label)
        if field is None or field in out or not one.value:
            continue
        if field == "reference" and not _REFERENCE.fullmatch(one.value):
            continue
        if field == "date" and parse_date(one.value) is None:
            continue
        out[field] = one.value
    return out
