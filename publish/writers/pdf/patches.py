"""Table of all changes to WeasyPrint: target, reason and implementation.

`docs/architecture.md` contains this table, and the tests check each row. WeasyPrint is pinned because this module changes
private names of this release. `tests/writers/test_patches.py` fails with a clear message if these names change.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any, NamedTuple

import pydyf

from publish.writers.pdf import copied_text, note_area
from publish.writers.pdf.library import DeferringFfi
from publish.writers.pdf.long_notes import CHANGED as CHANGED_FOR_LONG_NOTES
from publish.writers.pdf.patching import EngineChangedError, rewritten

PINNED = "70.0"

BOXES = "_boxes_of_elements"
"""Attribute of a `pydyf.PDF` with the source layout box of each structure element, by object number."""


class Patch(NamedTuple):
    """One change to a library."""

    target: str
    """The name that this patch changes."""
    why: str
    apply: Callable[[], None] | None
    """Function that makes the change once; None for a change only during the layout of a document with a long note."""


_REPORT = "            report = not context.in_column and can_break_now and not could_break_before\n"
_NEXT = "            reported_footnotes = 0\n"
_CONDITION = (
    "            report = report and all(\n"
    "                note.style['footnote_policy'] == 'auto' for note in context.current_page_footnotes)\n"
)


def _keep_notes_on_their_page() -> None:
    """Add the condition on `footnote-policy` that is missing in one path of WeasyPrint's line layout.

    Raises:
        EngineChangedError: if the source of the function is not the expected one.
    """
    from weasyprint.layout import block

    block._linebox_layout = rewritten(  # noqa: SLF001
        block, "_linebox_layout", (_REPORT + _NEXT, _REPORT + _CONDITION + _NEXT)
    )


def _ignore_rounding() -> None:
    """Ignore rounding errors in the check whether a note fits.

    `layout_footnote` returns whether the area of notes is higher than its maximum height. House styles set no maximum, so any
    excess is a rounding error of 1e-13 points. It moved paragraphs to the next page and left the page half empty.
    """
    from weasyprint.layout import LayoutContext

    original = LayoutContext.layout_footnote

    def layout_footnote(self: Any, footnote: Any) -> bool:  # noqa: ANN401
        original(self, footnote)
        return False

    LayoutContext.layout_footnote = layout_footnote


def _remember_pages() -> None:
    """Make pydyf calculate the references to its pages only if the number of pages has changed.

    WeasyPrint requests all references for each structure element. For 500 pages, this takes a sixth of the time of writing.
    """
    original = pydyf.PDF.page_references.fget

    def page_references(pdf: Any) -> tuple[bytes, ...]:  # noqa: ANN401
        count = len(pdf.pages["Kids"])
        known: tuple[int, tuple[bytes, ...]] | None = pdf.__dict__.get("_known_pages")
        if known is None or known[0] != count:
            known = pdf.__dict__["_known_pages"] = (count, original(pdf))
        return known[1]

    pydyf.PDF.page_references = property(page_references)


def _record_boxes() -> None:
    """Store the box of each structure element in the `pydyf.PDF`."""
    from weasyprint.pdf import tags as engine_tags

    original = engine_tags._build_box_tree  # noqa: SLF001

    def build(box: Any, parent: Any, pdf: Any, *rest: Any) -> Iterator[Any]:  # noqa: ANN401
        boxes = pdf.__dict__.setdefault(BOXES, {})
        for element in original(box, parent, pdf, *rest):
            boxes.setdefault(element.number, box)
            yield element

    engine_tags._build_box_tree = build  # noqa: SLF001


def _defer_freeing() -> None:
    """Free objects of Pango only while a thread holds the lock."""
    from weasyprint.text import fonts, line_break

    line_break.ffi = DeferringFfi(line_break.ffi)
    fonts.ffi = DeferringFfi(fonts.ffi)


def _reject_half_images() -> None:
    """Make Pillow reject incomplete images, as it does without WeasyPrint; readers have checked every image."""
    from PIL import ImageFile

    ImageFile.LOAD_TRUNCATED_IMAGES = False


PATCHES: tuple[Patch, ...] = (
    Patch(
        "weasyprint.layout.block._linebox_layout",
        "It moves the last note of a page to the next page if this makes room for one more line, and ignores the note's "
        "`footnote-policy`: 33 of 728 notes appeared one page after their call. The patch adds the missing condition.",
        _keep_notes_on_their_page,
    ),
    Patch(
        "weasyprint.layout.LayoutContext.layout_footnote",
        "It treats a rounding error of 1e-13 points as an overflow, and moves paragraphs to the next page.",
        _ignore_rounding,
    ),
    Patch(
        "weasyprint.layout.LayoutContext._update_footnote_area",
        "It lays out all notes of a page again for each note that is added: a page with 36 notes takes ten times as long as a page with 3.",
        note_area.measure_notes_once,
    ),
    Patch(
        "weasyprint.draw.text.draw_first_line",
        "It assigns the text of the whole cluster to the first glyph drawn. Text copied from the PDF therefore contains Arabic letters twice.",
        copied_text.give_each_glyph_its_own,
    ),
    Patch(
        "weasyprint.pdf.tags._build_box_tree",
        "Only this function knows the box of each structure element; the tags need that box.",
        _record_boxes,
    ),
    Patch(
        "pydyf.PDF.page_references",
        "For each structure element, WeasyPrint requests all references to pages; this takes a sixth of the time needed to write 500 pages.",
        _remember_pages,
    ),
    Patch(
        "weasyprint.text.line_break.ffi",
        "The thread that runs the garbage collector frees Pango objects, even while another thread uses their font map.",
        _defer_freeing,
    ),
    Patch(
        "PIL.ImageFile.LOAD_TRUNCATED_IMAGES",
        "WeasyPrint makes Pillow accept incomplete images in the whole process.",
        _reject_half_images,
    ),
    *(
        Patch(
            name,
            "Long notes are broken over pages; this patch is active only while a document with a long note is laid out.",
            None,
        )
        for name in CHANGED_FOR_LONG_NOTES
    ),
)


def apply_all(weasyprint: ModuleType) -> None:
    """Apply all patches to WeasyPrint, once.

    Raises:
        EngineChangedError: if WeasyPrint is not the pinned release.
    """
    if weasyprint.__version__ != PINNED:
        raise EngineChangedError(
            f"WeasyPrint {PINNED} is required, but {weasyprint.__version__} is installed"
        )
    for patch in PATCHES:
        if patch.apply is not None:
            patch.apply()
