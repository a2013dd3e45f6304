"""Markdown, as CommonMark with tables, footnotes, definition lists, attributes and front matter."""

from publish.readers.markdown.reader import read

__all__ = ["read"]
