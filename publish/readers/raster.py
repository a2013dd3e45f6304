"""Convert raster images so that every format shows them identically.

Programs differ in how they show CMYK colours, 16 bits per channel and a rotation that only the metadata contains; PDF/A
forbids some of these (ISO 19005-2, 6.2.4.3). publish writes such an image again; it does not change the pixels of others.
"""

from __future__ import annotations

import io
from typing import Any

from msgspec import Struct

from publish.model.resources import Resource

ORIENTATION = 0x0112
"""The Exif tag for the orientation of the camera (Exif 2.32, 4.6.4)."""

QUALITY = 95
"""The quality of a JPEG that is written again, on the scale of Pillow."""

PLAIN_MODES = frozenset({"1", "L", "LA", "P", "PA", "RGB", "RGBA"})
"""The Pillow modes of images with at most 8 bits per channel in grey or RGB."""


class Shape(Struct, frozen=True):
    """How a document shows an image: the visible part, mirrored, then rotated."""

    crop: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)
    """Parts that are cut away: left, top, right, bottom, from 0 to 1."""
    mirrored: bool = False
    """Whether left and right are exchanged."""
    flipped: bool = False
    """Whether top and bottom are exchanged."""
    rotation: float = 0.0
    """Clockwise rotation in degrees."""


AS_STORED = Shape()


class TooLargeError(Exception):
    """An image has too many pixels to decode in memory."""


def settled(resource: Resource) -> tuple[Resource, str] | None:
    """Return an image that every format can show, and what was changed; None if it cannot be decoded completely.

    Raises:
        TooLargeError: if the image has too many pixels.
    """
    from PIL import Image, ImageFile, ImageOps

    if resource.width * resource.height > (Image.MAX_IMAGE_PIXELS or 0):
        raise TooLargeError
    # WeasyPrint makes Pillow accept incomplete images in the whole process. publish sets only this value, so threads do
    # not interfere.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        with Image.open(io.BytesIO(resource.data)) as image:
            image.load()
            turned = image.getexif().get(ORIENTATION, 1) not in {0, 1}
            if image.mode in PLAIN_MODES and not turned:
                return resource, ""
            changes = ["turned upright"] if turned else []
            upright = ImageOps.exif_transpose(image) if turned else image
            if upright.mode not in PLAIN_MODES:
                changes.append("its colours were converted to screen colours")
                upright = _plain(upright)
            return _written(upright, resource.media_type), " and ".join(changes)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise TooLargeError from None
    except (OSError, ValueError, SyntaxError):
        return None


def shaped(resource: Resource, shape: Shape) -> Resource | None:
    """Return an image as a document shows it; the parts that are cut away are not in it. None if it cannot be decoded."""
    from PIL import Image, ImageOps

    try:
        with Image.open(io.BytesIO(resource.data)) as image:
            image.load()
            left, top, right, bottom = (min(max(part, 0.0), 1.0) for part in shape.crop)
            box = (
                round(left * image.width),
                round(top * image.height),
                max(round((1 - right) * image.width), round(left * image.width) + 1),
                max(round((1 - bottom) * image.height), round(top * image.height) + 1),
            )
            shown: Any = image.crop(box)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None
    shown = ImageOps.mirror(shown) if shape.mirrored else shown
    shown = ImageOps.flip(shown) if shape.flipped else shown
    if shape.rotation % 360:
        quarter = shape.rotation % 90 == 0
        shown = shown if quarter else shown.convert("RGBA")
        shown = shown.rotate(
            -shape.rotation,
            expand=True,
            resample=Image.Resampling.NEAREST if quarter else Image.Resampling.BICUBIC,
        )
        return _written(shown, resource.media_type if quarter else "image/png")
    return _written(shown, resource.media_type)


def _plain(picture: Any) -> Any:  # noqa: ANN401 - Pillow images of different modes
    """Convert an image to 8 bits per channel."""
    if picture.mode.startswith("I") or picture.mode == "F":
        # 16-bit grey: Pillow clips values above 255 instead of scaling them.
        return picture.convert("I").point(lambda value: value / 256).convert("L")
    return picture.convert("RGB")


def _written(picture: Any, media_type: str) -> Resource:  # noqa: ANN401
    out = io.BytesIO()
    if media_type == "image/jpeg":
        picture.save(out, "JPEG", quality=QUALITY, subsampling=0)
    else:
        media_type = "image/png"
        picture.save(out, "PNG")
    return Resource(media_type, out.getvalue(), picture.width, picture.height)


def printed_size(data: bytes) -> tuple[float, float]:
    """Return the size in millimetres that a raster image states; without a resolution, 96 pixels are one inch.

    Both are 0 if the data is not a raster image.
    """
    from PIL import Image

    try:
        with Image.open(io.BytesIO(data), formats=("PNG", "JPEG", "GIF")) as image:
            across, down = image.info.get("dpi", (0, 0))
            width, height = image.size
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return 0.0, 0.0
    return width / (across or 96) * 25.4, height / (down or 96) * 25.4
