"""PDF from WeasyPrint: PDF/A-2a and PDF/UA-1 in one file, with every note tagged, linked and on its page."""
