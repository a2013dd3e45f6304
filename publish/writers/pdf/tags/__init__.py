"""The structure tree of a PDF, which assistive technology reads aloud.

WeasyPrint tags each layout box. This package changes its tree to the structure of the document: an element that continues on
further pages is one element, a call is a Reference, a note is a Note with a Lbl, directly after its Reference, emphasis is a
Span, and content of the margins is an artifact (ISO 32000-1, 14.7 and 14.8; ISO 14289-1, 7). Finally, `structure2` makes the
changes that PDF 2.0 requires.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pydyf

from publish.writers.pdf.tags import structure2
from publish.writers.pdf.tags.artifacts import mark_artifacts
from publish.writers.pdf.tags.boxes import place_boxes
from publish.writers.pdf.tags.formulas import tag_formulas
from publish.writers.pdf.tags.fragments import merge_fragments
from publish.writers.pdf.tags.images import drop_decorative_images
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
    spell_small_capitals,  # first, while each element still has one box
    drop_nested_links,  # provides input for drop_unwanted_links
    merge_fragments,  # provides input for all other steps: each HTML element is one structure element
    tag_formulas,
    drop_decorative_images,
    place_boxes,
    wrap_list_bodies,  # provides input for nest_lists
    nest_lists,  # provides input for tag_notes: the order of the tree determines the first call
    tag_notes,
    wrap_entries,
    give_header_scopes,
    name_languages,
    repair_parents,  # after all steps that move elements
    drop_unwanted_links,
    describe_links,
    mark_artifacts,  # last: content that is not in the tree now is not read aloud
)


def retag(pdf: Object, boxes: Mapping[int, Object], language: str, *, pdf_2: bool) -> None:
    """Correct the structure tree of a file in place.

    Args:
        pdf: The `pydyf.PDF`, before it is written.
        boxes: The source layout box of each structure element, by object number.
        language: BCP 47 tag, for the descriptions of links.
        pdf_2: Whether the file is PDF 2.0.
    """
    tree = Tree(pdf, boxes, language)
    for step in (*STEPS, *(structure2.STEPS if pdf_2 else ())):
        step(tree)


NEWER_TYPES = {"THead": "Div", "TBody": "Div", "TFoot": "Div"}
"""Structure types that PDF 1.5 introduced, and the nearest types of PDF 1.4 (PDF Reference 1.4, 9.7.4)."""


def map_roles_of_pdf_1_4(pdf: Object) -> None:
    """Define the structure types of later versions in the role map of a PDF 1.4 file."""
    root = next(
        item for item in pdf.objects if isinstance(item, dict) and item.get("Type") == "/StructTreeRoot"
    )
    root["RoleMap"] = pydyf.Dictionary({name: f"/{kind}" for name, kind in NEWER_TYPES.items()})
