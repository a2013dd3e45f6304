"""EPUB 3.3: our own markup and navigation; EbookLib is the packager."""
