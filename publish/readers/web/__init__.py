"""Web pages and EPUB: read through pandoc, with their notes lifted by their roles first.

pandoc knows notes of such files only where its own writer made them, and each call as a note of its own. What HTML and EPUB say
of notes (`doc-noteref`, `epub:type="noteref"`) is enough to keep each note one note, called as often as it is.
"""
