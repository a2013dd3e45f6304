"""Lay out a document with WeasyPrint, and write it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from typing import Any

import pydyf

from publish.model.resources import Resource
from publish.model.text import printed_length
from publish.writers.base import Pages
from publish.writers.pdf import long_notes, tags, xmp
from publish.writers.pdf.library import exclusive, house_fonts, new_fonts
from publish.writers.pdf.loading import load
from publish.writers.pdf.patches import BOXES
from publish.writers.pdf.variants import Variant

ROUNDING = 0.5
"""Number of pixels by which a table may exceed the available width without being too wide."""

FLAT = 1.0
"""Height in points below which users cannot click a link."""
CALL_HEIGHT = 7.0
"""Height in points of a link whose line has no height."""


_LAST = "last"
"""Key of the last layout and the digest of its input."""


def render(
    html: str,
    css: str,
    resources: Mapping[str, Resource],
    identifier: bytes,
    language: str,
    variant: Variant,
    layouts: dict[str, Any],
) -> bytes:
    """Lay out a document and write it.

    Args:
        html: The document.
        css: The style sheet of the document.
        resources: Resources that the document may load, by URL; anything else is rejected.
        identifier: 32 bytes that identify this file; the same input gives the same bytes.
        language: BCP 47 tag, for the descriptions of links.
        variant: The variant of PDF.
        layouts: Cache for the last layout of this document.

    Raises:
        PublishError: PUB-W002, if Pango is not installed.
    """
    with exclusive():
        document = _layout(html, css, resources, layouts)
        del layouts[_LAST]  # writing changes the layout
        return _written(document, identifier, language, variant)


def _written(document: Any, identifier: bytes, language: str, variant: Variant) -> bytes:  # noqa: ANN401
    generate = document.metadata.generate_rdf_metadata
    if variant.pdf_2:
        # Version 0 turns off WeasyPrint's identification, which names levels that PDF/A-4 and PDF/UA-2 do not have.
        document.metadata.generate_rdf_metadata = lambda *_: xmp.with_pdf_2(
            generate("a", 0, ""), archival=variant.name == "4"
        )
    elif variant.accessible and variant.name != "ua-1":
        document.metadata.generate_rdf_metadata = lambda *args: xmp.with_pdf_ua(generate(*args))

    def finish(_: object, pdf: Any) -> None:  # noqa: ANN401 - pydyf is untyped
        xmp.leave_readable(pdf)
        _without_interpolation(pdf)
        _with_area(pdf)
        tags.retag(pdf, pdf.__dict__.pop(BOXES, {}), language, pdf_2=variant.pdf_2)
        if variant.name.startswith("1"):
            tags.map_roles_of_pdf_1_4(pdf)

    data: bytes = document.write_pdf(
        finisher=finish, pdf_variant=variant.engine, pdf_identifier=identifier, pdf_tags=True
    )
    return data


def pages(html: str, css: str, resources: Mapping[str, Resource], layouts: dict[str, Any]) -> Pages:
    """Lay out a document and return where its pages begin.

    Raises:
        PublishError: PUB-W002, if Pango is not installed.
    """
    with exclusive():
        return _pages(_layout(html, css, resources, layouts).pages)


def _pages(laid_out: Any) -> Pages:  # noqa: ANN401
    anchors: dict[str, int] = {}
    for number, page in enumerate(laid_out, start=1):
        for name in page.anchors:
            anchors.setdefault(
                name, number
            )  # a section that is broken over pages has its anchor on each of them
    starts: list[int] = []
    length = 0
    said: set[Any] = set()
    wide: set[int] = set()
    for page in laid_out:
        wide.update(_wide_tables(page._page_box, None))  # noqa: SLF001
        starts.append(length)
        repeated = frozenset(said)
        for text, group in running_text(page._page_box.children[0]):  # noqa: SLF001 - see `publish.writers.pdf.patches`
            if group is None or group not in repeated:
                length += printed_length(text)
            if group is not None:
                said.add(group)
    return Pages(anchors, tuple(starts), frozenset(wide))


def _wide_tables(box: Any, room: tuple[int, float] | None) -> Iterator[int]:  # noqa: ANN401 - boxes are untyped
    """Yield the numbers of the tables in a box that are wider than their wrapper."""
    number = box.element.get("data-table") if getattr(box, "element", None) is not None else None
    if number is not None and box.element_tag == "div":
        room = int(number), box.content_box_x() + box.width
    elif (
        room is not None
        and box.element_tag == "table"
        and box.position_x + box.margin_width() > room[1] + ROUNDING
    ):
        yield room[0]
    for child in getattr(box, "children", ()):
        yield from _wide_tables(child, room)


UNCOUNTED = frozenset({"call", "call-separator", "contents", "note", "subtitle"})
"""Classes of elements that are not running text of the document."""


def running_text(box: Any, group: Any = None) -> Iterator[tuple[str, Any]]:  # noqa: ANN401 - boxes are untyped
    """Yield the texts of a page, each with the table head that contains it; further pages repeat table heads."""
    tag = str(getattr(box, "element_tag", "") or "")
    element = getattr(box, "element", None)
    if "::" in tag or (element is not None and UNCOUNTED & set((element.get("class") or "").split())):
        return
    if tag == "thead":
        group = element
    if hasattr(box, "text"):
        yield box.text, group
    for child in getattr(box, "children", ()):
        yield from running_text(child, group)


def _layout(html: str, css: str, resources: Mapping[str, Resource], layouts: dict[str, Any]) -> Any:  # noqa: ANN401
    """Return the layout of a document; lay it out only if `layouts` does not contain it."""
    key = hashlib.sha256(
        b"\0".join([html.encode(), css.encode(), *(r.data for r in resources.values())])
    ).hexdigest()
    last, document = layouts.get(_LAST, ("", None))
    if last != key:
        layouts.pop(_LAST, None)  # free the memory of the last layout first
        document = _lay_out(html, css, resources)
        layouts[_LAST] = key, document
    return document


def _lay_out(html: str, css: str, resources: Mapping[str, Resource]) -> Any:  # noqa: ANN401
    weasyprint = load()
    from weasyprint.css.counters import CounterStyle

    # A font face remains in its font configuration; the next document may have another house style.
    fonts, counters = new_fonts() if "@font-face" in css else house_fonts(), CounterStyle()
    fetcher = _fetcher(resources)
    sheet = weasyprint.CSS(string=css, font_config=fonts, counter_style=counters, url_fetcher=fetcher)
    page = weasyprint.HTML(string=html, base_url="publish-document:", url_fetcher=fetcher)
    options = {"font_config": fonts, "counter_style": counters, "stylesheets": [sheet], "pdf_tags": True}
    document = page.render(**options)
    if long_notes.overflows(document.pages):
        with long_notes.broken_over_pages():
            document = page.render(**options)
    return document


def _with_area(pdf: Any) -> None:  # noqa: ANN401 - pydyf is untyped
    """Give the links of calls and markers, whose lines have no height, a height that users can click."""
    for item in pdf.objects:
        if isinstance(item, dict) and item.get("Subtype") == "/Link":
            x0, y0, x1, y1 = item["Rect"]
            if abs(y1 - y0) < FLAT:
                item["Rect"] = pydyf.Array([x0, y0 + CALL_HEIGHT / 2, x1, y0 - CALL_HEIGHT / 2])


def _without_interpolation(pdf: Any) -> None:  # noqa: ANN401 - pydyf is untyped
    """Turn off the smoothing of images in viewers, which PDF/A-2 forbids (ISO 19005-2, 6.2.8)."""
    for item in pdf.objects:
        if "Interpolate" in getattr(item, "extra", {}):
            item.extra["Interpolate"] = "false"


def _fetcher(resources: Mapping[str, Resource]) -> Any:  # noqa: ANN401
    """Return a fetcher that returns only these resources and opens nothing."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class Closed(URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: object = None) -> Any:  # noqa: ANN401
            del headers
            resource = resources.get(url)
            if resource is None:
                raise ValueError(f"refused: {url}")
            return URLFetcherResponse(url, resource.data, {"Content-Type": resource.media_type})

    return Closed()
