"""Convert raster images so that every format shows them identically.

Programs differ in how they show CMYK colours, 16 bits per channel and a rotation that only the metadata contains; PDF/A
forbids some of these (ISO 19005-2, 6.2.4.3). publish writes such an image again; it does not change the bytes of others.
"""

from __future__ import annotations

import io
from typing import Any

from publish.model.resources import Resource

ORIENTATION = 0x0112
"""The Exif tag for the orientation of the camera (Exif 2.32, 4.6.4)."""

QUALITY = 95
"""The quality of a JPEG that is written again, on the scale of Pillow."""

PLAIN_MODES = frozenset({"1", "L", "LA", "P", "PA", "RGB", "RGBA"})
"""The Pillow modes of images with at most 8 bits per channel in grey or RGB."""


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
