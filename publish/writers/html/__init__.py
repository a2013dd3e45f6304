"""HTML: one self-contained page, and the tree of elements that PDF and EPUB are made of too."""

from publish.writers.html.page import write

__all__ = ["write"]
