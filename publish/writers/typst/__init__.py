"""The Typst writer: the document in Typst's language, and the PDF that Typst makes of it, where no Pango is installed."""

from publish.writers.typst.writer import pages, write, write_source

__all__ = ["pages", "write", "write_source"]
