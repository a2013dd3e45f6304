"""Headings of questions and answers, and the numbers in them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from publish.model import nodes as n
from publish.model.outline import Flat, Heading
from publish.model.roles import ANSWER, QUESTION
from publish.model.text import finish, is_bold, plain_text, without_bold

_NUMBERS = r"\d{1,3}(?:\s*(?:,\s*(?:en\s+)?|en|&|t/m|tot en met|[-–])\s*(?:(?:op\s+)?vraag\s+)?\d{1,3})*"
_UNIT = re.compile(
    r"(?P<kind>Vraag|Vragen|Antwoord|Antwoorden)(?:\s+(?:op\s+)?(?:de\s+)?vra(?:ag|gen))?\s+"
    rf"(?P<numbers>{_NUMBERS})\s*[.:]?",
    re.IGNORECASE,
)
_RANGE = re.compile(r"(\d+)\s*(?:t/m|tot en met|[-–])\s*(\d+)")


class Unit(Struct, frozen=True):
    """The heading of a question or an answer."""

    role: str
    numbers: tuple[int, ...]

    @property
    def id(self) -> str:
        """Identifier, such as `vraag-1` or `antwoord-4-5`."""
        word = "vraag" if self.role == QUESTION else "antwoord"
        return "-".join([word, *map(str, self.numbers)])


def unit(heading: str) -> Unit | None:
    """Return the unit of a heading such as "Vraag 1", "Antwoord 4 en 5", "Antwoord op vragen 4 t/m 7"; None for others."""
    if heading.lstrip()[:1] not in {"V", "v", "A", "a"}:
        return None  # fast exit for nearly every paragraph
    match = _UNIT.fullmatch(" ".join(heading.split()))
    if match is None:
        return None
    role = QUESTION if match["kind"].lower().startswith("vra") else ANSWER
    return Unit(role, _numbers(match["numbers"]))


def _numbers(text: str) -> tuple[int, ...]:
    def spread(match: re.Match[str]) -> str:
        first, last = int(match[1]), int(match[2])
        return " ".join(str(k) for k in range(first, last + 1)) if first < last else f"{first} {last}"

    return tuple(int(number) for number in re.findall(r"\d+", _RANGE.sub(spread, text)))


_UNNUMBERED = re.compile(r"Antwoord(?:en)?\s*:?", re.IGNORECASE)


def split_units(flat: Sequence[Flat]) -> list[Flat]:
    """Return the blocks with the heading of each unit in a separate block.

    In some texts the heading is the first line of the paragraph below it, or bold text at the start of that paragraph.
    """
    out: list[Flat] = []
    asked: list[int] = []
    for block in flat:
        for part in _parts(block):
            found = unit(_text(part))
            if found is not None:
                if found.role == QUESTION:
                    asked += found.numbers
                else:
                    asked = []
            elif asked and _UNNUMBERED.fullmatch(" ".join(_text(part).split())):
                # "Antwoord" without a number answers all questions since the last answer.
                part = _numbered(part, asked)  # noqa: PLW2901
                asked = []
            out.append(part)
    return out


def announced_by(block: Flat) -> Unit | None:
    """Return the unit that begins with a heading, or with a paragraph that contains only such a heading."""
    if isinstance(block, Heading) and (answers := block.attrs.get("answers")):
        return Unit(ANSWER, tuple(map(int, answers.split())))
    return unit(_text(block)) if isinstance(block, Heading | n.Paragraph) else None


def _text(block: Flat) -> str:
    inlines = block.title if isinstance(block, Heading) else getattr(block, "inlines", ())
    return plain_text(inlines)


def _numbered(block: Flat, numbers: Sequence[int]) -> Flat:
    """Add the answered numbers as an attribute to a heading without a number; do not change its text."""
    attrs = n.Attrs(values=(("answers", " ".join(map(str, numbers))),))
    if isinstance(block, Heading):
        return Heading(block.level, block.title, block.id, attrs, block.span)
    assert isinstance(block, n.Paragraph), "Heading of a question or answer must be a paragraph"
    return Heading(1, block.inlines, block.id, attrs, block.span)


def _parts(block: Flat) -> list[Flat]:
    if not isinstance(block, n.Paragraph):
        return [block]
    at = next((k for k, x in enumerate(block.inlines) if isinstance(x, n.LineBreak)), None)
    if at is not None:
        head, rest = block.inlines[:at], block.inlines[at + 1 :]
    elif block.inlines and isinstance(block.inlines[0], n.Strong) and not is_bold(block.inlines):
        head, rest = block.inlines[:1], block.inlines[1:]
    else:
        return [block]
    if unit(plain_text(head)) is None or not plain_text(rest).strip():
        return [block]
    title = without_bold(head) if is_bold(head) else head
    return [
        Heading(1, finish(title), block.id, n.NO_ATTRS, block.span),
        replace(block, inlines=finish(rest), id=""),
    ]
