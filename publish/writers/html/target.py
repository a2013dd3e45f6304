"""Differences between the formats that are built from HTML."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Literal


class Target:
    """Position of notes and form of addresses in a format."""

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
        """Position of notes: in a section at the end, or at their call for a layout engine to float."""
        self.epub = epub
        """Whether to write `epub:type` attributes in addition to ARIA roles."""
        self.link = link
        """Function that returns the address of an anchor in the document."""
        self.picture = picture
        """Function that returns the address of an image by its key in the resources of the document."""
        self.page = page
        """Function that returns the page of an anchor, as printed in a table of contents."""
        self.fits = fits
        """Adaptation of each table to the page, in steps, by its index among the tables, from 0."""
