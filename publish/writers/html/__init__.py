"""HTML: one self-contained page, and the tree of elements that PDF and EPUB also use."""
