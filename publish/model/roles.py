"""Roles of sections, paragraphs and spans that several parts of publish use, and functions that evaluate them.

A role is a plain string in the document. Code that does not know a role treats the node as a plain section, paragraph
or span.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from publish.model.nodes import Block, Inline, Section, TextSpan

QUESTION = "qa:question"
ANSWER = "qa:answer"

REMARK = "qa:remark"
"""Content in addition to questions and answers, such as an explanation of the questions or a notice of delay."""

DOCUMENT_TYPE = "document-type"
NUMBER = "number"
QUESTIONS_LINE = "questions-line"
ANSWERS_LINE = "answers-line"

QUESTION_ROLES = frozenset({QUESTION, ANSWER, REMARK})
"""Roles of sections whose titles contain their own numbers."""

LABEL = "label"
"""A span at the start of a title or caption that contains the number assigned by resolve."""

LABELLED = "labelled"
"""Class of a list whose items contain their own labels, such as `1.2` or `Artikel 3`, as text."""

ITEM_LABEL = "item-label"
"""A span at the start of an item of a labelled list that contains the label."""

MISSING_IMAGE = "missing-picture"
"""A span that contains the alternative text of an image that could not be loaded."""

TITLE = "title"
DATE = "date"
"""A span with an ISO date in the attribute `date` and the event on that date in `event`."""

PERSON = "person"
"""A span that names a person. Attributes: `name`, `capacity` (function of the person) and `office`."""
ORGANISATION = "organisation"
"""A span that names an organisation, with its full name in the attribute `name`."""
OFFICE = "office"
"""A span that names an office. Attributes: `office` and `body` (the ministry)."""
SESSION = "session"
"""A span that names a parliamentary session, with its value, such as `2021-2022`, in the attribute `value`."""


def label_of(title: Sequence[Inline]) -> tuple[Inline, ...]:
    """Return the content of the label at the start of a title or caption; empty if there is no label."""
    first = title[0] if title else None
    return first.inlines if isinstance(first, TextSpan) and first.role == LABEL else ()


class Exchange(Struct, frozen=True):
    """Questions that are answered together, and their answers."""

    questions: tuple[Section, ...]
    answers: tuple[Section, ...]


def exchanges(blocks: Sequence[Block]) -> list[Exchange | Block]:
    """Return the exchanges of a document in order, with the other blocks between them.

    An exchange ends before a question that follows an answer, and before any other block.
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
