"""Debates: written questions with their answers, and reports of sittings.

Elements `questions`, `question` and `answer`: Akoma Ntoso Vocabulary, 5.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from publish.model import nodes as n
from publish.model import roles
from publish.model.roles import Exchange, exchanges
from publish.writers.akn.content import AknContent
from publish.writers.akn.part import Part, first_section
from publish.writers.akn.xml import name, sub

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

WRAPPERS = {roles.DOCUMENT_TYPE: "docType", roles.NUMBER: "docNumber"}
"""Elements for the content of front matter paragraphs, by the role of the paragraph."""


def write(part: Part) -> None:
    """Append preface and body."""
    part.opening(wrappers=WRAPPERS)
    body = part.sub("debateBody", "body")
    if any(isinstance(entry, Exchange) for entry in exchanges(part.blocks)):
        _questions(body, part)
    else:
        _sitting(body, part)


def _questions(body: Element, part: Part) -> None:
    content, ids, speakers = part.content, part.content.ids, part.speakers
    holder = sub(body, "questions", {"eId": ids.new("questions", part.prefix)})
    for entry in exchanges(part.blocks):
        if not isinstance(entry, Exchange):
            content.block(holder, entry, str(holder.get("eId")))
            continue
        eid = ids.new("debateSection", part.prefix)
        section = sub(holder, "debateSection", {"eId": eid, "name": "questionAnswer"})
        for question in entry.questions:
            to = {"to": speakers.asked} if speakers.asked else {}
            by = _by(speakers.asker, speakers.asker_role)
            _speech(section, content, question, "question", by | to)
        for answer in entry.answers:
            to = {"to": speakers.asker}
            by = _by(speakers.answerer, speakers.answerer_role)
            _speech(section, content, answer, "answer", by | to)


def _by(agent: str, role: str) -> dict[str, str]:
    return {"by": agent} | ({"as": role} if role else {})


def _speech(
    parent: Element, content: AknContent, section: n.Section, tag: str, attributes: dict[str, str]
) -> None:
    eid = content.ids.numbered(tag, section.number.split()[0] if section.number else "nn")
    element = sub(parent, tag, {"eId": eid} | attributes)
    content.places[section.id] = eid
    content.inlines(sub(element, "num"), section.title, eid)
    content.blocks(element, section.blocks, eid)
    if not any(name(child) != "num" for child in element):
        content.empty(element, eid)


def _sitting(body: Element, part: Part) -> None:
    """Append a debate without questions: the blocks before the first section, then the sections of the sitting."""
    first = first_section(part.blocks)
    if first or not part.blocks:
        _debate_section(body, part, n.Section((), part.blocks[:first]), part.prefix)
    for block in part.blocks[first:]:
        section = block if isinstance(block, n.Section) else n.Section((), (block,))
        _debate_section(body, part, section, part.prefix)


def _debate_section(parent: Element, part: Part, section: n.Section, context: str) -> None:
    eid = part.content.ids.new("debateSection", context)
    element = sub(parent, "debateSection", {"eId": eid, "name": "debate"})
    part.content.remember(section, element)
    if section.title:
        part.content.heading(element, section.title, eid)
    for block in section.blocks:
        if isinstance(block, n.Section) and block.title:
            _debate_section(element, part, block, eid)
        else:
            part.content.block(element, block, eid)
    if not any(name(child) not in {"num", "heading"} for child in element):
        part.content.empty(element, eid)
