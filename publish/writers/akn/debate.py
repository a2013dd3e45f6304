"""Written questions and their answers as a `debate` (Akoma Ntoso Vocabulary, 5: questions, question, answer)."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from msgspec import Struct

from publish.akomantoso.names import XML
from publish.model import nodes as n
from publish.model import roles
from publish.model.roles import Exchange, exchanges
from publish.writers.akn.agents import References, ministry_of
from publish.writers.akn.content import Content
from publish.writers.akn.work import Work, identification, references
from publish.writers.akn.xml import Ids, name, sub

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

    from publish.model.metadata import Metadata

CHAMBERS = {
    "Tweede Kamer der Staten-Generaal": ("tk", "nl.tweede-kamer"),
    "Eerste Kamer der Staten-Generaal": ("ek", "nl.eerste-kamer"),
}


class Speakers(Struct, frozen=True):
    """Who asks and who answers, as `#eId`s; an empty one is not known."""

    asker: str
    asker_role: str
    asked: str
    answerer: str
    answerer_role: str
    askers: tuple[tuple[str, str], ...] = ()
    """Everyone who asks, with their role: an element names one speaker, the workflow names them all."""
    answerers: tuple[tuple[str, str], ...] = ()


def write(root: Element, content: Content, ids: Ids, made: str) -> list[str]:
    """Append the debate; returns what had to be said without the paper saying it."""
    metadata = content.numbered.document.metadata
    element = sub(root, "debate", {"name": "aanhangsel", "contains": "originalVersion"})
    meta = sub(element, "meta")
    known = References(metadata.country or "nl")
    known.add("TLCOrganization", "publish", "unreg.publish", "publish")
    eid, iri = CHAMBERS.get(metadata.body, ("kamer", "nl.kamer"))
    chamber = known.add("TLCOrganization", eid, iri, metadata.body or "Kamer", "Kamer")
    speakers = _speakers(metadata, known, chamber)
    publisher = known.add("TLCRole", "uitgever", "nl.uitgever", "uitgever")
    editor = known.add("TLCRole", "redacteur", "nl.redacteur", "redacteur van de opmaak")
    answered, submitted = metadata.date("answered"), metadata.date("submitted")
    chosen = answered or submitted or metadata.date("published")
    assumed = (
        [] if chosen else [f"no date is known; {made}, the day on which the file was made, stands for it"]
    )
    work = Work(
        document_type="debate",
        country=known.country,
        subtype="aanhangsel",
        actor=eid,
        date=chosen.isoformat() if chosen else made,
        date_name="ontvangen" if answered else "ingezonden" if submitted else "generation",
        number=metadata.number,
        name="" if metadata.number else "nn",
        language=metadata.language,
        aliases=tuple((i.scheme, i.value) for i in metadata.identifiers if i.scheme != "issn"),
        author=chamber,
        author_role=publisher,
        made=made,
    )
    identification(meta, work, editor)
    _history(meta, metadata, work, known, speakers)
    references(
        meta,
        known,
        (work.expression, ", nr. ".join(filter(None, ["Aanhangsel Handelingen", metadata.number]))),
    )
    lang = {f"{{{XML}}}lang": metadata.language} if metadata.language else {}
    document = content.numbered.document
    if document.title or document.front or metadata.subtitle:
        _preface(sub(element, "preface", {"eId": "preface"} | lang), content)
    _body(sub(element, "debateBody", {"eId": "body"} | lang), content, ids, speakers)
    return assumed


def _speakers(metadata: Metadata, known: References, chamber: str) -> Speakers:
    addressees = [ministry_of(a) for a in metadata.agents_as("addressee") if ministry_of(a)]
    asked = known.organisation(addressees[0]) if addressees else ""
    askers = [known.person(a) for a in metadata.agents_as("questioner") if a.name]
    member = known.add("TLCRole", "kamerlid", "nl.lid-tweede-kamer", "lid der Kamer") if askers else ""
    answerers = [
        (known.person(a), known.role(a.office, a.organisation) if a.office else "")
        for a in metadata.agents_as("answerer")
        if a.name
    ]
    if not answerers:
        body = asked or known.add("TLCOrganization", "regering", "nl.regering", "regering")
        answerers = [(body, "")]
    return Speakers(
        asker=askers[0] if askers else chamber,
        asker_role=member,
        asked=asked,
        answerer=answerers[0][0],
        answerer_role=answerers[0][1],
        askers=tuple((asker, member) for asker in askers) or ((chamber, ""),),
        answerers=tuple(answerers),
    )


def _history(meta: Element, metadata: Metadata, work: Work, known: References, speakers: Speakers) -> None:
    """What happened when: `lifecycle` for the text, `workflow` for the steps that led to it."""
    steps: list[tuple[dt.date, str, str, str]] = []
    if submitted := metadata.date("submitted"):
        event = known.add("TLCEvent", "indiening", "nl.indiening-kamervragen", "ingezonden")
        steps += [(submitted, *asker, event) for asker in speakers.askers]
    if answered := metadata.date("answered"):
        event = known.add("TLCEvent", "beantwoording", "nl.beantwoording-kamervragen", "ontvangen")
        steps += [(answered, *answerer, event) for answerer in speakers.answerers]
    lifecycle = sub(meta, "lifecycle", {"source": "#publish"})
    attributes = {"eId": "eref_1", "date": work.date, "source": "#original"}
    if steps:
        attributes["refersTo"] = steps[-1][3]
    sub(lifecycle, "eventRef", attributes | {"type": "generation"})
    if not steps:
        return
    workflow = sub(meta, "workflow", {"source": "#publish"})
    for number, (date, by, role, event) in enumerate(sorted(steps, key=lambda step: step[0]), start=1):
        attributes = {"eId": f"step_{number}", "date": date.isoformat(), "by": by}
        sub(workflow, "step", attributes | ({"as": role} if role else {}) | {"refersTo": event})


def _preface(preface: Element, content: Content) -> None:
    wrappers = {roles.DOCUMENT_TYPE: "docType", roles.NUMBER: "docNumber"}
    document = content.numbered.document
    content.title(preface)
    for block in document.front:
        tag = wrappers.get(block.role) if isinstance(block, n.Paragraph) else None
        if tag and isinstance(block, n.Paragraph):
            holder = sub(preface, "p", {"eId": content.ids.new("p", "preface")})
            inner = sub(holder, tag, {"eId": content.ids.new(tag, "preface")})
            content.inlines(inner, block.inlines, "preface")
        else:
            content.block(preface, block, "preface")


def _body(body: Element, content: Content, ids: Ids, speakers: Speakers) -> None:
    holder = sub(body, "questions", {"eId": ids.new("questions")})
    for entry in exchanges(content.numbered.document.blocks):
        if not isinstance(entry, Exchange):
            content.block(holder, entry, str(holder.get("eId")))
            continue
        section = sub(holder, "debateSection", {"eId": ids.new("debateSection"), "name": "questionAnswer"})
        for question in entry.questions:
            to = {"to": speakers.asked} if speakers.asked else {}
            _speech(
                section, content, ids, question, "question", _by(speakers.asker, speakers.asker_role) | to
            )
        for answer in entry.answers:
            to = {"to": speakers.asker}
            _speech(
                section, content, ids, answer, "answer", _by(speakers.answerer, speakers.answerer_role) | to
            )


def _by(agent: str, role: str) -> dict[str, str]:
    return {"by": agent} | ({"as": role} if role else {})


def _speech(
    parent: Element, content: Content, ids: Ids, section: n.Section, tag: str, attributes: dict[str, str]
) -> None:
    eid = ids.numbered(tag, section.number.split()[0] if section.number else "nn")
    element = sub(parent, tag, {"eId": eid} | attributes)
    content.places[section.id] = eid
    content.inlines(sub(element, "num"), section.title, eid)
    content.blocks(element, section.blocks, eid)
    if not any(name(child) != "num" for child in element):
        sub(element, "p", {"eId": ids.new("p", eid)})
