"""Word files (ISO/IEC 29500), read with their notes, positions, tracked changes and comments."""

from publish.readers.docx.reader import read

__all__ = ["read"]
