"""Images and formulas: the files that Typst gets with the source, and the size of each in the text."""

from __future__ import annotations

from publish.formulas.drawing import drawing
from publish.model import nodes as n
from publish.model.formulas import Formula
from publish.model.lengths import shown_size
from publish.model.resources import Resource
from publish.style.tokens import Style
from publish.writers.base import IMAGE_SUFFIXES
from publish.writers.typst.literal import pt, string

MILLIMETRES = 25.4 / 72
"""Millimetres in a point."""

HIGHEST = 560.0
"""Maximum height of an image in points."""


class ImageFiles:
    """Collection of files, each once."""

    def __init__(self, resources: dict[str, Resource], style: Style, folder: str = "") -> None:
        self.resources = resources
        self.folder = f"{folder}/" if folder else ""
        self.files: dict[str, bytes] = {}
        self.names: dict[str, str] = {}
        margin = style.page.margin
        self.across = style.page.width - margin.left - margin.right

    def image(self, image: n.Image, columns: int) -> str:
        """Return an image in its size, or smaller if the space is too small."""
        resource = self.resources[image.source]
        name = self._file(image.source, IMAGE_SUFFIXES[resource.media_type], resource.data)
        room = self.across / columns * MILLIMETRES
        wide, high = (side / MILLIMETRES for side in shown_size(image, resource, room, HIGHEST * MILLIMETRES))
        size = f"{pt(wide)}, {pt(high)}"
        if image.decorative or not image.alt:
            # PDF/UA-1, 7.3: a figure has an alternative text, and other images are artifacts.
            return f"#ornament({string(name)}, {size});"
        return f"#drawn({string(name)}, {size}, {string(image.alt)});"

    def formula(self, formula: Formula) -> str:
        """Return a formula as a drawing on the baseline, with its text in one line."""
        drawn = drawing(formula.mathml)
        name = self._file(f"formula {formula.mathml}", "svg", drawn.svg.encode())
        return (
            f"#formula({string(name)}, {drawn.width:.4f}em, {drawn.depth:.4f}em, {string(formula.linear)});"
        )

    def _file(self, key: str, suffix: str, data: bytes) -> str:
        if key not in self.names:
            self.names[key] = f"{self.folder}picture-{len(self.names) + 1}.{suffix}"
            self.files[self.names[key]] = data
        return self.names[key]
