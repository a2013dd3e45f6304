"""The tokens of a house style, as defined in `styles/<name>/style.toml`. Lengths are in points.

If a style does not set a token, the value in `styles/base/style.toml` applies.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, Struct

from publish.diagnostics import Diagnostic
from publish.model.structure import PLAIN, Structure

Weight = Literal["normal", "bold"]
Size = Annotated[float, Meta(gt=0)]
"""Font size or line height, in points."""
Length = Annotated[float, Meta(ge=0)]
Colour = Annotated[str, Meta(pattern="^#[0-9a-fA-F]{6}$")]
OptionalColour = Annotated[str, Meta(pattern="^(#[0-9a-fA-F]{6})?$")]
Family = Annotated[str, Meta(pattern='^[^"\\\\;{}<>]+$')]
Slant = Literal["normal", "italic"]


class Edges(Struct, frozen=True, forbid_unknown_fields=True):
    """Distances on the four sides."""

    top: float = 0
    right: float = 0
    bottom: float = 0
    left: float = 0


class Furniture(Struct, frozen=True, forbid_unknown_fields=True):
    """Lines in the margin of a page: a masthead, a running foot, a page number.

    A line contains text and placeholders such as `{session}` (see `publish.style.furniture`). Writers omit a line with a
    placeholder whose value is unknown.
    """

    box: Literal[
        "top-left-corner",
        "top-left",
        "top-center",
        "top-right",
        "top-right-corner",
        "bottom-left-corner",
        "bottom-left",
        "bottom-center",
        "bottom-right",
        "bottom-right-corner",
    ]
    """The margin box, named as in CSS Paged Media, section 4."""
    lines: tuple[str, ...]
    on: Literal["all", "first", "rest"] = "all"
    size: Size = 8
    leading: Length = 0
    """0 means 1.2 times the font size."""
    weight: Weight = "normal"
    align: Literal["left", "center", "right"] = "right"
    valign: Literal["top", "middle", "bottom"] = "bottom"
    padding: Edges = Edges()
    width: float = 0
    """0 means the width of the box."""
    colour: OptionalColour = ""
    """If empty, the text colour applies."""

    @property
    def line_height(self) -> float:
        """Distance between two lines, in points."""
        return self.leading or self.size * 1.2


class Page(Struct, frozen=True, forbid_unknown_fields=True):
    """The page size and its margins."""

    width: Size
    height: Size
    margin: Edges
    first_top: float = 0
    """Top margin of the first page; 0 means the same margin as on the other pages."""
    furniture: tuple[Furniture, ...] = ()


class Fonts(Struct, frozen=True, forbid_unknown_fields=True):
    """Font families. They must be in `styles/fonts` or in the style's own folder `fonts`."""

    body: Family
    mono: Family
    office_body: Family
    """A font that office programs include and that has the same character widths as `body`, such as Arial for Liberation Sans."""
    office_mono: Family


class Body(Struct, frozen=True, forbid_unknown_fields=True):
    """Running text."""

    size: Size
    leading: Size
    align: Literal["left", "justify"] = "left"
    paragraph_gap: Length = 0
    hyphenate: bool = True
    hyphen_zone: float = 0
    """Share of the line that may stay empty before a word is broken."""
    orphans: int = 2
    widows: int = 2


class Line(Struct, frozen=True, forbid_unknown_fields=True):
    """A title or heading."""

    size: Size
    leading: Size
    weight: Weight = "bold"
    slant: Slant = "normal"
    gap_before: Length = 0
    gap_after: Length = 0
    colour: OptionalColour = ""
    """If empty, the text colour applies."""


class RoleLine(Struct, frozen=True, forbid_unknown_fields=True):
    """How the heading of a section with a given role differs from other headings."""

    weight: Weight | None = None
    slant: Slant | None = None


class Tables(Struct, frozen=True, forbid_unknown_fields=True):
    """Tables."""

    size: Length = 0
    """0 means the size of running text."""
    lines: Literal["all", "rows"] = "all"
    """Whether to draw lines around every cell or only between rows."""
    head: OptionalColour = ""
    """Background colour of the cells of the table head; empty means none."""


class Notes(Struct, frozen=True, forbid_unknown_fields=True):
    """Footnotes, their calls in the text and their markers at the foot of the page."""

    size: Size
    leading: Size
    indent: Length = 0
    gap_before: float = 8
    rule: float = 0.5
    """Thickness of the rule above the notes; 0 means no rule."""
    rule_width: float = 85
    call_size: float = 6
    call_raise: float = 3
    mark_size: float = 5
    mark_raise: float = 2


class Colours(Struct, frozen=True, forbid_unknown_fields=True):
    """Colours as `#rrggbb`."""

    text: Colour
    link: Colour
    rule: Colour


class Style(Struct, frozen=True, forbid_unknown_fields=True):
    """A house style, including everything that it inherits."""

    name: str
    page: Page
    fonts: Fonts
    body: Body
    about: str
    """The purpose of the style, in a few words."""
    title: Line
    """The title of a document."""
    subtitle: Line
    """The text below the title; its `gap_before` replaces the `gap_after` of the title."""
    headings: Annotated[tuple[Line, ...], Meta(min_length=1)]
    notes: Notes
    colours: Colours
    number: Line | None = None
    """The number of a document, on a separate line."""
    roles: dict[str, RoleLine] = {}
    tables: Tables = Tables()
    structure: Structure = PLAIN
    """What to number and list if the manuscript does not specify it."""
    folder: str = ""
    """The folder that contains the style."""
    problems: tuple[Diagnostic, ...] = ()
    """Problems found when the style was loaded that do not prevent its use."""
    files: tuple[str, ...] = ()
    """Paths of all fonts and style files, from the file that all others extend to the file of the style itself."""


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of a style including everything that it inherits."""
    schema = msgspec.json.schema(Style)
    for name in ("folder", "problems", "files"):  # values that the loader sets are not tokens
        del schema["$defs"]["Style"]["properties"][name]
    for name in ("Diagnostic", "Span", "Severity"):
        schema["$defs"].pop(name, None)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "publish house style",
        **schema,
    }
