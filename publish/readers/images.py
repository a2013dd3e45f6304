"""Images of a manuscript: only files in or below its folder, of a type that every output format can show.

A document must not make publish fetch an address or open another file of the machine, so only this module opens files
on behalf of a document.
"""

from __future__ import annotations

import base64
import hashlib
import re
import struct
from pathlib import Path
from urllib.parse import unquote, unquote_to_bytes

from msgspec.structs import replace

from publish.diagnostics import Diagnostic, PublishError, Span
from publish.diagnostics.codes import make
from publish.model.resources import Resource
from publish.readers.image_metadata import without_metadata
from publish.readers.metafiles import Metafiles, is_metafile, size, unpacked
from publish.readers.raster import AS_STORED, Shape, TooLargeError, settled, shaped

MAX_BYTES = 50 * 1024 * 1024


class ImageLoader:
    """Loader that loads each image once, and reports why an image is not available."""

    def __init__(self, folder: Path | None, source: str, metafiles: Metafiles | None = None) -> None:
        self.folder = folder.resolve() if folder is not None else None
        self.source = source
        self.loaded: dict[str, Resource] = {}
        self.metafiles = metafiles or Metafiles()
        self.diagnostics: list[Diagnostic] = []

    def load(self, address: str, span: Span | None) -> str:
        """Return the key of an image in `loaded`; if it is not available, return the address, without an entry there."""
        if address.startswith("data:"):
            return self._embedded(address, span)
        key = unquote(address)
        if key in self.loaded:
            return key
        problem = self._load(key)
        if problem is not None:
            code, message = problem
            self.diagnostics.append(make(code, message, span=span, source=self.source))
        return key

    def _embedded(self, address: str, span: Span | None) -> str:
        """Return the key of an image in its address (RFC 2397)."""
        head, _, body = address.partition(",")
        try:
            data = base64.b64decode(body) if head.endswith(";base64") else unquote_to_bytes(body)
        except ValueError:
            data = b""
        key = f"embedded-{hashlib.sha256(data).hexdigest()[:16]}"
        self.add(key, data, span)
        return key

    def _load(self, key: str) -> tuple[str, str] | None:
        if key.startswith("//") or ":" in key.partition("/")[0]:
            return "PUB-R014", f"Image '{key}' is not a file next to the manuscript"
        if self.folder is None:
            return "PUB-R012", f"Cannot find image '{key}': the manuscript has no folder"
        try:
            path = (self.folder / key).resolve()
            if not path.is_relative_to(self.folder):
                return "PUB-R011", f"Image '{key}' is outside the manuscript's folder"
            if not path.is_file():
                return "PUB-R012", f"Image not found: '{key}'"
            if path.stat().st_size > MAX_BYTES:
                return "PUB-R013", f"Image '{key}' is larger than {MAX_BYTES // 1024**2} MB"
            data = path.read_bytes()
        except (OSError, ValueError) as error:
            return "PUB-R013", f"Cannot read image '{key}': {getattr(error, 'strerror', error)}"
        return self._use(key, data)

    def add(self, key: str, data: bytes, span: Span | None) -> bool:
        """Add an image from the package of the manuscript, and return whether it can be shown."""
        if key in self.loaded:
            return True
        problem = self._use(key, data)
        if problem is not None:
            code, message = problem
            self.diagnostics.append(make(code, message, span=span, source=self.source))
        return key in self.loaded

    def add_shaped(self, key: str, data: bytes, shape: Shape, span: Span | None) -> str:
        """Add an image as the manuscript shows it: cut, mirrored and rotated.

        Returns:
            The key of the image; empty if it cannot be shown in this way.
        """
        if shape == AS_STORED:
            return key if self.add(key, data, span) else ""
        count = sum(name.startswith(f"{key.rpartition('.')[0]}-shown") for name in self.loaded) + 1
        own = ImageLoader(self.folder, self.source, self.metafiles)
        if not own.add(key, data, span):
            self.diagnostics += own.diagnostics
            return ""
        resource = own.loaded[key]
        result = None if resource.media_type == "image/svg+xml" else shaped(resource, shape)
        if result is None:
            return ""
        suffix = "jpg" if result.media_type == "image/jpeg" else "png"
        name = f"{key.rpartition('.')[0]}-shown{count}.{suffix}"
        self.loaded[name] = replace(result, data=without_metadata(result.media_type, result.data))
        return name

    def _use(self, key: str, data: bytes) -> tuple[str, str] | None:
        """Store an image that can be shown; return the code and message of a diagnostic, if any."""
        if is_metafile(unpacked(data)):
            return self._draw(key, data)
        unusable = "PUB-R013", f"Image '{key}' is not a PNG, JPEG, GIF or plain SVG file"
        try:
            resource = identify(data)
        except ValueError as error:
            return unusable[0], f"{unusable[1]}: {error}"
        if resource is None:
            return unusable
        if resource.media_type == "image/svg+xml":
            self.loaded[key] = resource
            return None
        try:
            made = settled(resource)
        except TooLargeError:
            return "PUB-R013", f"Image '{key}' has too many pixels"
        if made is None:
            return unusable
        shown, change = made
        bare = without_metadata(shown.media_type, shown.data)
        self.loaded[key] = replace(shown, data=bare)
        if len(bare) < len(shown.data):
            message = f"Data that image '{key}' does not show is left out, such as camera, place or author"
            self.diagnostics.append(make("PUB-R068", message, source=self.source))
        return ("PUB-R024", f"Image '{key}' was converted: {change}") if change else None

    def _draw(self, key: str, data: bytes) -> tuple[str, str] | None:
        """Store a picture of an image in a format of Windows, in the size that the image states."""
        try:
            drawn = identify(self.metafiles.draw(data))
        except PublishError as error:
            first = error.diagnostics[0]
            return "PUB-R070", f"Cannot draw '{key}': {first.message}. {first.hint}"
        except OSError as error:
            return "PUB-R070", f"Cannot draw '{key}': {error}"
        if drawn is None:
            return "PUB-R070", f"Cannot draw '{key}'"
        wide, high = (round(side / 25.4 * 96) or 1 for side in size(unpacked(data)))
        self.loaded[key] = replace(drawn, width=wide, height=high)
        return None


