"""Images in the formats of Windows: EMF and WMF. LibreOffice draws them, all those of a document in one run.

LibreOffice cannot open such a file alone without its drawing program, but Writer draws those in a text: each goes on a page
of its own, of which PDFium makes a picture.
"""

from __future__ import annotations

import base64
import gzip
import io
import struct
import zlib
from collections.abc import Callable, Mapping
from typing import Any

from publish.libreoffice import convert
from publish.markup import quoteattr
from publish.pdfium import EXCLUSIVE
from publish.temporary import temporary_folder

SUFFIXES = (".emf", ".wmf", ".emz", ".wmz")

SECONDS = 60.0
"""Time limit for all images of a document."""

DOTS_PER_INCH = 300
ROOM = (180.0, 250.0)
"""Width and height in millimetres in which an image is drawn on its page."""

SMALLEST = 40.0
"""Length in millimetres of the longer side of the smallest drawing."""

LARGEST = 50 * 1024 * 1024
"""Bytes of the largest unpacked image."""

UNKNOWN = (120.0, 90.0)
"""Width and height of an image that does not state its size."""

MOST = 500
"""Maximum number of images of a document."""

_PLACEABLE = b"\xd7\xcd\xc6\x9a"
_STANDARD = (b"\x01\x00\x09\x00", b"\x02\x00\x09\x00")
_WINDOW = 0x020C

_NAMESPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in {
        "office": "office",
        "style": "style",
        "text": "text",
        "draw": "drawing",
        "fo": "xsl-fo-compatible",
        "svg": "svg-compatible",
    }.items()
)
_STYLES = (
    '<style:style style:name="P" style:family="paragraph"><style:paragraph-properties fo:margin="0mm" fo:break-before="page"/>'
    '<style:text-properties fo:font-size="1pt"/></style:style><style:style style:name="G" style:family="graphic">'
    '<style:graphic-properties style:wrap="run-through" style:vertical-pos="from-top" style:vertical-rel="page" '
    'style:horizontal-pos="from-left" style:horizontal-rel="page" fo:padding="0mm" fo:border="none"/></style:style>'
)


class Metafiles:
    """The EMF and WMF images of a document, drawn when the first of them is needed."""

    def __init__(self, names: Callable[[], Mapping[str, bytes]] = dict) -> None:
        """Begin without drawing.

        Args:
            names: Returns all images of these formats in the document, by name.
        """
        self._names = names
        self._drawn: dict[bytes, bytes] = {}
        self._known = False

    def draw(self, data: bytes) -> bytes:
        """Return an image as PNG.

        Raises:
            PublishError: PUB-C004, if LibreOffice is not installed.
            OSError: if it cannot draw the image, with the reason.
        """
        if data not in self._drawn:
            others = () if self._known else [x for x in self._names().values() if is_metafile(unpacked(x))]
            self._known = True
            wanted = list(dict.fromkeys([data, *others]))[:MOST]
            self._drawn |= dict(zip(wanted, _drawn(wanted), strict=True))
        if not self._drawn[data]:
            raise OSError("LibreOffice drew nothing")
        return self._drawn[data]


def unpacked(data: bytes) -> bytes:
    """Return an image without the compression of EMZ and WMZ ([MS-ODRAWXML]: gzip)."""
    if not data.startswith(b"\x1f\x8b"):
        return data
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as file:
            return file.read(LARGEST)
    except (OSError, EOFError, zlib.error):
        return data


def is_metafile(data: bytes) -> bool:
    """Return whether data are EMF ([MS-EMF] 2.3.4.2) or WMF ([MS-WMF] 2.3.2)."""
    return data[40:44] == b" EMF" or data.startswith((_PLACEABLE, *_STANDARD))


def size(data: bytes) -> tuple[float, float]:
    """Return the width and height in millimetres that an image states."""
    try:
        wide, high = _size(data)
    except (struct.error, ZeroDivisionError):
        return UNKNOWN
    return (wide, high) if wide > 0 and high > 0 else UNKNOWN


def _size(data: bytes) -> tuple[float, float]:
    if data[40:44] == b" EMF":
        left, top, right, bottom = struct.unpack_from("<4i", data, 24)
        return (right - left) / 100, (bottom - top) / 100
    if data.startswith(_PLACEABLE):
        left, top, right, bottom, per_inch = struct.unpack_from("<4hH", data, 6)
        return abs(right - left) / per_inch * 25.4, abs(bottom - top) / per_inch * 25.4
    at = 18
    while at + 10 <= len(data):
        words, function = struct.unpack_from("<IH", data, at)
        if function == _WINDOW:
            height, width = struct.unpack_from("<2h", data, at + 6)
            return UNKNOWN[0], UNKNOWN[0] * abs(height) / abs(width)
        at += max(words, 3) * 2
    return UNKNOWN


def _drawn(images: list[bytes]) -> list[bytes]:
    """Return a PNG of each image; empty if LibreOffice draws nothing."""
    boxes = [_box(*size(unpacked(data))) for data in images]
    with temporary_folder() as folder:
        source = folder / "images.fodt"
        source.write_text(_document(images, boxes), "utf-8")
        pdf = convert(source, "pdf", folder, SECONDS).read_bytes()
    return _pictures(pdf, boxes)


def _box(wide: float, high: float) -> tuple[float, float]:
    """Return the size in which an image is drawn: its own, within the page; a small one is enlarged, for thin lines."""
    scale = min(max(1.0, SMALLEST / max(wide, high)), ROOM[0] / wide, ROOM[1] / high)
    return max(wide * scale, 0.5), max(high * scale, 0.5)


def _document(images: list[bytes], boxes: list[tuple[float, float]]) -> str:
    pages = (
        f'<text:p text:style-name="P"><draw:frame draw:name="F{k}" text:anchor-type="paragraph" draw:style-name="G" '
        f'svg:x="0mm" svg:y="0mm" svg:width={quoteattr(f"{wide:.2f}mm")} svg:height={quoteattr(f"{high:.2f}mm")}><draw:image>'
        f"<office:binary-data>{base64.b64encode(unpacked(data)).decode()}</office:binary-data></draw:image></draw:frame></text:p>"
        for k, (data, (wide, high)) in enumerate(zip(images, boxes, strict=True))
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document {_NAMESPACES} office:version="1.3" '
        f'office:mimetype="application/vnd.oasis.opendocument.text"><office:automatic-styles>{_STYLES}</office:automatic-styles>'
        f"<office:body><office:text>{''.join(pages)}</office:text></office:body></office:document>"
    )


def _pictures(pdf: bytes, boxes: list[tuple[float, float]]) -> list[bytes]:
    """Return a picture of each page; the check is our own: a picture without any difference is not one."""
    import pypdfium2 as pdfium

    out: list[bytes] = []
    with EXCLUSIVE:
        document = pdfium.PdfDocument(pdf)
        try:
            if len(document) != len(boxes):
                raise OSError(f"LibreOffice drew {len(document)} pages for {len(boxes)} images")
            for page, (wide, high) in zip(document, boxes, strict=True):
                scale = DOTS_PER_INCH / 72
                image = page.render(scale=scale).to_pil().convert("RGB")
                across, down = (max(round(side / 25.4 * DOTS_PER_INCH), 1) for side in (wide, high))
                part = image.crop((0, 0, min(across, image.width), min(down, image.height)))
                extremes: Any = part.getextrema()
                stream = io.BytesIO()
                part.save(stream, "PNG")
                has_ink = any(low != high for low, high in extremes)
                out.append(stream.getvalue() if has_ink else b"")
        finally:
            document.close()
    return out
