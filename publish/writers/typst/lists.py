"""The numbers of lists, as they are printed: `a.`, `(iii)`, `2)`."""

from __future__ import annotations

from collections.abc import Iterator

from publish.model.nodes import List
from publish.model.numerals import roman

_ENDS = {".": ("", "."), ")": ("", ")"), "()": ("(", ")")}
_LETTERS = 26


def labels(block: List) -> Iterator[str]:
    """The number of each item, with its signs."""
    before, after = _ENDS[block.delimiter]
    for number in range(block.start, block.start + len(block.items)):
        yield f"{before}{_number(number, block.style)}{after}"


def _number(number: int, style: str) -> str:
    if number < 1 or style == "decimal":
        return str(number)
    if style.endswith("roman"):
        found = roman(number)
    else:
        # After `z` come `aa` and `bb`, as Dutch law and Word count.
        found = chr(ord("a") + (number - 1) % _LETTERS) * ((number - 1) // _LETTERS + 1)
    return found.upper() if style.startswith("upper") else found