def identify(data: bytes) -> Resource | None:
    """Return an image with media type and size in pixels, by its content and not by its name; None if it is not an image.

    Raises:
        UnsafeError: if it is a drawing that cannot be shown safely.
    """
    if data.startswith(b"\x89PNG\r\n\x1a\n") and len(data) >= 24:
        width, height = struct.unpack(">II", data[16:24])
        return Resource("image/png", data, width, height)
    if data[:6] in {b"GIF87a", b"GIF89a"} and len(data) >= 10:
        width, height = struct.unpack("<HH", data[6:10])
        return Resource("image/gif", data, width, height)
    if data.startswith(b"\xff\xd8\xff"):
        size = _jpeg_size(data)
        return Resource("image/jpeg", data, *size) if size else None
    if b"<svg" in data[:4096]:
        return _svg(data)
    return None


def _jpeg_size(data: bytes) -> tuple[int, int] | None:
    """Return width and height from the frame header (ITU-T T.81, B.2.2)."""
    at = 2
    while at + 9 < len(data):
        if data[at] != 0xFF:
            return None
        marker = data[at + 1]
        if 0xC0 <= marker <= 0xCF and marker not in {0xC4, 0xC8, 0xCC}:
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return width, height
        if marker == 0xFF or 0xD0 <= marker <= 0xD9:
            at += 1 if marker == 0xFF else 2
            continue
        at += 2 + struct.unpack(">H", data[at + 2 : at + 4])[0]
    return None


def _svg(data: bytes) -> Resource:
    """Return an SVG drawing with listed content only."""
    from lxml import etree

    from publish.readers.svg import cleaned  # its library is only needed for drawings

    clean = cleaned(data)
    root = etree.fromstring(clean)
    width, height = _pixels(root.get("width")), _pixels(root.get("height"))
    box = [_pixels(value) for value in re.split(r"[\s,]+", root.get("viewBox", "").strip())]
    if len(box) == 4 and box[2] and box[3]:
        # A drawing without a size has the size of its view box; a missing side is derived from the other (SVG 2, 8.2).
        wide, high = box[2:]
        width = width or round(height * wide / high) or wide
        height = height or round(width * high / wide)
    return Resource("image/svg+xml", clean, width, height)


_UNITS = {"": 1, "px": 1, "pt": 4 / 3, "pc": 16, "in": 96, "cm": 96 / 2.54, "mm": 9.6 / 2.54}
"""Pixels per CSS unit (CSS Values 4, 6.2)."""

_LENGTH = re.compile(r"([0-9.]+)(px|pt|pc|in|cm|mm)?")


def _pixels(value: str | None) -> int:
    """Return a length in pixels; 0 if there is none, or if it depends on the context."""
    match = _LENGTH.fullmatch((value or "").strip())
    try:
        return round(float(match[1]) * _UNITS[match[2] or ""]) if match else 0
    except ValueError:
        return 0
