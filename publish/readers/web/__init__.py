"""Read web pages and EPUB with pandoc, after their notes are extracted by their roles.

pandoc recognises notes in such files only if its own writer made them, and makes a separate note of each call. The roles in
HTML and EPUB (`doc-noteref`, `epub:type="noteref"`) are sufficient to keep a note with several calls as one note.
"""
