"""Images in the text, with alternative text.

A vector image is stored as SVG, with a PNG for programs that do not show SVG.
"""

from __future__ import annotations

from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part

from publish.markup import quoteattr
from publish.model import nodes as n
from publish.model.lengths import shown_size
from publish.model.resources import Resource
from publish.writers.base import IMAGE_SUFFIXES
from publish.writers.docx.names import Counter
from publish.writers.docx.runs import Properties, run
from publish.writers.vector_images import PIXELS_PER_INCH, as_png

EMU_PER_TWIP = 635
"""English metric units, the unit of python-docx, in a twentieth of a point."""

EMU_PER_MILLIMETRE = 36000


_SVG = (
    '<a:extLst><a:ext uri="{{96DAC541-7B7A-43D3-8B79-37D633B846F1}}"><asvg:svgBlip '
    'xmlns:asvg="http://schemas.microsoft.com/office/drawing/2016/SVG/main" r:embed="{relation}"/></a:ext></a:extLst>'
)
"""SVG that Word 2016 and later show instead of the PNG ([MS-ODRAWXML], 2.3.9)."""

_DECORATIVE = (
    '<a:extLst xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
    '<a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}"><adec:decorative '
    'xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext></a:extLst>'
)
"""Mark of an image without meaning, in Word 2019 and later ([MS-ODRAWXML], 2.27)."""

EMU_PER_INCH = 914400


class ImageParts:
    """Writer of images into a package; each file is stored once."""

    def __init__(self, resources: dict[str, Resource], width: int, height: int) -> None:
        self.resources = resources
        self.room = (width * EMU_PER_TWIP / EMU_PER_MILLIMETRE, height * EMU_PER_TWIP / EMU_PER_MILLIMETRE)
        """Text area in millimetres."""
        self.ids = Counter()
        self.files: dict[str, Part] = {}
        self.drawn: dict[str, Resource] = {}
        """PNG of each SVG."""

    def inline(self, image: n.Image, part: Any) -> str:  # noqa: ANN401 - python-docx is untyped
        """Return an inline drawing (ECMA-376-1, 20.4.2.8)."""
        resource = self.resources[image.source]
        width, height = (round(side * EMU_PER_MILLIMETRE) for side in shown_size(image, resource, *self.room))
        drawing = ""
        if resource.media_type == "image/svg+xml":
            if image.source not in self.drawn:
                self.drawn[image.source] = Resource(
                    "image/png", as_png(resource.data, width * PIXELS_PER_INCH // EMU_PER_INCH)
                )
            shown = self.drawn[image.source]
            if not shown.data:
                return run(f"[{image.alt or image.source}]", Properties(style="PictureText"))
            drawing = _SVG.format(relation=self._relation(image.source, resource, part))
            relation = self._relation(f"{image.source}.png", shown, part)
        else:
            relation = self._relation(image.source, resource, part)
        number = self.ids.take()
        alt = quoteattr(image.alt)
        extent = f'cx="{width}" cy="{height}"'
        return (
            f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent {extent}/>'
            f'<wp:docPr id="{number}" name="Picture {number}" descr={alt}>{_DECORATIVE if image.decorative else ""}</wp:docPr>'
            '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
            f'<pic:pic><pic:nvPicPr><pic:cNvPr id="{number}" name="Picture {number}" descr={alt}/><pic:cNvPicPr/>'
            f'</pic:nvPicPr><pic:blipFill><a:blip r:embed="{relation}">{drawing}</a:blip><a:stretch><a:fillRect/></a:stretch>'
            f'</pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {extent}/></a:xfrm>'
            '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
            "</wp:inline></w:drawing></w:r>"
        )

    def _relation(self, key: str, resource: Resource, part: Any) -> str:  # noqa: ANN401
        """Return the relationship of a part with an image.

        The image functions of python-docx reject SVG, and every JPEG without JFIF or Exif.
        """
        if key not in self.files:
            name = f"/word/media/picture{len(self.files) + 1}.{IMAGE_SUFFIXES[resource.media_type]}"
            self.files[key] = Part(PackURI(name), resource.media_type, resource.data, part.package)
        relation: str = part.relate_to(self.files[key], RELATIONSHIP_TYPE.IMAGE)
        return relation
