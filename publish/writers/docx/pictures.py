"""Pictures in the text, with alternative text. Word shows PNG, JPEG and GIF; of an SVG its alternative text stands."""

from __future__ import annotations

import io
from typing import Any
from xml.sax.saxutils import quoteattr

from publish.model import nodes as n
from publish.writers.docx.names import Counter
from publish.writers.docx.runs import Properties, run

EMU_PER_POINT = 12700
EMU_PER_PIXEL = 9525
"""At 96 pixels an inch."""


class Pictures:
    """Puts pictures into a package; each file is stored once."""

    def __init__(self, resources: dict[str, n.Resource], width: int, height: int) -> None:
        self.resources = resources
        self.room = (width * 635, height * 635)
        """The text area in EMU; a twentieth of a point is 635."""
        self.ids = Counter()

    def inline(self, image: n.Image, part: Any) -> str:  # noqa: ANN401 - python-docx is untyped
        """An inline drawing (ECMA-376-1, 20.4.2.8)."""
        resource = self.resources[image.source]
        if resource.media_type == "image/svg+xml":
            return run(f"[{image.alt or image.source}]", Properties(style="PictureText"))
        relation, _ = part.get_or_add_image(io.BytesIO(resource.data))
        width, height = self._size(resource)
        number = self.ids.take()
        alt = quoteattr(image.alt or image.source)
        extent = f'cx="{width}" cy="{height}"'
        return (
            f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent {extent}/>'
            f'<wp:docPr id="{number}" name="Picture {number}" descr={alt}/>'
            '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
            f'<pic:pic><pic:nvPicPr><pic:cNvPr id="{number}" name="Picture {number}" descr={alt}/><pic:cNvPicPr/>'
            f'</pic:nvPicPr><pic:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch>'
            f'</pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {extent}/></a:xfrm>'
            '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
            "</wp:inline></w:drawing></w:r>"
        )

    def _size(self, resource: n.Resource) -> tuple[int, int]:
        width = max(resource.width, 1) * EMU_PER_PIXEL
        height = max(resource.height, 1) * EMU_PER_PIXEL
        scale = min(1, self.room[0] / width, self.room[1] / height)
        return max(1, int(width * scale)), max(1, int(height * scale))
