"""Break notes that are longer than a page over pages, which WeasyPrint 70.0 does not do.

A note that is higher than half the text area begins on the page of its call and continues at the foot of the next pages. The
rest of the note takes a whole page if necessary, and text appears above its end. Shorter notes move with the line of their
call, as in WeasyPrint without this module.

WeasyPrint lays out each note as one complete block at the foot of the page, and has one list for notes that must wait for
the next page (`reported_footnotes`). This module gives a note a `Part`: where it begins on this page, its maximum height, and
where it stopped. A copy of the note with the rest waits in that list. `broken_over_pages` changes these functions of
WeasyPrint temporarily:

* `block.block_level_layout` lays out only the part of a note;
* `block.table_layout` counts the tables that contain the current position;
* `block._linebox_layout` calls `_begin` before it moves the line of a note that does not fit;
* `page.make_page` first puts waiting parts on their page (`_carry_on`), omits the text if they need the whole page, and
  lays out a page again if text and notes overlap;
* `LayoutContext.layout_footnote` and `unlayout_footnote` keep parts and their rests together.
"""

from __future__ import annotations

import contextlib
import copy
from collections.abc import Callable, Iterator
from typing import Any

from publish.writers.pdf.patching import rewritten

LONG = 0.5
"""Share of the text area above which a note is broken instead of moved with its line."""

LINES_AFTER = 2
"""Number of lines of text that keep their position after the line with the call of a long note."""

LINES_ABOVE = 3
"""Minimum number of lines of text above the end of a long note; with less room, the page contains no text."""

ROUNDS = 6
"""Maximum number of layouts of a page until text and notes do not overlap."""

CHANGED = (
    "weasyprint.layout.block.block_level_layout",
    "weasyprint.layout.block.table_layout",
    "weasyprint.layout.block._linebox_layout",
    "weasyprint.layout.page.make_page",
    "weasyprint.layout.LayoutContext.layout_footnote",
    "weasyprint.layout.LayoutContext.unlayout_footnote",
)
"""Functions that `broken_over_pages` changes temporarily."""

Box = Any
Context = Any
Unknown = Any
"""Values that this module passes to WeasyPrint, or gets from it, without inspection."""

_MOVES_LINE = """                if overflow:
                    context.report_footnote(footnote)
"""
_ASKS_FIRST = (
    """                overflow = overflow or context.overflows_page(
                    bottom_space, new_position_y + offset_y + context.kept_free)
                if overflow and _begin(
                        context, footnote, new_position_y + offset_y + max(0, bottom_space), line.height,
                        bool(new_children) or not page_is_empty):
                    continue
"""
    + _MOVES_LINE
)
_PUTS_WAITING_NOTES = """    for i, reported_footnote in enumerate(reported_footnotes):
        context.footnotes.append(reported_footnote)
        overflow = context.layout_footnote(reported_footnote)
        if overflow and i != 0:
            context.report_footnote(reported_footnote)
            context.reported_footnotes = reported_footnotes[i:]
            break
"""
_CARRIES_ON = """    only_notes = _carry_on(context, reported_footnotes, page, root_box, only_notes) and not page_type.blank
    if only_notes:
        previous_resume_at, resume_at = resume_at, None
        root_box = root_box.copy_with_children([])
"""
_ARGUMENTS = '              page_state):\n    """Take just enough'
_WITH_ONLY_NOTES = '              page_state, only_notes=False):\n    """Take just enough'
_BLANK = "    if page_type.blank:\n        resume_at = previous_resume_at\n        next_page ="
_BLANK_OR_NOTES = (
    "    if page_type.blank or only_notes:\n        resume_at = previous_resume_at\n        next_page ="
)


class Part:
    """The part of a note that is on one page."""

    def __init__(self, start: Unknown = None, note: Box = None) -> None:
        self.start = start
        """Position in the note where the part begins; None for the beginning of the note."""
        self.note = note
        """The note that this part continues; None for the first part."""
        self.height: float | None = None
        """Maximum height; None for no limit."""
        self.stop: Any = None
        """Position where the part stopped; None if the note ends here."""
        self.drawn: Box = None
        self.bottom = 0.0
        """Height of the part after layout."""
        self.rest: Box = None
        """The copy of the note that waits for the next page."""
        self.limit = 0.0
        """Position on the page of the end of the text that the note must not cover."""


def overflows(pages: list[Any]) -> bool:
    """Return whether the notes of any page are higher than its text area."""
    for page in pages:
        box = page._page_box  # noqa: SLF001 - see `publish.writers.pdf.patches`
        areas = [child for child in box.children if type(child).__name__ == "FootnoteAreaBox"]
        if any(area.position_y < box.content_box_y() - 1 for area in areas):
            return True
    return False


