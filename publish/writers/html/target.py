"""What differs between the formats that are made of HTML."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from publish.model.nodes import Table


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
        fit: Callable[[Table], int] = lambda _: 0,
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
        self.fit = fit
        """How far a table is made to fit the page, in steps; 0 is not at all."""
