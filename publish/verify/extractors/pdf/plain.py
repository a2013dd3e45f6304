"""PDF of other programs: notes and calls by pairs of links between them, text by its position.

Office programs do not write Reference or Lbl, and often write no tags at all, but they link a call and its note to each
other. Two links that point to each other's positions are a call and a note. The text after the marker of a note on its
page, line by line, is the text of the note.
"""

from __future__ import annotations

from collections import defaultdict

from msgspec import Struct
from msgspec.structs import replace

from publish.verify.extractors.observer import Observer, Place
from publish.verify.extractors.pdf.glyphs import Glyphs
from publish.verify.extractors.pdf.links import Link, link, page_annotations
from publish.verify.extractors.pdf.objects import Objects
from publish.verify.observation import Observation

REACH = 16.0
"""Maximum distance, in points, between the end of a link and the marker that it points to."""

LARGER = 1.1
"""Text that is larger than the first letter of a note by this factor is not part of the note."""

LEADING = 2.5
"""Line distance, as a multiple of the glyph height, above which text does not belong to a note."""


class Glyph(Struct):
    """One glyph on a page."""

    text: str
    page: int
    x0: float
    y0: float
    x1: float
    y1: float


class _Rect(Struct):
    """A link and the area that it covers."""

    page: int
    x0: float
    y0: float
    x1: float
    y1: float
    link: Link
    glyphs: list[int] = []

    def holds(self, glyph: Glyph) -> bool:
        """Return whether most of a glyph of the page is in this area."""
        covered = min(glyph.x1, self.x1) - max(glyph.x0, self.x0)
        middle = (glyph.y0 + glyph.y1) / 2
        return covered > 0.6 * (glyph.x1 - glyph.x0) and self.y0 - 1 <= middle <= self.y1 + 1

    def distance(self, place: Place) -> float:
        """Return the distance in points from the end of a link to this area; infinite if it is on another page."""
        return abs(place[1] - self.x0) + abs(place[2] - self.y1) if place[0] == self.page else float("inf")


def read(objects: Objects, glyphs: Glyphs, path: str) -> Observation:
    """Read a PDF without tags for notes."""
    drawn: list[Glyph] = []
    rects: list[_Rect] = []
    for page in range(len(objects.pages)):
        for run in glyphs.runs(page, boxes=True):
            if not run.artifact:
                drawn += (Glyph(text, page, *box) for text, box in zip(run.text, run.boxes, strict=True))
        for _, found in page_annotations(objects, page):
            x0, y0, x1, y1 = (float(objects.resolve(value)) for value in objects.items(found.get("/Rect")))
            rects.append(_Rect(page, x0, y0, x1, y1, link(objects, found)))
    return _Reading(drawn, rects).observation(path)


class _Reading:
    def __init__(self, glyphs: list[Glyph], rects: list[_Rect]) -> None:
        self.glyphs = glyphs
        on_page: defaultdict[int, list[int]] = defaultdict(list)
        for k, glyph in enumerate(glyphs):
            if glyph.text.strip():
                on_page[glyph.page].append(k)
        for rect in rects:
            rect.glyphs = [k for k in on_page[rect.page] if rect.holds(glyphs[k])]
        self.pairs = sorted(self._pairs([r for r in rects if r.link.place and r.glyphs]), key=_reading_order)

    def _pairs(self, rects: list[_Rect]) -> list[tuple[_Rect, _Rect]]:
        """Return each call with the marker of its note: two links that point to each other."""
        pairs: list[tuple[_Rect, _Rect]] = []
        on_page: dict[int, list[int]] = {}
        for k, rect in enumerate(rects):
            on_page.setdefault(rect.page, []).append(k)
        leads_to = [self._target(k, rects, on_page) for k in range(len(rects))]
        for k, target in enumerate(leads_to):
            if target is not None and target > k and leads_to[target] == k:
                one, other = rects[k], rects[target]
                # The note follows the call: on a later page, or lower on the same page.
                first = (one.page, -one.y1) < (other.page, -other.y1)
                pairs.append((one, other) if first else (other, one))
        return pairs

    @staticmethod
    def _target(index: int, rects: list[_Rect], on_page: dict[int, list[int]]) -> int | None:
        """Return the link at the position where this one ends."""
        place = rects[index].link.place
        if place is None:
            return None
        near = [(rects[k].distance(place), k) for k in on_page.get(place[0], ()) if k != index]
        distance, found = min(near, default=(float("inf"), -1))
        return found if distance <= REACH else None

    def _label(self, rect: _Rect) -> str:
        return "".join(self.glyphs[k].text for k in rect.glyphs).strip()

    def observation(self, path: str) -> Observation:
        marks = {mark.glyphs[0] for _, mark in self.pairs}
        taken = {k for call, mark in self.pairs for k in (*call.glyphs, *mark.glyphs)}
        seen = Observer()
        for index, (_, mark) in enumerate(self.pairs):
            held = self._text_after(mark, marks)
            taken.update(held)
            with seen.note(index, self._label(mark)) as note:
                note.out = [self.glyphs[k].text for k in held]
                note.place = (mark.page, mark.x0, mark.y1)
                seen.backlink(index)
        body = seen.body.out
        start = 0
        for index, (call, _) in enumerate(self.pairs):
            body += (self.glyphs[k].text for k in range(start, call.glyphs[0]) if k not in taken)
            start = call.glyphs[0]
            seen.call(self._label(call), index, index).place = (call.page, call.x0, call.y1)
        body += (self.glyphs[k].text for k in range(start, len(self.glyphs)) if k not in taken)
        return replace(seen.finish("pdf", path), exact=False)

    def _text_after(self, mark: _Rect, marks: set[int]) -> list[int]:
        """Return the glyphs of a note: those after its marker, until another note or text elsewhere on the page begins."""
        found: list[int] = []
        start = self.glyphs[mark.glyphs[0]]
        low = start.y0
        size = 0.0
        for k in range(mark.glyphs[-1] + 1, len(self.glyphs)):
            glyph = self.glyphs[k]
            height = max(glyph.y1 - glyph.y0, 1.0)
            elsewhere = glyph.y0 > start.y1 or glyph.y1 < low - LEADING * height
            size = size or (height if glyph.text.strip() else 0.0)
            larger = glyph.text.strip() and height > size * LARGER
            if k in marks or glyph.page != start.page or elsewhere or larger:
                break
            found.append(k)
            low = min(low, glyph.y0)
        return self._without_page_number(found)

    def _without_page_number(self, held: list[int]) -> list[int]:
        """Return the glyphs of a note without a separate line of digits at the end, which is the page number."""
        inked = [k for k in held if self.glyphs[k].text.strip()]
        last = self.glyphs[inked[-1]] if inked else None
        line = [k for k in inked if last is not None and abs(self.glyphs[k].y0 - last.y0) < 1]
        above = [self.glyphs[k].y0 for k in inked if k not in line]
        digits = all(self.glyphs[k].text.isdecimal() for k in line)
        if last is None or not digits or not above or min(above) - last.y1 < last.y1 - last.y0:
            return held
        return held[: held.index(line[0])]


def _reading_order(pair: tuple[_Rect, _Rect]) -> int:
    return pair[0].glyphs[0]
