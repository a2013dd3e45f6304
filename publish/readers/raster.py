"""Pictures of points, made such that every format shows them alike.

Colours for presses (CMYK), sixteen bits a point, and a turn that only its metadata tell of, are each shown otherwise by some program, or
forbidden in an archive's PDF (ISO 19005-2, 6.2.4.3). Such a picture is written anew; any other keeps its bytes.
"""

from __future__ import annotations

import io
from typing import Any

from publish.model.resources import Resource

ORIENTATION = 0x0112
"""The Exif tag by which a camera says how it was held (Exif 2.32, 4.6.4)."""

QUALITY = 95
"""Of a JPEG that is written anew, as Pillow counts."""

PLAIN_MODES = frozenset({"1", "L", "LA", "P", "PA", "RGB", "RGBA"})
"""What Pillow calls pictures of eight bits a colour, in the colours of screens."""


class TooLargeError(Exception):
    """A picture has more points than can be held in memory."""


def settled(resource: Resource) -> tuple[Resource, str] | None:
    """A picture that every format can show, and what was changed for it; None where it cannot be decoded to its last byte.

    Raises:
        TooLargeError: it has too many points.
    """
    from PIL import Image, ImageFile, ImageOps

    if resource.width * resource.height > (Image.MAX_IMAGE_PIXELS or 0):
        raise TooLargeError
    # WeasyPrint lets Pillow accept incomplete images, for the whole process. Only ever set to this value, so that threads do not disturb each other.
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


def _plain(picture: Any) -> Any:  # noqa: ANN401 - Pillow's pictures of different modes
    """Eight bits a colour."""
    if picture.mode.startswith("I") or picture.mode == "F":
        # Sixteen bits of grey: Pillow cuts off what is above 255, and does not scale.
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
