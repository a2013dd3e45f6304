"""Speakers who ask and answer, and the dates of the workflow."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from msgspec import Struct

from publish.writers.akn.agents import References, ministry_of
from publish.writers.akn.xml import sub

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

    from publish.model.metadata import Metadata
    from publish.writers.akn.work import Work


class Speakers(Struct, frozen=True):
    """Speakers who ask and answer, as `#eId`s; empty if unknown."""

    asker: str
    asker_role: str
    asked: str
    answerer: str
    answerer_role: str
    askers: tuple[tuple[str, str], ...] = ()
    """All questioners with their roles: an element names one speaker, the workflow names all."""
    answerers: tuple[tuple[str, str], ...] = ()


NOBODY = Speakers("", "", "", "", "")

MEMBER = "member"
"""Role of the questioners."""


def speakers_of(metadata: Metadata, known: References, author: str) -> Speakers:
    """Return the speakers of a document with questions and answers; without a named questioner, its author asks."""
    addressees = [ministry_of(a) for a in metadata.agents_as("addressee") if ministry_of(a)]
    asked = known.organisation(addressees[0]) if addressees else ""
    askers = [known.person(a.name) for a in metadata.agents_as("questioner") if a.name]
    member = known.role(MEMBER) if askers else ""
    answerers = [
        (known.person(a.name), known.office(a.office, a.organisation) if a.office else "")
        for a in metadata.agents_as("answerer")
        if a.name
    ]
    if not answerers:
        answerers = [(asked or known.organisation(known.jurisdiction.government), "")]
    return Speakers(
        asker=askers[0] if askers else author or known.organisation(known.jurisdiction.government),
        asker_role=member,
        asked=asked,
        answerer=answerers[0][0],
        answerer_role=answerers[0][1],
        askers=tuple((asker, member) for asker in askers) or ((author or answerers[0][0], ""),),
        answerers=tuple(answerers),
    )


def workflow(meta: Element, metadata: Metadata, work: Work, known: References, speakers: Speakers) -> str:
    """Append the steps before publication in chronological order; return the `#eId` of the last event."""
    actors = {"submitted": speakers.askers, "answered": speakers.answerers}
    steps: list[tuple[dt.date, str, str, str]] = []
    for dated in metadata.dates:
        if dated.role == "published":
            continue
        event = known.event(dated.role)
        by = actors.get(dated.role) or ((work.author, work.author_role),)
        steps += [(dated.date, *actor, event) for actor in by]
    if not steps:
        return ""
    steps.sort(key=lambda step: step[0])
    element = sub(meta, "workflow", {"source": "#publish"})
    for number, (date, by_whom, role, event) in enumerate(steps, start=1):
        attributes = {"eId": f"step_{number}", "date": date.isoformat(), "by": by_whom}
        sub(element, "step", attributes | ({"as": role} if role else {}) | {"refersTo": event})
    return steps[-1][3]
