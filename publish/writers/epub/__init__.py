"""EPUB 3.3: our own markup and navigation; EbookLib is the packager."""

from publish.writers.epub.writer import write

__all__ = ["write"]
