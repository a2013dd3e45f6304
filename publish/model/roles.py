"""Roles of sections, paragraphs and spans that more than one part of publish knows, and views over them.

A role is a plain string in the tree; whoever does not know it sees a plain section, paragraph or span.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from publish.model.nodes import Block, Inline, Section, TextSpan

QUESTION = "qa:question"
ANSWER = "qa:answer"

REMARK = "qa:remark"
"""What stands beside questions and answers, such as an explanation of the questions or a notice of delay."""

DOCUMENT_TYPE = "document-type"
NUMBER = "number"
QUESTIONS_LINE = "questions-line"
ANSWERS_LINE = "answers-line"

QUESTION_ROLES = frozenset({QUESTION, ANSWER, REMARK})
"""Sections whose titles carry numbers of their own."""

LABEL = "label"
"""A span at the head of a title or caption with the number that resolve gave it."""

LABELLED = "labelled"
"""The class of a list whose items carry labels of their own, such as `1.2` or `Artikel 3`, as text."""

ITEM_LABEL = "item-label"
"""The span at the head of such an item that holds its label."""

TITLE = "title"
DATE = "date"
"""A span with its ISO date in the attribute `date` and what happened in `event`."""

PERSON = "person"
"""A span that names a person: the name in the attribute `name`, what the person does in `capacity`, an office in `office`."""
ORGANISATION = "organisation"
"""A span that names a body: its full name in the attribute `name`."""
OFFICE = "office"
"""A span that names an office: the office in the attribute `office`, its ministry in `body`."""
SESSION = "session"
"""A span that names a parliamentary session, such as `2021-2022` in the attribute `value`."""


def label_of(title: Sequence[Inline]) -> tuple[Inline, ...]:
    """What stands in the label at the head of a title or caption; nothing where it has none."""
    first = title[0] if title else None
    return first.inlines if isinstance(first, TextSpan) and first.role == LABEL else ()


class Exchange(Struct, frozen=True):
    """Questions that are answered together, and their answers."""

    questions: tuple[Section, ...]
    answers: tuple[Section, ...]


def exchanges(blocks: Sequence[Block]) -> list[Exchange | Block]:
    """The exchanges of a paper in its order, and between them the blocks that belong to none.

    An exchange ends where a question follows an answer, or where another block stands.
    """
    out: list[Exchange | Block] = []
    for block in blocks:
        last = out[-1] if out else None
        if not isinstance(block, Section) or block.role not in {QUESTION, ANSWER}:
            out.append(block)
        elif block.role == ANSWER and isinstance(last, Exchange):
            out[-1] = Exchange(last.questions, (*last.answers, block))
        elif block.role == QUESTION and isinstance(last, Exchange) and not last.answers:
            out[-1] = Exchange((*last.questions, block), ())
        else:
            out.append(Exchange((block,), ()) if block.role == QUESTION else Exchange((), (block,)))
    return out
