"""Read a PDF: by its tags if they distinguish calls from text, else by its links."""

from __future__ import annotations

import pikepdf

from publish.verify.extractors.pdf import plain, tagged
from publish.verify.extractors.pdf.glyphs import opened
from publish.verify.extractors.pdf.objects import Objects
from publish.verify.extractors.pdf.structure import read_tree
from publish.verify.extractors.unreadable import UnreadableError
from publish.verify.observation import Observation


def extract(data: bytes, path: str) -> Observation:
    """Read a tagged PDF (ISO 32000-1, 14.7)."""
    try:
        objects = Objects(data)
        tree = read_tree(objects)
        with opened(data) as glyphs:
            if tree is not None and tree.has_note_tags():
                return tagged.TaggedReader(objects, tree, glyphs).observation(path)
            return plain.read(objects, glyphs, path)
    except (pikepdf.PdfError, ValueError, KeyError, TypeError, IndexError, AttributeError) as error:
        raise UnreadableError(f"Cannot read PDF: {type(error).__name__} {error}") from None
