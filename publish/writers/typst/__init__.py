"""The Typst writer: the document in Typst's language, and the PDF that Typst makes of it, where no Pango is installed."""
