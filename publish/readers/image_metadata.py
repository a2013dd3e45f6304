"""Remove what a raster image contains and does not show: camera data, positions, comments, thumbnails, data after its end.

Such data can name the author, the place and the device of a photo, or contain the part of it that was cut away. The
picture stays as it is, byte for byte.
"""

from __future__ import annotations

from collections.abc import Iterator

_JPEG_KEPT = frozenset({0xE0, 0xE2, 0xEE})
"""Application segments of a JPEG that change what is shown: JFIF, colour profile, Adobe's colour transform."""

_PROFILE = b"ICC_PROFILE\0"

_ANY = 2**31

_PNG_KEPT = {
    b"IHDR": 13, b"PLTE": 768, b"IDAT": _ANY, b"IEND": 0, b"tRNS": 256, b"cHRM": 32, b"gAMA": 4, b"iCCP": _ANY, b"sBIT": 4,
    b"sRGB": 1, b"cICP": 4, b"mDCV": 24, b"cLLI": 8, b"bKGD": 6, b"pHYs": 9,
}  # fmt: skip
"""Chunks of a PNG that change what is shown, and their largest size (PNG 3, 11); the frames of an animation after the first are
left out."""

_ADOBE = 14
"""Size of the segment that says how the colours of a JPEG are transformed."""

_LOOP = b"NETSCAPE2.0"
_LOOP_SIZE = 19
"""Bytes of the extension that says how often an animation is repeated."""


def without_metadata(media_type: str, data: bytes) -> bytes:
    """Return an image without the data that it does not show; unchanged if its structure is not the usual one.

    Args:
        media_type: `image/jpeg`, `image/png` or `image/gif`.
        data: The image; it must decode completely.
    """
    parts = {"image/jpeg": _jpeg, "image/png": _png, "image/gif": _gif}.get(media_type)
    if parts is None:
        return data
    try:
        return b"".join(parts(data))
    except (IndexError, ValueError):
        return data


def _jpeg(data: bytes) -> Iterator[bytes]:
    """Yield the parts to keep (ITU-T T.81, B.1.1)."""
    yield data[:2]
    at = 2
    while True:
        if data[at] != 0xFF:
            raise ValueError
        marker = data[at + 1]
        if marker == 0xFF:  # a fill byte
            at += 1
            continue
        if marker == 0xD9:
            yield data[at : at + 2]
            return
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4])
        if end > len(data) or end < at + 4:
            raise ValueError
        yield from _segment(marker, data[at:end])
        at = end
        if marker == 0xDA:
            at = _scan_end(data, end)
            yield data[end:at]


def _segment(marker: int, segment: bytes) -> Iterator[bytes]:
    is_application = 0xE0 <= marker <= 0xEF
    if marker == 0xE0 and segment[4:9] == b"JFIF\0" and len(segment) >= 18:
        # Without the thumbnail, which can show the image before it was cut.
        yield segment[:2] + (16).to_bytes(2) + segment[4:16] + b"\0\0"
    elif marker == 0xE2:
        yield segment if segment[4:].startswith(_PROFILE) else b""
    elif marker == 0xEE:
        yield segment if segment[4:9] == b"Adobe" and len(segment) == _ADOBE + 2 else b""
    elif marker != 0xFE and not is_application:
        yield segment


def _scan_end(data: bytes, start: int) -> int:
    """Return the position of the marker after the compressed data of a scan."""
    at = start
    while True:
        at = data.index(b"\xff", at)
        marker = data[at + 1]
        if marker == 0 or 0xD0 <= marker <= 0xD7:
            at += 2
        elif marker == 0xFF:
            at += 1
        else:
            return at


def _png(data: bytes) -> Iterator[bytes]:
    yield data[:8]
    at = 8
    while True:
        size, kind = int.from_bytes(data[at : at + 4]), data[at + 4 : at + 8]
        end = at + 12 + size
        if end > len(data) or len(kind) < 4:
            raise ValueError
        if size <= _PNG_KEPT.get(kind, -1):
            yield data[at:end]
        if kind == b"IEND":
            return
        at = end


def _gif(data: bytes) -> Iterator[bytes]:
    """Yield the parts to keep (GIF89a, 17 to 27): comments and applications other than the loop are left out."""
    at = 13 + _palette(data[10])
    yield data[:at]
    while True:
        introducer = data[at]
        if introducer == 0x3B:
            yield data[at : at + 1]
            return
        if introducer == 0x21:
            end = _blocks_end(data, at + 2)
            label = data[at + 1]
            is_loop = label == 0xFF and data[at + 3 : at + 14] == _LOOP and end - at == _LOOP_SIZE
            if label == 0xF9 or is_loop:
                yield data[at:end]
        elif introducer == 0x2C:
            end = _blocks_end(data, at + 11 + _palette(data[at + 9]))
            yield data[at:end]
        else:
            raise ValueError
        at = end


def _palette(flags: int) -> int:
    """Return the size of the table of colours that follows a descriptor."""
    return 3 * 2 ** ((flags & 7) + 1) if flags & 0x80 else 0


def _blocks_end(data: bytes, start: int) -> int:
    """Return the position after blocks of data, each of which starts with its size."""
    at = start
    while data[at]:
        at += data[at] + 1
    return at + 1
