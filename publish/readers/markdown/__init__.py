"""Markdown, as CommonMark with tables, footnotes, definition lists, attributes and front matter."""
