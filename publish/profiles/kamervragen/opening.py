"""The two opening lines of a document: who asks whom about what, who answers, when, and related documents.

The content of the lines becomes metadata. The corresponding parts of the text get a role, so that a format can mark them.
The text itself is never changed or corrected.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from msgspec import Struct

from publish.model import nodes as n
from publish.model.metadata import Agent, DocumentDate, Related
from publish.model.ministries import office_of, split
from publish.model.roles import (
    ANSWERS_LINE,
    DATE,
    OFFICE,
    ORGANISATION,
    PERSON,
    QUESTIONS_LINE,
    SESSION,
    TITLE,
)
from publish.model.text import plain_text, wrap
from publish.profiles.kamervragen.dates import DATE as DATE_PATTERN
from publish.profiles.kamervragen.dates import parse_date, printed_session

_QUESTIONS = re.compile(
    r"Vra(?:ag|gen) van (?:het lid|de leden)\s+(?P<who>.{1,600}?)\s+aan\s+(?P<to>.{1,400}?)\s+"
    r"(?:over|inzake|betreffende|naar aanleiding van)\s+(?P<subject>.{1,1000}?)\s*"
    rf"(?:\((?:ingezonden|gesteld)\s+(?P<date>{DATE_PATTERN})\)\s*\.?)?",
    re.IGNORECASE,
)
_ANSWERS = re.compile(r"(?:Antwoord|Antwoorden|Mededeling)\s+van\s+(?P<rest>.+)", re.IGNORECASE)
_RECEIVED = re.compile(rf"\(ontvangen\s+(?P<date>{DATE_PATTERN})\)", re.IGNORECASE)
_OFFICE = r"(?:Minister-President|Minister|Staatssecretaris)"
_ANSWERER = re.compile(
    rf"(?:de\s+)?(?P<office>{_OFFICE})\s+(?P<name>[^(),]{{1,100}}?)\s+\((?P<body>[^)]+)\)", re.IGNORECASE
)
_BEHALF = re.compile(r",?\s+mede namens\s+(?P<who>.+?)\s*(?=\(ontvangen|$)", re.IGNORECASE)
_SEE_ALSO = re.compile(
    r"Zie ook\s+(?P<text>Aanhangsel(?: van de)? Handelingen,?\s+vergaderjaar\s+[\d–-]+,\s+nrs?\.\s*(?P<numbers>\d+(?:\s*(?:,|en)\s*\d+)*))"
)
_SESSION = re.compile(r"vergaderjaar\s+[\d–-]+")
_MEMBER = re.compile(r"\s*,?\s*(?:en\s+)?(?P<names>[^()]{1,300}?)\s*\((?P<party>[^)]{1,100})\)")
_NEXT_OFFICE = re.compile(
    rf"(?<!Minister-President)\s*(?:,|,?\s+en)\s+(?:aan\s+)?(?:de\s+)?(?={_OFFICE}(?:s|sen)?\b)",
    re.IGNORECASE,
)
_PLURAL = re.compile(
    r"(?P<one>Minister|Staatssecretaris)(?:s|sen)\s+(?P<rest>(?:van|voor)\s+.+)", re.IGNORECASE
)
_NEXT_MINISTRY = re.compile(r"(?:,|,?\s+en)\s+(?=(?:van|voor)\s)")


class Opening(Struct):
    """Data in an opening line."""

    paragraph: n.Paragraph
    subject: str = ""
    agents: tuple[Agent, ...] = ()
    dates: tuple[DocumentDate, ...] = ()
    related: tuple[Related, ...] = ()
    complete: bool = True
    """False if the line begins as an opening line, but a part of it was not found."""


def questions_line(paragraph: n.Paragraph) -> Opening | None:
    """Read "Vragen van het lid … aan … over … (ingezonden …)."; return None for any other paragraph."""
    text = plain_text(paragraph.inlines)
    if not re.match(r"Vra(ag|gen) van (het lid|de leden)\b", text, re.IGNORECASE):
        return None
    match = _QUESTIONS.fullmatch(text)
    if match is None:
        return Opening(_with_role(paragraph, paragraph.inlines, QUESTIONS_LINE), complete=False)
    spans: list[Mark] = [(match.span("subject"), n.TextSpan((), TITLE))]
    dates: tuple[DocumentDate, ...] = ()
    if match["date"] and (date := parse_date(match["date"])):
        dates = (DocumentDate("submitted", date, match["date"]),)
        spans.append((match.span("date"), _date_span(dates[0])))
    agents = (*members(match["who"]), *offices(match["to"], "addressee"))
    spans += _members(agents, text, match.span("who"))
    spans += _offices(agents, text, match.span("to"))
    inlines = _mark(paragraph.inlines, spans)
    return Opening(
        _with_role(paragraph, inlines, QUESTIONS_LINE), match["subject"], agents, dates, complete=bool(dates)
    )


def answers_line(paragraph: n.Paragraph) -> Opening | None:
    """Read "Antwoord van … (…), mede namens … (ontvangen …). Zie ook …"; return None for any other paragraph."""
    text = plain_text(paragraph.inlines)
    match = _ANSWERS.fullmatch(text)
    if match is None:
        return None
    spans: list[Mark] = []
    dates: tuple[DocumentDate, ...] = ()
    received = _RECEIVED.search(text)
    if received and (date := parse_date(received["date"])):
        # "Mededeling van …" announces a late answer; it is not an answer.
        role = "notice" if text.startswith("Mededeling") else "answered"
        dates = (DocumentDate(role, date, received["date"]),)
        spans.append((received.span("date"), _date_span(dates[0])))
    behalf = _BEHALF.search(text)
    head = text[: behalf.start()] if behalf else text[: received.start()] if received else text
    answerers = list(_ANSWERER.finditer(head))
    agents = tuple(Agent("answerer", m["name"].strip(), m["office"], m["body"]) for m in answerers)
    for agent, m in zip(agents, answerers, strict=True):
        values = (
            ("name", agent.name),
            ("capacity", "answerer"),
            ("office", m["office"]),
            ("body", m["body"]),
        )
        spans.append((m.span("name"), n.TextSpan((), PERSON, attrs=n.Attrs(values=values))))
        spans.append((m.span("office"), _office_span(m["office"], m["body"])))
        spans.append((m.span("body"), _body_span(m["body"])))
    if behalf:
        others = offices(behalf["who"], "on-behalf")
        spans += _offices(others, text, behalf.span("who"))
        agents += others
    see_also = list(_SEE_ALSO.finditer(text))
    related = tuple(r for m in see_also for r in _related(m))
    spans += (span for m in see_also for span in _sessions(m))
    inlines = _mark(paragraph.inlines, spans)
    found = bool(dates) and any(a.capacity == "answerer" for a in agents)
    return Opening(_with_role(paragraph, inlines, ANSWERS_LINE), "", agents, dates, related, complete=found)


def _with_role(paragraph: n.Paragraph, inlines: tuple[n.Inline, ...], role: str) -> n.Paragraph:
    return n.Paragraph(inlines, role, id=paragraph.id, attrs=paragraph.attrs, span=paragraph.span)


def _date_span(date: DocumentDate) -> n.TextSpan:
    values = (("date", date.date.isoformat()), ("event", date.role))
    return n.TextSpan((), DATE, attrs=n.Attrs(values=values))


Mark = tuple[tuple[int, int], n.TextSpan]
"""Range of characters in a line, and the span that it becomes."""


def _members(agents: Iterable[Agent], text: str, within: tuple[int, int]) -> Iterator[Mark]:
    """Yield the positions of the names of members and their parties in the line."""
    at, party = within[0], -1
    for agent in agents:
        if agent.capacity != "questioner":
            continue
        start = text.find(agent.name, at, within[1])
        if start < 0:
            continue
        at = start + len(agent.name)
        values = (("name", agent.name), ("capacity", "questioner"))
        yield (start, at), n.TextSpan((), PERSON, attrs=n.Attrs(values=values))
        found = text.find(agent.party, at, within[1]) if agent.party else -1
        if found >= 0 and found != party:
            party = found
            yield (found, found + len(agent.party)), _body_span(agent.party)


def _offices(agents: Iterable[Agent], text: str, within: tuple[int, int]) -> Iterator[Mark]:
    """Yield the positions of offices that the line prints one by one."""
    at = within[0]
    for agent in agents:
        start = text.find(agent.office, at, within[1]) if agent.office else -1
        if start >= 0 and not agent.name:
            at = start + len(agent.office)
            yield (start, at), _office_span(*office_of(agent.office))


def _sessions(match: re.Match[str]) -> Iterator[Mark]:
    found = _SESSION.search(match["text"])
    session = printed_session(match["text"])
    if found and session:
        start = match.start("text")
        span = n.TextSpan((), SESSION, attrs=n.Attrs(values=(("value", session),)))
        yield (start + found.start(), start + found.end()), span


def _office_span(office: str, body: str) -> n.TextSpan:
    return n.TextSpan((), OFFICE, attrs=n.Attrs(values=(("office", office), ("body", body))))


def _body_span(name: str) -> n.TextSpan:
    return n.TextSpan((), ORGANISATION, attrs=n.Attrs(values=(("name", name),)))


def _mark(inlines: tuple[n.Inline, ...], spans: Sequence[Mark]) -> tuple[n.Inline, ...]:
    for (start, end), pattern in spans:
        inlines = wrap(inlines, [(start, end, partial(_like, pattern))])
    return inlines


def _like(pattern: n.TextSpan, inside: tuple[n.Inline, ...]) -> n.Inline:
    return n.TextSpan(inside, pattern.role, attrs=pattern.attrs)


def members(text: str) -> tuple[Agent, ...]:
    """Return the members in a line such as "Temmink en Van Nispen (beiden SP)"."""
    out: list[Agent] = []
    for match in _MEMBER.finditer(text):
        party = re.sub(r"^(beiden|allen)\s+", "", match["party"])
        names = re.split(r"\s*,\s*|\s+en\s+", match["names"])
        out += [Agent("questioner", name.strip(), party=party) for name in names if name.strip()]
    return tuple(out) or (Agent("questioner", text.strip()),)


def offices(text: str, capacity: str) -> tuple[Agent, ...]:
    """Return the offices in a line such as "de ministers van Financiën en van Sociale Zaken"."""
    parts = [part.strip().rstrip(",.").removeprefix("de ") for part in _NEXT_OFFICE.split(text)]
    found: list[str] = []
    for part in parts:
        plural = _PLURAL.fullmatch(part)
        if plural is None:
            found.append(part)
        else:  # one office for each ministry
            for ministries in _NEXT_MINISTRY.split(plural["rest"]):
                word, _, names = ministries.strip().partition(" ")
                found += [f"{plural['one']} {word} {name}" for name in split(names)]
    return tuple(Agent(capacity, office=office) for office in found if office)  # type: ignore[arg-type]


def _related(match: re.Match[str]) -> Iterator[Related]:
    session = printed_session(match["text"]).replace("-", "")
    for number in re.findall(r"\d+", match["numbers"]):
        yield Related("see-also", match["text"], f"ah-tk-{session}-{number}" if session else "")
