"""DOCX: native footnotes, headings, lists and tables of Word, in a minimal package built with python-docx."""
