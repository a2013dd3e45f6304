"""Align the units of two versions: equal units first, then the most similar units between them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher

from publish.difference.units import Unit, neutral

ALIKE = 0.5
"""Minimum share of common words, of all words in both units, that makes two units one changed unit."""

MOST = 250
"""Maximum number of units between two equal units, in either version, for comparing every pair."""

Pair = tuple[Unit | None, Unit | None]


def aligned(old: Sequence[Unit], new: Sequence[Unit]) -> list[Pair]:
    """Return pairs in reading order; None means that the other version has no such unit."""
    matcher = SequenceMatcher(None, [unit.key for unit in old], [unit.key for unit in new], autojunk=False)
    out: list[Pair] = []
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            out += zip(old[a:b], new[c:d], strict=True)
        else:
            out += _resembling(old[a:b], new[c:d])
    return out


def _resembling(old: Sequence[Unit], new: Sequence[Unit]) -> list[Pair]:
    """Return the pairs that keep the order and have the most words in common (a weighted longest common subsequence)."""
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
    """Return whether one unit can be the other: a note is never a paragraph, but other units can change kind."""
    return (old.kind == "note") == (new.kind == "note")


def likeness(old: Counter[str], new: Counter[str]) -> float:
    """Return the share of words that two texts have in common, from 0 to 1."""
    total = old.total() + new.total()
    return 2 * (old & new).total() / total if total else 1.0
