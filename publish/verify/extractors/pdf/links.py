"""Links of a PDF: from an annotation to its position on the page (ISO 32000-2, 12.3.2 and 12.5.6.5)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgspec import Struct

from publish.verify.extractors.observer import Place
from publish.verify.extractors.pdf.objects import Objects, is_reference, name, text


class Link(Struct):
    """The content of a link annotation."""

    uri: str = ""
    place: Place | None = None
    element: str = ""
    """Reference of the element of a structure destination; viewers that support structure destinations go there."""


def page_annotations(objects: Objects, page: int) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the annotations of a page: the reference of each, and its dictionary."""
    for annotation in objects.items(objects.pages[page].get("/Annots")):
        yield str(annotation), objects.dictionary(annotation)


def link(objects: Objects, annotation: dict[str, Any]) -> Link:
    """Return the target of a link annotation."""
    action = objects.dictionary(annotation.get("/A"))
    if "/URI" in action:
        return Link(uri=text(objects.resolve(action["/URI"])))
    target = _looked_up(objects, annotation.get("/Dest", action.get("/D")))
    structure = action.get("/SD")
    if isinstance(target, dict):
        target, structure = objects.resolve(target.get("/D")), target.get("/SD", structure)
    return Link(
        place=_place(objects, target), element=_element(objects, structure) or _element(objects, target)
    )


def _looked_up(objects: Objects, dest: Any) -> Any:  # noqa: ANN401
    """Return the explicit destination, or the dictionary that contains it, of a named destination.

    Return other destinations unchanged.
    """
    dest = objects.resolve(dest)
    return objects.destination(dest) if isinstance(dest, str) else dest


def _element(objects: Objects, dest: Any) -> str:  # noqa: ANN401
    """Return the structure element of a structure destination, `[element /XYZ left top zoom]`."""
    dest = objects.resolve(dest)
    first = dest[0] if isinstance(dest, list) and dest else None
    return str(first) if is_reference(first) and name(objects.dictionary(first).get("/S")) else ""


def _place(objects: Objects, dest: Any) -> Place | None:  # noqa: ANN401
    """Return the position of an explicit destination: `[page /XYZ left top zoom]`.

    The first item may be a structure element instead of the page.
    """
    if not isinstance(dest, list) or not dest:
        return None
    element = _element(objects, dest)
    page = objects.dictionary(element).get("/Pg") if element else dest[0]
    index = objects.page_index.get(str(page))
    numbers = [objects.resolve(x) for x in dest[2:4]]
    if index is None or len(numbers) < 2 or not all(isinstance(x, int | float) for x in numbers):
        return None
    return index, float(numbers[0]), float(numbers[1])
