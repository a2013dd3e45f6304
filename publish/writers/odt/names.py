"""Namespaces and media types of an OpenDocument text (ODF 1.3)."""

from __future__ import annotations

VERSION = "1.3"
MIME = "application/vnd.oasis.opendocument.text"
TEMPLATE_MIME = f"{MIME}-template"
FORMULA_MIME = "application/vnd.oasis.opendocument.formula"

_ODF = {
    "office": "office",
    "style": "style",
    "text": "text",
    "table": "table",
    "draw": "drawing",
    "fo": "xsl-fo-compatible",
    "svg": "svg-compatible",
    "meta": "meta",
}
NAMESPACES = " ".join(
    [
        *(
            f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
            for prefix, name in _ODF.items()
        ),
        'xmlns:xlink="http://www.w3.org/1999/xlink"',
        'xmlns:dc="http://purl.org/dc/elements/1.1/"',
        'xmlns:loext="urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0"',
        'xmlns:ooow="http://openoffice.org/2004/writer"',
    ]
)
"""Declarations for the root of each part."""

HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
