"""Which characters of a page its reader sees: those in the page, not covered, and not in the colour of what is below them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Literal, NamedTuple

from msgspec import Struct

Reason = Literal[
    "outside the page",
    "outside the area that is painted",
    "invisible",
    "covered",
    "marked for redaction",
    "in a layer that is switched off",
]
"""Why a reader of the page does not see a character."""

Box = tuple[float, float, float, float]
Colour = tuple[float, float, float]

EVERYWHERE: Box = (-1e9, -1e9, 1e9, 1e9)

WHITE: Colour = (1.0, 1.0, 1.0)
CELL = 36.0
"""Side in points of the cells of a grid that finds the areas at a position."""
LAST = 100 * CELL
"""Position in points after which one cell contains the rest of the page."""
MOST_AREAS = 3000
"""Number of filled areas of a page that are considered."""
THINNEST = 2.0
"""Width in points of the thinnest area that covers text; thinner ones are lines."""
SCAN = 0.5
"""Share of the page that an image covers if it is a scan, whose text is invisible and lies below or above it."""
SAME = 0.02
"""Difference of colour components below which text cannot be told from its background."""
GAP = 0.2
"""Share of the type size that separates two words without a space."""


class Area(Struct):
    """A filled area of a page."""

    order: int
    """Position in the order in which the page is painted."""
    box: Box
    colour: Colour | None
    """None if unknown, for example for an image."""
    covers: bool
    """Whether it is opaque and fills its box."""


class Placed(NamedTuple):
    """A character in the layout of pdfminer."""

    item: Any
    """The character, with its position, size and text."""
    container: Any
    """The layout item that contains it."""


class Character(Struct):
    """A character of a page."""

    order: int
    item: Any
    container: Any
    colour: Colour | None
    clip: Box
    """The part of the page that is painted at this position of its content."""
    reason: Reason | None
    """Why it is not seen, as far as its own state shows."""


class Canvas:
    """What a page paints, in order."""

    def __init__(self, page: Box) -> None:
        self.page = page
        """The part of the page that a viewer shows."""
        self.redacted: list[Box] = []
        """Boxes that the author marked for removal."""
        self._characters: list[Character] = []
        self._areas: list[Area] = []

    def add_character(self, placed: Placed, colour: Colour | None, clip: Box, reason: Reason | None) -> None:
        """Record a character; `reason` is why its own state makes it unseen, if it does."""
        self._characters.append(Character(self._next(), *placed, colour, clip, reason))

    def add_area(self, box: Box, colour: Colour | None, *, covers: bool) -> None:
        """Record a filled area; lines, and areas beyond the maximum, are not recorded."""
        if min(box[2] - box[0], box[3] - box[1]) > THINNEST and len(self._areas) < MOST_AREAS:
            self._areas.append(Area(self._next(), box, colour, covers))

    def _next(self) -> int:
        return len(self._characters) + len(self._areas)

    def unseen(self) -> Iterator[tuple[Character, Reason]]:
        """Yield each character that a reader of the page does not see, in order, and why."""
        areas, redacted = _grid(self._areas), _grid([Area(0, box, None, True) for box in self.redacted])
        scanned = any(
            area.colour is None and area.covers and _size(area.box) > SCAN * _size(self.page)
            for area in self._areas
        )
        for character in self._characters:
            x = (character.item.x0 + character.item.x1) / 2
            y = (character.item.y0 + character.item.y1) / 2
            reason = character.reason
            if not _is_in(x, y, self.page):
                reason = "outside the page"
            elif not _is_in(x, y, character.clip):
                reason = "outside the area that is painted"
            elif any(_is_in(x, y, area.box) for area in redacted.get(_cell(x, y), ())):
                reason = "marked for redaction"
            elif scanned and reason in {None, "invisible"}:
                continue
            elif reason is None:
                reason = _covered(character, x, y, areas.get(_cell(x, y), ()))
            if reason is not None:
                yield character, reason


def _grid(areas: Sequence[Area]) -> dict[tuple[int, int], list[Area]]:
    """Return the areas of each cell of the page, in order."""
    out: dict[tuple[int, int], list[Area]] = {}
    for area in areas:
        left, bottom = _cell(area.box[0], area.box[1])
        right, top = _cell(area.box[2], area.box[3])
        for x in range(left, right + 1):
            for y in range(bottom, top + 1):
                out.setdefault((x, y), []).append(area)
    return out


def _cell(x: float, y: float) -> tuple[int, int]:
    """Return the cell at a position; the cells at the edges also contain what is outside."""
    return int(min(max(x, 0.0), LAST) // CELL), int(min(max(y, 0.0), LAST) // CELL)


def _covered(character: Character, x: float, y: float, areas: Sequence[Area]) -> Reason | None:
    """Return why a character cannot be seen: a later area covers it, or it has the colour of its background."""
    background: Colour | None = WHITE
    for area in areas:
        if not _is_in(x, y, area.box):
            continue
        if area.order > character.order:
            if area.covers:
                return "covered"
        else:
            background = area.colour
    if background is not None and character.colour is not None and _is_same(background, character.colour):
        return "invisible"
    return None


def text_of(characters: Iterable[Character]) -> str:
    """Return the text of characters; a gap or a new line separates words."""
    out: list[str] = []
    last: Any = None
    for character in characters:
        item = character.item
        joined = last is not None and abs(item.y0 - last.y0) < 1 and abs(item.x0 - last.x1) < GAP * item.size
        out += [item.get_text()] if joined else [" ", item.get_text()]
        last = item
    return "".join(out)


def common(first: Box, second: Box) -> Box:
    """Return the common part of two boxes; its size is negative if there is none."""
    return (
        max(first[0], second[0]),
        max(first[1], second[1]),
        min(first[2], second[2]),
        min(first[3], second[3]),
    )


def _is_in(x: float, y: float, box: Box) -> bool:
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def _size(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


def _is_same(first: Colour, second: Colour) -> bool:
    return all(abs(a - b) < SAME for a, b in zip(first, second, strict=True))


def is_upright(points: Sequence[tuple[float, float]]) -> bool:
    """Return whether points are the corners of a rectangle with horizontal and vertical sides."""
    across = {round(x, 1) for x, _ in points}
    down = {round(y, 1) for _, y in points}
    return len(across) == 2 and len(down) == 2


def fill_colour(state: Any) -> Colour | None:  # noqa: ANN401
    """Return the fill colour of a graphics state; None if it is a pattern or depends on a profile or on inks."""
    space, value = getattr(state.ncs, "name", ""), state.ncolor
    parts = [float(v) for v in value] if isinstance(value, list | tuple) else [value]
    if not all(isinstance(part, int | float) for part in parts):
        return None
    if space == "DeviceGray" and len(parts) == 1:
        return (parts[0], parts[0], parts[0])
    if space in {"DeviceRGB", "DeviceGray"} and len(parts) == 3:
        return (parts[0], parts[1], parts[2])
    if space == "DeviceCMYK" and len(parts) == 4:
        cyan, magenta, yellow, black = parts
        return tuple(max(0.0, 1 - ink - black) for ink in (cyan, magenta, yellow))  # type: ignore[return-value]
    return None
