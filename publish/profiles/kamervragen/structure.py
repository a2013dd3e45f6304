"""Conversion of a document as read to opening lines, questions and answers."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from publish.diagnostics import Diagnostic
from publish.diagnostics.codes import make
from publish.model import nodes as n
from publish.model.account import AccountEntry
from publish.model.metadata import Identifier, Metadata
from publish.model.outline import Flat, Heading, flatten, nest
from publish.model.policy import Series
from publish.model.roles import ANSWER, DOCUMENT_TYPE, NUMBER, QUESTION, REMARK
from publish.model.text import is_bold, plain_text, without_bold
from publish.profiles.base import ProfileResult
from publish.profiles.kamervragen.covering_letter import Front, without_letter
from publish.profiles.kamervragen.dates import printed_session, session_of
from publish.profiles.kamervragen.letter import completed, is_letter, letter
from publish.profiles.kamervragen.letter_text import is_delay
from publish.profiles.kamervragen.lines import lines_of
from publish.profiles.kamervragen.member_notes import MEMBER, Lifted, lift
from publish.profiles.kamervragen.opening import Opening, answers_line, questions_line
from publish.profiles.kamervragen.options import KamervragenOptions
from publish.profiles.kamervragen.units import announced_by, split_units

CHAMBER = "Tweede Kamer der Staten-Generaal"
SERIES = "Aanhangsel van de Handelingen"
REMARK_TEXT = re.compile(r"(Toelichting|Mededeling|Opmerking)\s*(:|$)", re.IGNORECASE)
DELAY_SUBJECT = re.compile(r"vragen van (?:het|de) (?:kamer)?(?:lid|leden)\b", re.IGNORECASE)
DOCUMENT_TYPE_TEXT = re.compile(r"Vragen gesteld door de leden der Kamer\b.*", re.IGNORECASE | re.DOTALL)


def recognise(document: n.Document) -> bool:
    """Return whether a document contains kamervragen.

    The document has at least one numbered question and one numbered answer, or the title of the Aanhangsel above a
    question, or it is a notice of delay.
    """
    flat = split_units(flatten(document.blocks))
    roles = {found.role for block in flat if (found := announced_by(block))}
    titled = any(DOCUMENT_TYPE_TEXT.fullmatch(text) for text in lines_of((*document.front, *flat)) if text)
    return roles == {QUESTION, ANSWER} or (titled and QUESTION in roles) or _is_delay(flat)


class _Parts(Struct):
    """Parts of a document."""

    front: list[n.Block]
    body: list[n.Block]
    openings: list[Opening]
    number: str = ""
    session: str = ""


def apply(document: n.Document, options: KamervragenOptions) -> ProfileResult:
    """Add the structure and metadata of kamervragen to a document."""
    flat = split_units(flatten(document.blocks))
    first = next((k for k, block in enumerate(flat) if announced_by(block)), len(flat))
    lines = lines_of(flat[:first])
    delayed = _is_delay(flat)
    sent = is_letter(lines) or delayed
    lifted = Lifted(tuple(flat), {})
    if sent:
        lifted = lift(flat, first, document.source, separate=options.member_notes == "separate")
        flat = _without_looks(list(lifted.blocks), first)
    parts = _Parts(list(document.front), [], [], number="" if sent else _number(flat[:first]))
    title = document.title
    if title and DOCUMENT_TYPE_TEXT.fullmatch(plain_text(title).strip()):
        parts.front.insert(0, n.Paragraph(title, DOCUMENT_TYPE))
        title = ()
    metadata = document.metadata
    if title != document.title:
        metadata = replace(metadata, title="")
    if sent:
        header = metadata.extra.get("header", "").split("\n")
        metadata = completed(metadata, letter(lines, header, delayed=delayed))
    front = Front(tuple(flat[:first]))
    if sent and not delayed and options.letter == "drop":
        front = without_letter(flat[:first], metadata, document.source)
        # The title in the properties of the file is that of the letter or of its template.
        metadata = replace(metadata, title=plain_text(title))
    for block in front.blocks:
        if sent and front.is_letter and not isinstance(block, Heading):
            parts.front.append(block)
        else:
            parts.front.append(_front(block, parts))
    parts.body = list(_units(flat[first:]))
    metadata = _metadata(metadata, parts)
    found = [
        *front.diagnostics,
        *lifted.diagnostics,
        *_report(document.source, parts),
        *_check_units(document.source, parts.body),
    ]
    if not metadata.session:
        hint = "Add `session: 2021-2022` to the front matter"
        hint = "Give it with --set session=2021-2022" if sent else hint
        found.append(make("PUB-M002", "Parliamentary session is unknown", source=document.source, hint=hint))
    policy = document.note_policy
    if lifted.found and options.member_notes == "separate":
        policy = replace(policy, series=policy.series | {MEMBER: Series(source_labels="keep")})
    result = replace(
        document,
        metadata=metadata,
        title=title,
        front=tuple(parts.front),
        blocks=tuple(parts.body),
        notes=document.notes | lifted.notes,
        note_policy=policy,
    )
    account = [AccountEntry("PUB-M014", marker) for marker in lifted.markers]
    account += [AccountEntry("PUB-M014", kind="note label")] if lifted.found else []
    account += front.account
    return ProfileResult(result, tuple(found), tuple(account))


def _number(front: Sequence[Flat]) -> str:
    """Return the document number: the last separate number. The number before it can be that of the chamber (1 or 2)."""
    return next((text for block in reversed(front) if re.fullmatch(r"\d{1,5}", text := _text(block))), "")


def _is_delay(flat: Sequence[Flat]) -> bool:
    """Return whether the document contains only the notice that the answers will come later."""
    return not any(map(announced_by, flat)) and any(
        is_delay(line) and DELAY_SUBJECT.search(line) for line in lines_of(flat)
    )


def _without_looks(flat: list[Flat], first: int) -> list[Flat]:
    """Remove the layout of a letter from questions and answers: page breaks, and bold of whole questions."""
    out = flat[:first]
    question = False
    for block in flat[first:]:
        announced = announced_by(block)
        if announced is not None:
            question = announced.role == QUESTION
        if isinstance(block, n.PageBreak):
            continue
        if question and announced is None and isinstance(block, n.Paragraph) and is_bold(block.inlines):
            out.append(replace(block, inlines=without_bold(block.inlines)))
        else:
            out.append(block)
    return out


def _text(block: Flat) -> str:
    match block:
        case Heading():
            return plain_text(block.title).strip()
        case n.Paragraph():
            return plain_text(block.inlines).strip()
        case _:
            return ""


def _title(block: Flat) -> tuple[n.Inline, ...]:
    """Return the text of a heading, or of a paragraph that is used as a heading."""
    inlines = block.title if isinstance(block, Heading) else getattr(block, "inlines", ())
    while len(inlines) == 1 and isinstance(inlines[0], n.Emphasis | n.Underline):
        inlines = inlines[0].inlines  # letters format headings in this way
    return without_bold(inlines) if is_bold(inlines) else inlines


def _front(block: Flat, parts: _Parts) -> n.Block:
    text = _text(block)
    inlines = _title(block) if isinstance(block, Heading) else getattr(block, "inlines", ())
    role = ""
    if DOCUMENT_TYPE_TEXT.fullmatch(text):
        role = DOCUMENT_TYPE
    elif re.fullmatch(r"\d{1,5}", text) and text == parts.number:
        role = NUMBER
    elif re.match(r"Vergaderjaar\b", text, re.IGNORECASE):
        parts.session = printed_session(text)
    if isinstance(block, Heading):
        return n.Paragraph(inlines, role or "heading", id=block.id, attrs=block.attrs, span=block.span)
    if not isinstance(block, n.Paragraph):
        return block
    opening = questions_line(block) or answers_line(block)
    if opening is not None:
        parts.openings.append(opening)
        return opening.paragraph
    return replace(block, role=role or block.role)


def _units(flat: list[Flat]) -> list[n.Block]:
    """Return one section for each unit, with the content below it, including its headings, nested in it."""
    out: list[n.Block] = []
    heading: Flat | None = None
    inside: list[Flat] = []
    taken: dict[str, int] = {}

    def close() -> None:
        if heading is not None:
            out.append(_section(heading, inside, taken))

    for block in flat:
        if announced_by(block) or REMARK_TEXT.match(_text(block)):
            close()
            heading, inside = block, []
        else:
            inside.append(block)
    close()
    return out


def _section(heading: Flat, inside: list[Flat], taken: dict[str, int]) -> n.Section:
    announced = announced_by(heading)
    if announced is None:
        # "Toelichting" on a separate line is a heading; "Toelichting: deze vragen …" is text.
        alone = REMARK_TEXT.fullmatch(_text(heading)) is not None
        title = _title(heading)
        blocks = nest(inside) if alone or isinstance(heading, Heading) else nest([heading, *inside])
        shown = title if alone or isinstance(heading, Heading) else ()
        return n.Section(shown, blocks, REMARK, span=heading.span)
    title = _title(heading)
    count = taken[announced.id] = taken.get(announced.id, 0) + 1
    identifier = announced.id if count == 1 else f"{announced.id}-{count}"
    return n.Section(
        title,
        nest(inside),
        announced.role,
        " ".join(map(str, announced.numbers)),
        id=identifier,
        span=heading.span,
    )


def _metadata(given: Metadata, parts: _Parts) -> Metadata:
    """Return the metadata of the front matter, completed from the text, and then with values derived from both."""
    found = parts.openings
    capacities = {agent.capacity for agent in given.agents}
    roles = {date.role for date in given.dates}
    agents = tuple(a for o in found for a in o.agents if a.capacity not in capacities)
    dates = tuple(d for o in found for d in o.dates if d.role not in roles)
    related = given.related or tuple(r for o in found for r in o.related)
    metadata = replace(
        given,
        language=given.language or "nl",
        country=given.country or "nl",
        body=given.body or CHAMBER,
        series=given.series or SERIES,
        number=given.number or parts.number,
        subject=given.subject or next((o.subject for o in found if o.subject), ""),
        session=given.session.replace("–", "-") or parts.session,
        agents=(*given.agents, *agents),
        dates=(*given.dates, *dates),
        related=related,
    )
    metadata = replace(metadata, session=metadata.session or _session(metadata))
    return _with_identifier(_with_title(metadata))


def _session(metadata: Metadata) -> str:
    """Return the session of the dates, if all dates are in one session."""
    sessions = {session_of(d.date) for d in metadata.dates if d.role in {"submitted", "answered"}}
    return sessions.pop() if len(sessions) == 1 else ""


def _with_title(metadata: Metadata) -> Metadata:
    if metadata.title or not (metadata.number or metadata.subject):
        return metadata
    name = " ".join(filter(None, ["Aanhangsel Handelingen", metadata.number]))
    return replace(metadata, title=f"{name}: {metadata.subject}" if metadata.subject else name)


def _with_identifier(metadata: Metadata) -> Metadata:
    """Add the identifier of officielebekendmakingen.nl, derived from chamber, session and number."""
    scheme = "officielebekendmakingen"
    if metadata.identifier(scheme) or not metadata.number or not metadata.session or metadata.body != CHAMBER:
        return metadata
    value = f"ah-tk-{metadata.session.replace('-', '')}-{metadata.number}"
    return replace(metadata, identifiers=(*metadata.identifiers, Identifier(scheme, value, derived=True)))


def _report(source: str, parts: _Parts) -> list[Diagnostic]:
    out: list[Diagnostic] = []
    for opening in parts.openings:
        if not opening.complete:
            message = "Opening line is only partly recognised"
            out.append(make("PUB-M003", message, span=opening.paragraph.span, source=source))
    return out


def _check_units(source: str, body: list[n.Block]) -> list[Diagnostic]:
    out: list[Diagnostic] = []
    sections = [block for block in body if isinstance(block, n.Section)]
    numbers = {
        role: [(int(k), s) for s in sections if s.role == role for k in s.number.split()]
        for role in (QUESTION, ANSWER)
    }
    asked, answered = ({k for k, _ in numbers[role]} for role in (QUESTION, ANSWER))
    for role, words in ((QUESTION, "question"), (ANSWER, "answer")):
        expected = 1
        for section in (s for s in sections if s.role == role and s.number):
            first, *others = map(int, section.number.split())
            if first != expected:
                message = f"Expected {expected}, found {words} {first}"
                out.append(make("PUB-M012", message, span=section.span, source=source))
            expected = max(first, *others) + 1 if others else first + 1
    if answered:
        for number, section in numbers[QUESTION]:
            if number not in answered:
                out.append(
                    make("PUB-M010", f"Question {number} has no answer", span=section.span, source=source)
                )
    for number, section in numbers[ANSWER]:
        if number not in asked:
            out.append(make("PUB-M011", f"Answer {number} has no question", span=section.span, source=source))
    return out
