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
        self._characters.append(_Character(item, self.cur_item))
        return advance

    def _leave_out(self) -> None:
        """Remove the characters that a reader does not see from the layout."""
        unseen = [c for word in _words(self._characters) for c in self._unseen(word)]
        gone = {id(character.item) for character in unseen}
        for container in {id(c.container): c.container for c in unseen}.values():
            container._objs = [item for item in container._objs if id(item) not in gone]  # noqa: SLF001
        count = sum(bool(character.item.get_text().strip()) for character in unseen)
        self.hidden = Hidden(count, _text_of(unseen))

    def _unseen(self, word: Sequence[_Character]) -> Iterator[_Character]:
        """Yield the characters of a word that are not seen.

        The metrics of a font can be wrong, so a single character without ink in a word that is seen is seen too.
        """
        seen = [self._is_seen(character) for character in word]
        for k, character in enumerate(word):
            near = [seen[j] for j in (k - 1, k + 1) if 0 <= j < len(word)]
            if not seen[k] and not (near and all(near)):
                yield character

    def _is_seen(self, character: _Character) -> bool:
        item = character.item
        x, y = (item.x0 + item.x1) / 2, (item.y0 + item.y1) / 2
        if any(box[0] <= x <= box[2] and box[1] <= y <= box[3] for box in self._redacted):
            return False
        left, bottom = self.page_box[:2]
        box = (item.x0 - left, item.y0 - bottom, item.x1 - left, item.y1 - bottom)
        return self.drawn.shows(box)


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
