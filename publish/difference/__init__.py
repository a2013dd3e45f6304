"""Comparison of two versions or publications of one document, by structure and words, notes included.

Files of any format are read into the model and numbered; the comparison is of the text that a reader sees. A new note renumbers
the notes after it: the report states this once, and not as a change of each note.
"""

from publish.difference.compare import Change, Difference, compare_documents

__all__ = ["Change", "Difference", "compare_documents"]
