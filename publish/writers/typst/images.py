"""Pictures and formulas: the files that Typst is handed beside the source, and how large each stands in it."""

from __future__ import annotations

from publish.formulas.drawing import drawing
from publish.model import nodes as n
from publish.model.formulas import Formula
from publish.model.resources import Resource
from publish.style.tokens import Style
from publish.writers.base import IMAGE_SUFFIXES
from publish.writers.typst.literal import pt, string

POINTS = 0.75
"""Points in a pixel, of which an inch has 96."""

HIGHEST = 560.0
"""Points that a picture may be high."""


class ImageFiles:
    """Gathers files, each once."""

    def __init__(self, resources: dict[str, Resource], style: Style) -> None:
        self.resources = resources
        self.files: dict[str, bytes] = {}
        self.names: dict[str, str] = {}
        margin = style.page.margin
        self.across = style.page.width - margin.left - margin.right

    def image(self, image: n.Image, columns: int) -> str:
        """A picture in its own size, made smaller where it has no room."""
        resource = self.resources[image.source]
        name = self._file(image.source, IMAGE_SUFFIXES[resource.media_type], resource.data)
        wide, high = resource.width * POINTS, resource.height * POINTS
        room = self.across / columns
        shown = min(wide or room, room, wide * HIGHEST / high if high else room)
        # PDF/UA-1, 7.3: every figure has an alternative text. Where the manuscript gives none, the file's name it is.
        return f"#drawn({string(name)}, {pt(shown)}, {string(image.alt or image.source)});"

    def formula(self, formula: Formula) -> str:
        """A formula as a drawing on the line's base line, with what it says in one line."""
        drawn = drawing(formula.mathml)
        name = self._file(f"formula {formula.mathml}", "svg", drawn.svg.encode())
        return (
            f"#formula({string(name)}, {drawn.width:.4f}em, {drawn.depth:.4f}em, {string(formula.linear)});"
        )

    def _file(self, key: str, suffix: str, data: bytes) -> str:
        if key not in self.names:
            self.names[key] = f"picture-{len(self.names) + 1}.{suffix}"
            self.files[self.names[key]] = data
        return self.names[key]
