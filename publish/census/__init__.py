"""Census of a source: what a person sees in the source's own program, counted without the code of the readers.

A reader decides what a source means. If it overlooks a paragraph, the paragraph is missing from all formats, and all formats
agree. Therefore a census reads the same bytes a second time, with other code and other libraries, and lists words, notes,
labels, tables, images and links. `publish.verify.source` compares it with the document.
"""

from publish.census.registry import take
from publish.census.types import Census

__all__ = ["Census", "take"]
