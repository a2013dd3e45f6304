"""PDF: laid out by WeasyPrint, PDF/A-2a and PDF/UA-1 in one file, with every note tagged, linked and on its page."""

from publish.writers.pdf.writer import pages, write

__all__ = ["pages", "write"]
