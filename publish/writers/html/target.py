"""What differs between the formats that are made of HTML."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Literal


class Target:
    """Where notes stand, and what addresses look like."""

    def __init__(
        self,
        *,
        notes: Literal["end", "page"] = "end",
        epub: bool = False,
        link: Callable[[str], str] = lambda anchor: f"#{anchor}",
        picture: Callable[[str], str] = lambda key: key,
        page: Callable[[str], str] = lambda _: "",
        fits: Mapping[int, int] = MappingProxyType({}),
    ) -> None:
        self.notes = notes
        """Where notes stand: in a section at the end, or at their call for a layout engine to float."""
        self.epub = epub
        """Whether `epub:type` attributes are wanted beside ARIA roles."""
        self.link = link
        """The address of an anchor of the document."""
        self.picture = picture
        """The address of a picture by its key in the document's resources."""
        self.page = page
        """The page on which an anchor stands, as a list of contents prints it."""
        self.fits = fits
        """How far tables are made to fit the page, in steps, by their place among the tables, from 0."""
