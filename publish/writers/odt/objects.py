"""Images and formulas of an OpenDocument package."""

from __future__ import annotations

from publish.markup import escape
from publish.model import nodes as n
from publish.model.formulas import Formula
from publish.model.lengths import shown_size
from publish.model.resources import Resource
from publish.style.odt import points
from publish.writers.base import IMAGE_SUFFIXES
from publish.writers.odt.names import FORMULA_MIME, HEAD
from publish.writers.vector_images import PIXELS_PER_INCH, as_png

MILLIMETRES_PER_POINT = 25.4 / 72


class Objects:
    """Files of images and formulas; each is stored once."""

    def __init__(self, resources: dict[str, Resource], width: float, height: float) -> None:
        """Begin with no files.

        Args:
            resources: Images of the document.
            width: Width of the text, in points.
            height: Height of the text, in points.
        """
        self.resources = resources
        self.room = (width, height)
        self.files: dict[str, bytes] = {}
        """Contents by name."""
        self.types: dict[str, str] = {}
        """Media type of each file or folder, for the manifest."""
        self.names: dict[str, str] = {}
        self.formulas: dict[str, str] = {}
        self.frames = 0

    def image(self, image: n.Image, style: str) -> str:
        """Return a frame in the line, with alternatives: a drawing, and a PNG of it.

        Args:
            image: The image.
            style: Name of the graphic style.
        """
        resource = self.resources[image.source]
        room = [side * MILLIMETRES_PER_POINT for side in self.room]
        width, height = (
            round(side / MILLIMETRES_PER_POINT, 2) for side in shown_size(image, resource, *room)
        )
        found = [self._stored(image.source, resource)]
        if resource.media_type == "image/svg+xml":
            shown = as_png(resource.data, int(width / 72 * PIXELS_PER_INCH))
            found += [self._stored(f"{image.source}.png", Resource("image/png", shown))] if shown else []
        files = "".join(
            f'<draw:image xlink:href="{name}" xlink:type="simple" xlink:show="embed" xlink:actuate="onLoad"/>'
            for name in found
        )
        described = f"<svg:desc>{escape(image.alt)}</svg:desc>" if image.alt else ""
        size = f'svg:width="{points(width)}" svg:height="{points(height)}"'
        mark = ' loext:decorative="true"' if image.decorative else ""
        return self._frame(f"{files}{described}", style, f"{size}{mark}")

    def formula(self, formula: Formula, style: str) -> str:
        """Return a frame in the line with a formula."""
        if formula.mathml not in self.formulas:
            name = f"Formula-{len(self.formulas) + 1}"
            self.formulas[formula.mathml] = name
            self.files[f"{name}/content.xml"] = f"{HEAD}{formula.mathml}".encode()
            self.types |= {f"{name}/": FORMULA_MIME, f"{name}/content.xml": "text/xml"}
        name = self.formulas[formula.mathml]
        link = f'xlink:href="./{name}" xlink:type="simple" xlink:show="embed" xlink:actuate="onLoad"'
        return self._frame(f"<draw:object {link}/>", style, "")

    def _frame(self, content: str, style: str, size: str) -> str:
        self.frames += 1
        return (
            f'<draw:frame draw:style-name="{style}" draw:name="Frame{self.frames}" text:anchor-type="as-char" {size}>'
            f"{content}</draw:frame>"
        )

    def _stored(self, key: str, resource: Resource) -> str:
        if key not in self.names:
            name = f"Pictures/picture{len(self.names) + 1}.{IMAGE_SUFFIXES[resource.media_type]}"
            self.names[key] = name
            self.files[name] = resource.data
            self.types[name] = resource.media_type
        return self.names[key]
