"""Text report of differences for a terminal or an email, with the notation of wdiff: `[-deleted-]` and `{+inserted+}`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from publish.difference.compare import Change, Difference, Piece, shown
from publish.terminal import one_line, printable

AROUND = 8
"""Number of unchanged words to show on each side of a change."""

SIGNS = {"changed": "~", "deleted": "-", "inserted": "+", "moved": ">"}

RED, GREEN, BOLD, PLAIN = "\x1b[31m", "\x1b[32m", "\x1b[1m", "\x1b[0m"


def report(found: Difference, old: str, new: str, *, colour: bool = False) -> str:
    """Return the report as lines of text.

    Args:
        found: The differences.
        old: Name of the old version.
        new: Name of the new version.
        colour: Whether to colour changes with terminal escape codes.
    """
    paint = _Paint(on=colour)
    lines = [paint.bold(f"--- {one_line(old)}"), paint.bold(f"+++ {one_line(new)}")]
    lines += [
        f"{field}: {paint.deleted(one_line(a))} {paint.inserted(one_line(b))}"
        for field, a, b in found.metadata
    ]
    lines += _changes(found.text, paint, "")
    lines += _changes(found.notes, paint, "note ")
    if found.renumbered:
        pairs = ", ".join(f"{a} → {b}" for a, b in runs(found.renumbered))
        lines.append(f"notes renumbered: {one_line(pairs)}")
    return "\n".join(lines) + "\n"


def _changes(changes: Iterable[Change], paint: _Paint, lead: str) -> Iterator[str]:
    place: str | None = None
    for change in changes:
        if not lead and change.place != place:
            place = change.place
            yield paint.bold(f"@@ {one_line(place) or 'beginning'}")
        name = one_line(f"{lead}{change.place}" if lead else change.kind)
        where = one_line(" → ".join(filter(None, [change.old, change.new])))
        yield f"{SIGNS[change.what]} {name}{f' ({where})' if where else ''}: {_pieces(change, paint)}"
        yield from (f"    {one_line(remark)}" for remark in change.remarks)


def _pieces(change: Change, paint: _Paint) -> str:
    if change.what in {"inserted", "deleted", "moved"}:
        return printable(shown(change.pieces[0].text))
    last = len(change.pieces) - 1
    out: list[str] = []
    for k, piece in enumerate(change.pieces):
        text = printable(shown(piece.text))
        if piece.what == "same":
            out.append(_elided(text, before=k > 0, after=k < last))
        elif piece.what == "deleted":
            out.append(paint.deleted(text))
        else:
            out.append(paint.inserted(text))
    return "".join(out) if any(p.what != "same" for p in change.pieces) else _whole(change.pieces)


def _whole(pieces: tuple[Piece, ...]) -> str:
    """Return the shortened text of a unit whose words did not change."""
    text = "".join(shown(piece.text) for piece in pieces)
    return _elided(printable(text), before=True, after=False)


def _elided(text: str, *, before: bool, after: bool) -> str:
    """Shorten unchanged text; `before` and `after` say whether a change precedes or follows it."""
    words = text.split(" ")
    keep = AROUND * (before + after)
    if len(words) <= keep + 1:
        return text
    head = words[:AROUND] if before else []
    tail = words[-AROUND:] if after else []
    return " ".join([*head, "…", *tail])


def runs(pairs: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Combine consecutive pairs of numbers into ranges if both numbers increase by one."""
    first: tuple[str, str] | None = None
    last: tuple[str, str] | None = None
    for pair in pairs:
        if first and last and _next(last[0]) == pair[0] and _next(last[1]) == pair[1]:
            last = pair
            continue
        if first and last:
            yield _range(first, last)
        first = last = pair
    if first and last:
        yield _range(first, last)


def _next(label: str) -> str:
    return str(int(label) + 1) if label.isdecimal() else ""


def _range(first: tuple[str, str], last: tuple[str, str]) -> tuple[str, str]:
    return first if first == last else (f"{first[0]}–{last[0]}", f"{first[1]}–{last[1]}")


class _Paint:
    """Formatter of changes; adds colours if enabled."""

    def __init__(self, *, on: bool) -> None:
        self.on = on

    def _in(self, colour: str, text: str) -> str:
        return f"{colour}{text}{PLAIN}" if self.on else text

    def bold(self, text: str) -> str:
        return self._in(BOLD, text)

    def deleted(self, text: str) -> str:
        return self._in(RED, f"[-{text}-]")

    def inserted(self, text: str) -> str:
        return self._in(GREEN, f"{{+{text}+}}")
