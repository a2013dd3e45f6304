"""The printed numbers of lists: `a.`, `(iii)`, `2)`."""

from __future__ import annotations

from collections.abc import Iterator

from publish.model.nodes import List
from publish.model.numerals import doubled_letters, roman

_ENDS = {".": ("", "."), ")": ("", ")"), "()": ("(", ")")}


def labels(block: List) -> Iterator[str]:
    """Yield the number of each item, with its punctuation."""
    before, after = _ENDS[block.delimiter]
    for number in range(block.start, block.start + len(block.items)):
        yield f"{before}{_number(number, block.style)}{after}"


def _number(number: int, style: str) -> str:
    if number < 1 or style == "decimal":
        return str(number)
    found = roman(number) if style.endswith("roman") else doubled_letters(number)
    return found.upper() if style.startswith("upper") else found
