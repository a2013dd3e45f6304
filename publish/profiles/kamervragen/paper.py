"""Front of a paper from the data of a covering letter: title, number and opening lines as the Tweede Kamer prints them.

Values that only the publication office knows are gaps in brackets.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from publish.model import nodes as n
from publish.model.metadata import Agent, Metadata
from publish.model.ministries import MISSPELLED
from publish.model.roles import DOCUMENT_TYPE, NUMBER
from publish.profiles.kamervragen.dates import MONTHS

TITLE = "Vragen gesteld door de leden der Kamer, met de daarop door de regering gegeven antwoorden"
NUMBER_GAP = "[nummer]"
DATE_GAP = "[datum]"

_BEFORE_SURNAME = re.compile(
    r"(?:(?:[A-ZÀ-Ž][a-z]{0,2}\.)+|(?:prof|dr|drs|mr|ir|ing|bc|jhr|jkvr)\.?)(?=\s)\s+", re.IGNORECASE
)
_OFFICE = re.compile(
    r"(?P<office>minister|staatssecretaris)\s+(?P<of>van|voor)\s+(?P<body>.+)", re.IGNORECASE
)
_TOGETHER = {2: "beiden ", 1: ""}


def front(metadata: Metadata) -> tuple[n.Paragraph, n.Paragraph]:
    """Return the title of the series and the number."""
    number = metadata.number or NUMBER_GAP
    return n.Paragraph((n.Text(TITLE),), DOCUMENT_TYPE), n.Paragraph((n.Text(number),), NUMBER)


def questions_line(metadata: Metadata) -> n.Paragraph:
    """Return the line that says who asks whom about what: "Vragen van het lid … aan … over … (ingezonden …)."."""
    members = metadata.agents_as("questioner")
    inlines: list[n.Inline] = [n.Text("Vragen van het lid " if len(members) == 1 else "Vragen van de leden ")]
    inlines += _members(members)
    to = metadata.agents_as("addressee") or tuple(
        Agent("addressee", office=_office(agent)) for agent in metadata.agents_as("answerer")
    )
    inlines += [n.Text(f" aan {_offices([agent.office for agent in to])}")] if to else []
    inlines += [n.Text(" over "), n.Emphasis((n.Text(metadata.subject),))]
    inlines.append(n.Text(f" (ingezonden {_date(metadata, 'submitted')})."))
    return n.Paragraph(tuple(inlines))


def answers_line(metadata: Metadata) -> n.Paragraph:
    """Return the line that says who answers: "Antwoord van … (…), mede namens … (ontvangen …)."."""
    inlines: list[n.Inline] = [n.Text("Antwoord van ")]
    answerers = metadata.agents_as("answerer")
    for k, agent in enumerate(answerers):
        before = "" if k == 0 else " en " if k == len(answerers) - 1 else ", "
        body = f" ({_spelled(agent.organisation)})" if agent.organisation else ""
        inlines += [
            n.Text(f"{before}{agent.office} "),
            n.Strong((n.Text(surname(agent.name)),)),
            n.Text(body),
        ]
    others = [agent.office for agent in metadata.agents_as("on-behalf")]
    inlines.append(n.Text(f", mede namens {_offices(others)}" if others else ""))
    inlines.append(n.Text(f" (ontvangen {_date(metadata, 'answered')})."))
    return n.Paragraph(tuple(x for x in inlines if not isinstance(x, n.Text) or x.text))


def surname(name: str) -> str:
    """Return a name without titles, initials and given name, as the Tweede Kamer prints it: "D.M. van Weel" becomes "Van Weel", "Hanke Slot" becomes "Slot"."""
    rest = name.strip()
    while (match := _BEFORE_SURNAME.match(rest)) is not None:
        rest = rest[match.end() :]
    first, _, others = rest.partition(" ")
    if (
        rest == name.strip() and others and first[:1].isupper()
    ):  # a name without initials begins with a given name
        rest = others
    return rest[:1].upper() + rest[1:]


def _members(members: Sequence[Agent]) -> list[n.Inline]:
    groups = [(party, list(group)) for party, group in groupby(members, key=lambda agent: agent.party)]
    out: list[n.Inline] = []
    for g, (party, group) in enumerate(groups):
        out.append(n.Text("" if g == 0 else " en " if g == len(groups) - 1 else ", "))
        for k, agent in enumerate(group):
            out.append(n.Text("" if k == 0 else " en " if k == len(group) - 1 else ", "))
            out.append(n.Strong((n.Text(agent.name),)))
        out.append(n.Text(f" ({_TOGETHER.get(len(group), 'allen ')}{party})" if party else ""))
    return [x for x in out if not isinstance(x, n.Text) or x.text]


def _office(agent: Agent) -> str:
    return f"{agent.office} van {agent.organisation}" if agent.organisation else agent.office


def _offices(offices: Sequence[str]) -> str:
    """Return offices in one phrase: "de Ministers van A en van B", "de Minister van A en de Staatssecretaris van B"."""
    offices = [_spelled(office) for office in offices]
    found = [_OFFICE.fullmatch(office) for office in offices]
    kinds = {match["office"].lower() for match in found if match is not None}
    if len(offices) > 1 and all(found) and len(kinds) == 1:
        plural = {"minister": "Ministers", "staatssecretaris": "Staatssecretarissen"}[kinds.pop()]
        return f"de {plural} " + _joined([f"{m['of']} {m['body']}" for m in found if m is not None])
    return _joined([f"de {office[:1].upper()}{office[1:]}" for office in offices])


def _spelled(office: str) -> str:
    """Return an office with the name of its ministry as the government spells it."""
    for wrong, right in MISSPELLED.items():
        office = office.replace(wrong, right)
    return office


def _joined(parts: Sequence[str]) -> str:
    return " en ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)


def _date(metadata: Metadata, role: str) -> str:
    date = metadata.date(role)
    return f"{date.day} {MONTHS[date.month - 1]} {date.year}" if date is not None else DATE_GAP
