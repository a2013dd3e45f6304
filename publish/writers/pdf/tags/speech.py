"""Speech and copied text, if they differ from the drawing: the language of a passage, and text in small capitals."""

from __future__ import annotations

from collections.abc import Iterator

import pydyf

from publish.writers.pdf.tags.tree import Object, Tree, number


def name_languages(tree: Tree) -> None:
    """Set the language of each passage in another language (ISO 14289-1, 7.2; ISO 32000-1, 14.9.2)."""
    for element, _ in tree.descendants(tree.document):
        html = tree.html(element)
        if html is not None and html.get("lang"):
            element["Lang"] = pydyf.String(html.get("lang"))


def spell_small_capitals(tree: Tree) -> None:
    """Set the actual letters of text in small capitals.

    It is drawn with smaller capitals, and would be copied, searched and read aloud as capitals (ISO 32000-1, 14.9.4).
    """
    streams: dict[int, dict[int, Object]] = {}
    for element, _ in list(tree.descendants(tree.document)):
        box = tree.boxes.get(element.number)
        pairs = zip(_texts(box), _contents(tree, element), strict=False) if box is not None else ()
        for text, mcid in pairs:
            if text.style["font_variant_caps"] != "small-caps":
                continue
            page = number(element["Pg"])
            if page not in streams:
                streams[page] = _marked(tree, page)
            streams[page][mcid]["ActualText"] = pydyf.String(text.text)


def _texts(box: Object) -> Iterator[Object]:
    """Yield the texts that are directly in a box, line by line."""
    for child in getattr(box, "children", ()):
        lines = child.children if type(child).__name__ == "LineBox" else [child]
        yield from (line for line in lines if hasattr(line, "text"))


def _contents(tree: Tree, element: Object) -> Iterator[int]:
    """Yield the marked content that is directly in an element, or in a child element without a layout box."""
    for kid in element["K"]:
        if isinstance(kid, int):
            yield kid
        held = tree.element(kid)
        if held is not None and held.number not in tree.boxes:
            yield from (mcid for mcid in held["K"] if isinstance(mcid, int))


def _marked(tree: Tree, page: int) -> dict[int, Object]:
    """Return the property lists of the marked content of a page."""
    stream = tree.objects[number(tree.objects[page]["Contents"])].stream
    return {item["MCID"]: item for item in stream if isinstance(item, pydyf.Dictionary) and "MCID" in item}
