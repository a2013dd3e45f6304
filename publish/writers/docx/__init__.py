"""DOCX: Word's own footnotes, headings, lists and tables, in a lean package built on python-docx."""
