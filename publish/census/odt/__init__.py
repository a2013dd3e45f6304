"""Census of OpenDocument text: what LibreOffice shows, with Python's own XML parser.

`package` opens the file, `styles` and `numbering` compute what the file does not contain, `story` walks through the text.
"""
