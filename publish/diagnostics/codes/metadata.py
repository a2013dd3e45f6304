"""Codes PUB-M…: structure and metadata of a document."""

from __future__ import annotations

from publish.diagnostics.rule import Code
from publish.diagnostics.types import Severity

CODES = (
    Code(
        "PUB-M001",
        "no-title",
        Severity.WARNING,
        "No title",
        "The document has no title in its front matter and no heading. Formats that need a title use the file name.",
        "Add `title:` to the front matter.",
    ),
    Code(
        "PUB-M002",
        "unknown-session",
        Severity.INFO,
        "Unknown session",
        "The paper does not state the parliamentary session, and its dates fall in two sessions.",
        "Add `session: 2021-2022` to the front matter.",
    ),
    Code(
        "PUB-M003",
        "unrecognised-opening-line",
        Severity.WARNING,
        "Opening line not recognised",
        "The profile found a line that begins like a question or an answer, but did not find all of its parts.",
        "Add the parts to the front matter: questioner, addressee, answerer, dates.",
    ),
    Code(
        "PUB-M010",
        "question-without-answer",
        Severity.WARNING,
        "Question without an answer",
        "No answer has the number of this question.",
        "Check the headings.",
    ),
    Code(
        "PUB-M011",
        "answer-without-question",
        Severity.WARNING,
        "Answer without a question",
        "No question has the number of this answer.",
        "Check the headings.",
    ),
    Code(
        "PUB-M012",
        "unit-numbers-not-consecutive",
        Severity.WARNING,
        "Question or answer numbers not consecutive",
        "A number is missing, repeated, or out of order.",
        "Check the headings of the paper. The text is published unchanged.",
    ),
    Code(
        "PUB-M013",
        "gap-in-member-notes",
        Severity.WARNING,
        "Gap in a member's notes",
        "In the answers of a ministry, a call to one of the member's notes has no entry in the list of notes at the end, an entry has no call, or a number is missing.",
        "Ask the ministry for the list as the member wrote it.",
    ),
    Code(
        "PUB-M014",
        "notes-of-member-and-ministry",
        Severity.INFO,
        "Notes of both a member and a ministry",
        "The letter contains two series of notes. The ministry's notes are Word notes; the member's notes are typed and listed at the end.",
        "No action needed; `--member-notes separate` gives the member's notes their own labels.",
    ),
    Code(
        "PUB-M015",
        "covering-letter-left-out",
        Severity.INFO,
        "Covering letter left out",
        "A ministry's letter is published as the paper of the Tweede Kamer. Its letterhead, addresses and covering text are kept as metadata and not printed; the title and the opening lines are made from them. Text that is not recognised as part of the letter stays.",
        "Compare the opening lines with the letter; `--letter keep` publishes the letter as text.",
    ),
    Code(
        "PUB-M016",
        "value-of-the-office-missing",
        Severity.WARNING,
        "Value that only the publication office knows is missing",
        "The paper needs a value that no manuscript contains, such as its number. The paper shows a gap in brackets.",
        "Give the value with `--set NAME=VALUE`.",
    ),
)