@contextlib.contextmanager
def broken_over_pages() -> Iterator[None]:
    """Make WeasyPrint break long notes within this context.

    Raises:
        EngineChangedError: if WeasyPrint is not the release for which this module was written.
    """
    from weasyprint.layout import LayoutContext, block, page

    owners = {"block": block, "page": page, "LayoutContext": LayoutContext}
    places: list[tuple[Any, str]] = [(owners[name.split(".")[-2]], name.split(".")[-1]) for name in CHANGED]
    before = [(owner, name, getattr(owner, name)) for owner, name in places]
    LayoutContext.in_table = LayoutContext.kept_free = 0
    line_layout = rewritten(block, "_linebox_layout", (_MOVES_LINE, _ASKS_FIRST), _begin=_begin)
    make_page = rewritten(
        page,
        "make_page",
        (_ARGUMENTS, _WITH_ONLY_NOTES),
        (_PUTS_WAITING_NOTES, _CARRIES_ON),
        (_BLANK, _BLANK_OR_NOTES),
        _carry_on=_carry_on,
    )
    after: list[Any] = [
        _limited(block.block_level_layout),
        _counted(block.table_layout),
        line_layout,
        _repeated(make_page),
        _fresh(LayoutContext.layout_footnote),
        _with_rest(LayoutContext.unlayout_footnote),
    ]
    try:
        for (owner, name), function in zip(places, after, strict=True):
            setattr(owner, name, function)
        yield
    finally:
        for owner, name, function in before:
            setattr(owner, name, function)


# Changed functions --------------------------------------------------------------------------------------------------


def _limited(original: Callable[..., Any]) -> Callable[..., Any]:
    def block_level_layout(
        context: Context, box: Box, bottom_space: float, skip_stack: Unknown, *rest: Unknown, **more: Unknown
    ) -> Unknown:
        part: Part | None = getattr(box, "part", None)
        if part is None:
            return original(context, box, bottom_space, skip_stack, *rest, **more)
        top = box.position_y  # before margins collapse; otherwise a line would be lost
        if part.height is not None:
            bottom_space = context.page_bottom - (top + part.height)
        part.drawn, part.stop, *others = original(context, box, bottom_space, part.start, *rest, **more)
        if part.drawn is not None:
            if part.stop is not None:
                _shrink(part.drawn)
            part.bottom = part.drawn.border_box_y() + part.drawn.border_height() - top
        return (part.drawn, None, *others)  # the area continues with the next note

    return block_level_layout


def _shrink(box: Box) -> None:
    """Reduce a fragment to the height of its content; WeasyPrint extends it to the foot of the page."""
    from weasyprint.formatting_structure import boxes

    if not (isinstance(box, boxes.BlockBox) and box.children and box.style["height"] == "auto"):
        return
    last = box.children[-1]
    _shrink(last)
    end = last.position_y + (last.height if isinstance(last, boxes.LineBox) else last.margin_height())
    box.height = min(box.height, max(0, end - box.content_box_y()))


def _counted(original: Callable[..., Any]) -> Callable[..., Any]:
    def table_layout(context: Context, *rest: Unknown) -> Unknown:
        context.in_table += 1
        try:
            return original(context, *rest)
        finally:
            context.in_table -= 1

    return table_layout


def _fresh(original: Callable[..., Any]) -> Callable[..., Any]:
    def layout_footnote(self: Context, note: Box) -> bool:
        old: Part | None = getattr(note, "part", None)
        note.part = Part(old.start, old.note) if old else Part()
        overflows: bool = original(self, note)
        return overflows

    return layout_footnote


def _with_rest(original: Callable[..., Any]) -> Callable[..., Any]:
    def unlayout_footnote(self: Context, note: Box) -> None:
        if note not in self.footnotes:
            self.reported_footnotes = [
                other for other in self.reported_footnotes if other is note or _note_of(other) is not note
            ]
        original(self, note)

    return unlayout_footnote


def _note_of(rest: Box) -> Box:
    part: Part | None = getattr(rest, "part", None)
    return part.note if part else None


def _repeated(original: Callable[..., Any]) -> Callable[..., Any]:
    def make_page(
        context: Context, root: Box, page_type: Unknown, resume_at: Unknown, number: int, state: Unknown
    ) -> Unknown:
        carried, waiting = context.reported_footnotes[:], context.footnotes[:]
        broken, saved = dict(context.broken_out_of_flow), copy.deepcopy(state)
        context.kept_free, only_notes = 0, False
        for attempt in range(1, ROUNDS + 1):
            made = original(context, root, page_type, resume_at, number, state, only_notes=only_notes)
            text, area, _ = made[0].children
            excess = _lowest(text) - area.position_y
            if attempt == ROUNDS or excess < 0.1 or not area.children:
                break
            split = any(note.part.stop is not None for note in context.current_page_footnotes)
            context.kept_free += excess + 1
            only_notes = bool(carried) and (attempt == ROUNDS - 1 or not split)
            context.reported_footnotes, context.footnotes = carried[:], waiting[:]
            context.broken_out_of_flow = dict(broken)
            _restore(state, saved)
            context.page_maker[number - 1][-1].update(anchors=[], content_lookups=[])
        return made

    return make_page


