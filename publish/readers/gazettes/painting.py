"""Layout of a page of a PDF without the characters that a reader of the page does not see.

pdfminer returns every character of the content of a page: also the name under a black box, the first half of a cropped page,
the layer that is switched off. To publish such text is a leak.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from msgspec import Struct
from pdfminer.converter import PDFPageAggregator
from pdfminer.layout import LAParams
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdftypes import resolve1
from pdfminer.psparser import literal_name
from pdfminer.utils import apply_matrix_rect

from publish.readers.gazettes.visibility import Box, Drawn

INVISIBLE_MODES = frozenset({3, 7})
"""Text rendering modes that paint nothing."""

CORE = (0.3, 0.7)
"""Part of the height of a character box in which every letter and digit has ink."""

EDGE = 0.15
"""Share of the width of a letter at each side into which the letters next to it can reach."""

MOST_REDACTIONS = 500
"""Maximum number of areas of a page that are marked for redaction."""

GAP = 0.2
"""Share of the type size that separates two words without a space."""


class Hidden(Struct, frozen=True):
    """Text that a page contains and does not show."""

    count: int
    """Number of characters without spaces."""
    text: str


class _Character(NamedTuple):
    item: Any
    container: Any
    invisible: bool
    """Whether it is painted with nothing (text rendering modes 3 and 7, ISO 32000-2, 9.3.6)."""
    brightness: float | None
    """From 0 to 255; None if unknown."""


def painted(page: Any, drawn: Drawn) -> tuple[Any, Hidden]:  # noqa: ANN401 - pdfminer objects
    """Return the layout of a page with the visible characters, and the others.

    Args:
        page: A page of pdfminer.
        drawn: The same page, drawn.
    """
    manager = PDFResourceManager()
    device = _Device(manager, drawn)
    PDFPageInterpreter(manager, device).process_page(page)
    return device.get_result(), device.hidden


class _Device(PDFPageAggregator):  # type: ignore[misc]
    """Device that removes unseen characters before it analyses the layout."""

    def __init__(self, manager: PDFResourceManager, drawn: Drawn) -> None:
        parameters = LAParams(boxes_flow=None, char_margin=2.5, line_overlap=0.3, all_texts=True)
        super().__init__(manager, laparams=parameters)
        self.drawn = drawn
        self.hidden = Hidden(0, "")
        self.page_box: Box = (0.0, 0.0, 0.0, 0.0)
        self._characters: list[_Character] = []
        self._redacted: list[Box] = []
        self._mode: Any = 0

    def begin_page(self, page: Any, ctm: Any) -> None:  # noqa: ANN401
        super().begin_page(page, ctm)
        media, crop = apply_matrix_rect(ctm, page.mediabox), apply_matrix_rect(ctm, page.cropbox)
        box = (max(media[0], crop[0]), max(media[1], crop[1]), min(media[2], crop[2]), min(media[3], crop[3]))
        # A crop box without a common part with the page is ignored (ISO 32000-2, 14.11.2.1).
        self.page_box = box if box[0] < box[2] and box[1] < box[3] else media
        self._redacted = [apply_matrix_rect(ctm, marked) for marked in marked_for_redaction(page)]

    def end_page(self, page: Any) -> None:  # noqa: ANN401
        self._leave_out()
        super().end_page(page)

    def render_char(self, *arguments: Any) -> float:  # noqa: ANN401
        advance: float = super().render_char(*arguments)
        item = self.cur_item._objs[-1]  # noqa: SLF001 - pdfminer has no method for this
        self._characters.append(
            _Character(
                item, self.cur_item, self._mode in INVISIBLE_MODES, _brightness(arguments[-1], self._mode)
            )
        )
        return advance

    def render_string(self, textstate: Any, seq: Any, ncs: Any, graphicstate: Any) -> None:  # noqa: ANN401
        self._mode = textstate.render
        super().render_string(textstate, seq, ncs, graphicstate)

    def _leave_out(self) -> None:
        """Remove the characters that a reader does not see from the layout."""
        unseen = [c for word in _words(self._characters) for c in self._unseen(word)]
        gone = {id(character.item) for character in unseen}
        for container in {id(c.container): c.container for c in unseen}.values():
            container._objs = [item for item in container._objs if id(item) not in gone]  # noqa: SLF001
        count = sum(bool(character.item.get_text().strip()) for character in unseen)
        self.hidden = Hidden(count, _text_of(unseen))

    def _unseen(self, word: Sequence[_Character]) -> Iterator[_Character]:
        """Yield the characters of a word that are not seen; a sign such as a full stop is seen if the character next to it is."""
        seen = [self._is_seen(character) for character in word]
        if not all(seen) and self.drawn.pictures(self._core(word)):
            # An OCR program knows the place of a word, but not that of each letter.
            seen = [not self._is_redacted(character) for character in word]
        for k, character in enumerate(word):
            near = [seen[j] for j in (k - 1, k + 1) if 0 <= j < len(word)]
            is_sign = not character.item.get_text().isalnum()
            if not seen[k] and not (is_sign and near and all(near)):
                yield character

    def _is_seen(self, character: _Character) -> bool:
        if self._is_redacted(character):
            return False
        box = self._core([character])
        return self.drawn.shows(box, invisible=character.invisible, brightness=character.brightness)

    def _is_redacted(self, character: _Character) -> bool:
        x = (character.item.x0 + character.item.x1) / 2
        y = (character.item.y0 + character.item.y1) / 2
        return any(box[0] <= x <= box[2] and box[1] <= y <= box[3] for box in self._redacted)

    def _core(self, word: Sequence[_Character]) -> Box:
        """Return the box of characters on the page, without what the lines above and below can reach into."""
        items = [character.item for character in word]
        left, bottom = self.page_box[:2]
        low, high = min(item.y0 for item in items), max(item.y1 for item in items)
        if all(item.upright and item.get_text().isalnum() for item in items):
            low, high = low + CORE[0] * (high - low), low + CORE[1] * (high - low)
            first, last = min(item.x0 for item in items), max(item.x1 for item in items)
            edge = EDGE * items[0].width
            return (first + edge - left, low - bottom, last - edge - left, high - bottom)
        first, last = min(item.x0 for item in items), max(item.x1 for item in items)
        return (first - left, low - bottom, last - left, high - bottom)


def _brightness(state: Any, mode: Any) -> float | None:  # noqa: ANN401 - graphics state of pdfminer
    """Return the brightness of the fill colour, from 0 to 255; None if it depends on a profile, inks or a pattern."""
    space, value = getattr(state.ncs, "name", ""), state.ncolor
    parts = list(value) if isinstance(value, list | tuple) else [value]
    if mode not in {0, None} or not all(isinstance(part, int | float) for part in parts):
        return None
    if space == "DeviceCMYK" and len(parts) == 4:
        parts = [max(0.0, 1 - ink - parts[3]) for ink in parts[:3]]
    elif space not in {"DeviceGray", "DeviceRGB"}:
        return None
    red, green, blue = parts if len(parts) == 3 else [parts[0]] * 3
    return 255 * float(0.299 * red + 0.587 * green + 0.114 * blue)


def _words(characters: Iterable[_Character]) -> Iterator[list[_Character]]:
    """Yield the characters of each word, in the order in which they are painted, without spaces."""
    word: list[_Character] = []
    for character in characters:
        if character.item.get_text().strip() and (not word or _continues(word[-1].item, character.item)):
            word.append(character)
            continue
        if word:
            yield word
        word = [character] if character.item.get_text().strip() else []
    if word:
        yield word


def _continues(last: Any, item: Any) -> bool:  # noqa: ANN401
    """Return whether a character is in the same word as the one before it."""
    return bool(abs(item.y0 - last.y0) < 1 and abs(item.x0 - last.x1) < GAP * item.size)


def _text_of(characters: Iterable[_Character]) -> str:
    out: list[str] = []
    last: Any = None
    for character in characters:
        joined = last is not None and _continues(last, character.item)
        out += [character.item.get_text()] if joined else [" ", character.item.get_text()]
        last = character.item
    return "".join(out)


def marked_for_redaction(page: Any) -> list[Box]:  # noqa: ANN401
    """Return the boxes whose content the author marked for removal (ISO 32000-2, 12.5.6.23)."""
    out: list[Box] = []
    for reference in resolve1(page.annots) or ():
        annotation = resolve1(reference)
        if not isinstance(annotation, dict) or literal_name(resolve1(annotation.get("Subtype"))) != "Redact":
            continue
        points = _floats(annotation.get("QuadPoints"))
        quads = [points[k : k + 8] for k in range(0, len(points) - 7, 8)]
        sides = _floats(annotation.get("Rect"))
        quads = quads or ([sides] if len(sides) == 4 else [])
        out += [(min(q[::2]), min(q[1::2]), max(q[::2]), max(q[1::2])) for q in quads]
    return out[:MOST_REDACTIONS]


def _floats(values: Any) -> list[float]:  # noqa: ANN401
    found = resolve1(values)
    numbers = [resolve1(value) for value in found] if isinstance(found, list) else []
    return [float(number) for number in numbers if isinstance(number, int | float)]
