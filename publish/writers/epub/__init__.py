"""EPUB 3.3: markup and navigation by publish, packaging by EbookLib."""