def _restore(state: Unknown, saved: Unknown) -> None:
    """Reset counters and quotes to their values at the beginning of the page."""
    for mine, theirs in zip(state, copy.deepcopy(saved), strict=True):
        mine.clear()
        if isinstance(mine, dict):
            mine.update(theirs)
        else:
            mine.extend(theirs)


def _lowest(box: Box) -> float:
    """Return the position where the lowest line or image of a box ends."""
    from weasyprint.formatting_structure import boxes

    own = box.position_y + box.height if isinstance(box, boxes.LineBox | boxes.ReplacedBox) else 0
    return max([own, *(_lowest(child) for child in getattr(box, "children", ()))])


# Decisions for a note -----------------------------------------------------------------------------------------------


def _begin(context: Context, note: Box, bottom: float, line: float, movable: bool) -> bool:  # noqa: FBT001 - called from WeasyPrint
    """Begin a note that does not fit at the foot of this page, if it is long or its line cannot move.

    Args:
        context: The layout context.
        note: The note, directly after its complete layout.
        bottom: The position where the line of its call ends.
        line: The height of that line.
        movable: Whether the line can move to the next page instead.

    Returns:
        Whether the note begins here and its line can stay.
    """
    if context.in_column:
        return False
    page_height = context.current_footnote_area.page.height
    part: Part = note.part
    carried = list(context.reported_footnotes)
    long = part.bottom > LONG * page_height
    others = context.current_page_footnotes[:-1]
    if not carried:
        if movable and not long:
            return False
        after = max(LINES_AFTER * line, page_height / 4 if context.in_table else 0) + context.kept_free
        if _cut(context, note, bottom + after):
            return True
        if movable:
            return False
        if _cut(context, note, bottom + context.kept_free):
            return True
    broken = [other for other in others if other.part.stop is not None]
    if not broken and (movable or not others):
        return False
    # Shorten another note of this page to make room: one that is already broken, or otherwise the highest.
    other = broken[-1] if broken else max(others, key=lambda box: box.part.bottom)
    limit = max(bottom, other.part.limit)
    if part.bottom > 4 * line and (long or not broken):
        _cut(context, note, context.page_bottom + part.bottom - 4 * line)
    if context.page_bottom >= limit or _cut(context, other, limit):
        rests = [box.part.rest for box in context.current_page_footnotes if box.part.rest is not None]
        context.reported_footnotes = [box for box in carried if box not in rests] + rests
        return True
    context.reported_footnotes = carried
    part.height = part.rest = None
    context._update_footnote_area()  # noqa: SLF001
    return False


def _cut(context: Context, note: Box, limit: float) -> bool:
    """Shorten a note of this page until the notes begin below `limit`; its rest waits for the next page."""
    part: Part = note.part
    if not _lower(context, note, limit - context.page_bottom):
        return False
    if part.stop is not None:
        if part.rest is None:
            part.rest, part.limit = note.copy(), limit
            context.reported_footnotes.append(part.rest)
        part.rest.part = Part(part.stop, part.note or note)
    return True


def _lower(context: Context, note: Box, excess: float) -> bool:
    """Shorten a note of this page by `excess` points or more, if at least two of its lines remain."""
    from weasyprint.formatting_structure import boxes

    part: Part = note.part
    before, part.height = part.height, part.bottom - excess
    if part.height > 0:
        context._update_footnote_area()  # noqa: SLF001
        lines = part.drawn is not None and sum(isinstance(b, boxes.LineBox) for b in part.drawn.descendants())
        if lines >= 2 and part.bottom < part.height + 0.01:
            if part.stop is not None:
                part.height = part.bottom + 0.05  # each later layout gives the same lines
            return True
    part.height = before
    context._update_footnote_area()  # noqa: SLF001
    return False


def _carry_on(context: Context, notes: list[Box], page: Box, root: Box, only_notes: bool) -> bool:  # noqa: FBT001
    """Put waiting notes on a new page, and return whether this leaves no room for text."""
    top = page.content_box_y()
    for index, note in enumerate(notes):
        context.footnotes.append(note)
        context.layout_footnote(note)
        if context.overflows(top, context.page_bottom) or context.page_bottom >= top:
            continue
        if not _cut(context, note, top) and index:
            context.report_footnote(note)
        context.reported_footnotes += notes[index + 1 :]
        return True
    room = LINES_ABOVE * 1.2 * root.style["font_size"]
    return bool(notes) and (only_notes or context.page_bottom < top + room)
