"""The Typst writer: the document in Typst's language, and the PDF from Typst for systems without Pango."""
