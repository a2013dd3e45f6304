"""The structure tree of a PDF: what someone hears who cannot see the page.

WeasyPrint tags what it lays out, box by box. Here the tree becomes the document's: an element that runs over pages is
one element, a call is a Reference, a note is a Note with a Lbl that stands right after its Reference, emphasis is a
Span, and what stands in the margins is an artifact (ISO 32000-1, 14.7 and 14.8; ISO 14289-1, 7). What PDF 2.0 wants
otherwise is done to that tree in the end (`structure2`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pydyf

from publish.writers.pdf.tags import structure2
from publish.writers.pdf.tags.artifacts import mark_artifacts
from publish.writers.pdf.tags.boxes import place_boxes
from publish.writers.pdf.tags.formulas import tag_formulas
from publish.writers.pdf.tags.fragments import merge_fragments
from publish.writers.pdf.tags.links import (
    describe_links,
    drop_nested_links,
    drop_unwanted_links,
    wrap_entries,
)
from publish.writers.pdf.tags.lists import nest_lists, wrap_list_bodies
from publish.writers.pdf.tags.notes import tag_notes
from publish.writers.pdf.tags.speech import name_languages, spell_small_capitals
from publish.writers.pdf.tags.tables import give_header_scopes
from publish.writers.pdf.tags.tree import Object, Tree, repair_parents

STEPS: tuple[Callable[[Tree], None], ...] = (
    spell_small_capitals,  # first, while each element is still one box
    drop_nested_links,  # feeds drop_unwanted_links
    merge_fragments,  # feeds all others: each HTML element is one structure element
    tag_formulas,
    place_boxes,
    wrap_list_bodies,  # feeds nest_lists
    nest_lists,  # feeds tag_notes: which call comes first is the order of the tree
    tag_notes,
    wrap_entries,
    give_header_scopes,
    name_languages,
    repair_parents,  # after all that moves elements
    drop_unwanted_links,
    describe_links,
    mark_artifacts,  # last: what hangs in no tree by now is not said
)


def retag(pdf: Object, boxes: Mapping[int, Object], language: str, *, pdf_2: bool) -> None:
    """Put the structure tree of a file right, in place.

    Args:
        pdf: The `pydyf.PDF`, before it is written.
        boxes: The layout box that each structure element was made of, by object number.
        language: BCP 47 tag, for the descriptions of links.
        pdf_2: Whether the file is PDF 2.0.
    """
    tree = Tree(pdf, boxes, language)
    for step in (*STEPS, *(structure2.STEPS if pdf_2 else ())):
        step(tree)


NEWER_TYPES = {"THead": "Div", "TBody": "Div", "TFoot": "Div"}
"""Structure types that came with PDF 1.5, and the nearest ones of PDF 1.4 (PDF Reference 1.4, 9.7.4)."""


def map_roles_of_pdf_1_4(pdf: Object) -> None:
    """Say in the role map of a PDF 1.4 file what the structure types of later versions are."""
    root = next(
        item for item in pdf.objects if isinstance(item, dict) and item.get("Type") == "/StructTreeRoot"
    )
    root["RoleMap"] = pydyf.Dictionary({name: f"/{kind}" for name, kind in NEWER_TYPES.items()})
