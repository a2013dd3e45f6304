"""Which unit of one version is which of the other: equal ones first, then those between them that resemble each other most."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher

from publish.difference.units import Unit, neutral

ALIKE = 0.5
"""How much of their words two units must have in common to be one that was changed: of all words in both, this share."""

MOST = 250
"""Units between two equal ones, on either side, up to which each is compared with each."""

Pair = tuple[Unit | None, Unit | None]


def aligned(old: Sequence[Unit], new: Sequence[Unit]) -> list[Pair]:
    """Pairs in the order of reading; None stands where the other version has no such unit."""
    matcher = SequenceMatcher(None, [unit.key for unit in old], [unit.key for unit in new], autojunk=False)
    out: list[Pair] = []
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            out += zip(old[a:b], new[c:d], strict=True)
        else:
            out += _resembling(old[a:b], new[c:d])
    return out


def _resembling(old: Sequence[Unit], new: Sequence[Unit]) -> list[Pair]:
    """The pairing that keeps the order and has the most words in common (a longest common subsequence with weights)."""
    if not old or not new or len(old) > MOST or len(new) > MOST:
        return [*((unit, None) for unit in old), *((None, unit) for unit in new)]
    words = [[Counter(neutral(unit.text).split()) for unit in side] for side in (old, new)]
    weight = [
        [likeness(words[0][i], words[1][k]) if _may_be_one(a, b) else 0.0 for k, b in enumerate(new)]
        for i, a in enumerate(old)
    ]
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i in reversed(range(len(old))):
        for k in reversed(range(len(new))):
            own = weight[i][k]
            together = own + best[i + 1][k + 1] if own >= ALIKE else 0.0
            best[i][k] = max(together, best[i + 1][k], best[i][k + 1])
    out: list[Pair] = []
    i = k = 0
    while i < len(old) and k < len(new):
        own = weight[i][k]
        if own >= ALIKE and best[i][k] == own + best[i + 1][k + 1]:
            out.append((old[i], new[k]))
            i, k = i + 1, k + 1
        elif best[i][k] == best[i + 1][k]:
            out.append((old[i], None))
            i += 1
        else:
            out.append((None, new[k]))
            k += 1
    return [*out, *((unit, None) for unit in old[i:]), *((None, unit) for unit in new[k:])]


def _may_be_one(old: Unit, new: Unit) -> bool:
    """A note is no paragraph; else a piece may have become one of another kind."""
    return (old.kind == "note") == (new.kind == "note")


def likeness(old: Counter[str], new: Counter[str]) -> float:
    """The share of the words of two texts that both have, from 0 to 1."""
    total = old.total() + new.total()
    return 2 * (old & new).total() / total if total else 1.0
