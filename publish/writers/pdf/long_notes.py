"""Notes that are longer than a page are broken over pages, as WeasyPrint 70.0 does not do by itself.

A note that is higher than half the text area begins on the page of its call and goes on at the foot of the next pages; what
is left of it takes a whole page where it must, and text stands above its end. Shorter notes move with the line of their
call, as they always do.

WeasyPrint lays each note out as a block at the foot of the page, whole, and has one list for notes that must wait for the next
page (`reported_footnotes`). Here a note gets a `Part`: where on this page it begins, how high it may be, and where it stopped;
a copy of the note with the rest waits in that list. Four functions of WeasyPrint are changed while `broken_over_pages` lasts:

* `block.block_level_layout` lays out no more of a note than its part;
* `block._linebox_layout` asks `_begin` before it moves the line of a note that does not fit;
* `page.make_page` puts waiting parts on their page first (`_carry_on`), leaves out the text where they need the whole
  page, and lays a page out again where text and notes overlap;
* `LayoutContext.layout_footnote` and `unlayout_footnote` keep parts and their rests together.
"""

from __future__ import annotations

import contextlib
import copy
from collections.abc import Callable, Iterator
from typing import Any

from publish.writers.pdf.patching import rewritten

LONG = 0.5
"""Share of the text area from which a note is broken rather than moved with its line."""

LINES_AFTER = 2
"""Lines of text that keep their place after the line with the call of a long note."""

LINES_ABOVE = 3
"""Lines of text without which a page has none at all beside the end of a long note."""

ROUNDS = 6
"""How often a page is laid out until text and notes do not overlap."""

CHANGED = (
    "weasyprint.layout.block.block_level_layout",
    "weasyprint.layout.block.table_layout",
    "weasyprint.layout.block._linebox_layout",
    "weasyprint.layout.page.make_page",
    "weasyprint.layout.LayoutContext.layout_footnote",
    "weasyprint.layout.LayoutContext.unlayout_footnote",
)
"""What is changed while `broken_over_pages` lasts."""

Box = Any
Context = Any
Unknown = Any
"""What is handed on to WeasyPrint, or comes from it, without being looked at."""

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
    """The stretch of a note that stands on one page."""

    def __init__(self, start: Unknown = None, note: Box = None) -> None:
        self.start = start
        """Where it begins in the note; None is the note's own beginning."""
        self.note = note
        """The note of which it is a rest; None for a beginning."""
        self.height: float | None = None
        """How high it may be; None is as high as it is."""
        self.stop: Any = None
        """Where it stopped; None where the note ends here."""
        self.drawn: Box = None
        self.bottom = 0.0
        """How high it came out."""
        self.rest: Box = None
        """The copy of the note that waits for the next page."""
        self.limit = 0.0
        """Where on the page text ends that the note must not cover."""


def overflows(pages: list[Any]) -> bool:
    """Whether the notes of some page are higher than its text area."""
    for page in pages:
        box = page._page_box  # noqa: SLF001 - see the module's docstring
        areas = [child for child in box.children if type(child).__name__ == "FootnoteAreaBox"]
        if any(area.position_y < box.content_box_y() - 1 for area in areas):
            return True
    return False


@contextlib.contextmanager
def broken_over_pages() -> Iterator[None]:
    """While this lasts, WeasyPrint breaks long notes.

    Raises:
        EngineChangedError: WeasyPrint is not the release that this module was written for.
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
        top = box.position_y  # before margins collapse, or a line would be lost
        if part.height is not None:
            bottom_space = context.page_bottom - (top + part.height)
        part.drawn, part.stop, *others = original(context, box, bottom_space, part.start, *rest, **more)
        if part.drawn is not None:
            if part.stop is not None:
                _shrink(part.drawn)
            part.bottom = part.drawn.border_box_y() + part.drawn.border_height() - top
        return (part.drawn, None, *others)  # the area goes on with its next note

    return block_level_layout


def _shrink(box: Box) -> None:
    """WeasyPrint stretches a fragment to the foot of its page; here it ends with what it holds."""
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
    """Put counters and quotes back as they were at the beginning of the page."""
    for mine, theirs in zip(state, copy.deepcopy(saved), strict=True):
        mine.clear()
        if isinstance(mine, dict):
            mine.update(theirs)
        else:
            mine.extend(theirs)


def _lowest(box: Box) -> float:
    """Where the lowest line or picture of a box ends."""
    from weasyprint.formatting_structure import boxes

    own = box.position_y + box.height if isinstance(box, boxes.LineBox | boxes.ReplacedBox) else 0
    return max([own, *(_lowest(child) for child in getattr(box, "children", ()))])


# What is decided for a note -----------------------------------------------------------------------------------------


def _begin(context: Context, note: Box, bottom: float, line: float, movable: bool) -> bool:  # noqa: FBT001 - called from WeasyPrint
    """Let a note that does not fit begin at the foot of this page, if it is long or its line cannot move.

    Args:
        context: The layout.
        note: The note, which has just been laid out whole.
        bottom: Where the line of its call ends.
        line: The height of that line.
        movable: Whether the line could go to the next page instead.

    Returns:
        Whether the note begins here, and its line can stay.
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
    # Another note of this page makes room: one that is broken anyway, or else the highest.
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
    """Make a note of this page so low that the notes begin below `limit`, and let its rest wait for the next page."""
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
    """Make a note of this page lower by `excess` points or more, if two lines of it are left."""
    from weasyprint.formatting_structure import boxes

    part: Part = note.part
    before, part.height = part.height, part.bottom - excess
    if part.height > 0:
        context._update_footnote_area()  # noqa: SLF001
        lines = part.drawn is not None and sum(isinstance(b, boxes.LineBox) for b in part.drawn.descendants())
        if lines >= 2 and part.bottom < part.height + 0.01:
            if part.stop is not None:
                part.height = part.bottom + 0.05  # the same lines whenever it is laid out again
            return True
    part.height = before
    context._update_footnote_area()  # noqa: SLF001
    return False


def _carry_on(context: Context, notes: list[Box], page: Box, root: Box, only_notes: bool) -> bool:  # noqa: FBT001
    """Put waiting notes on a new page; returns whether that leaves no room for text."""
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
