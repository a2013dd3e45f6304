"""WeasyPrint, with everything of it that is not public kept in this one module.

WeasyPrint is pinned to 70.0 because four of its private names are used here. `tests/writers/test_pdf.py` fails with
a plain message when they change:

* `layout.block._linebox_layout` moves the last note of a page to the next page whenever one more line then fits,
  whatever its `footnote-policy`; measured, 33 of 728 notes came a page after their call. `keep_notes_on_their_page`
  adds the missing condition.
* `layout.LayoutContext.layout_footnote` calls a rounding error an overflow.
* `draw.text.draw_first_line` gives glyphs more text than they show; see `publish.writers.pdf.copied_text`.
* `pdf.tags._build_box_tree` knows which element a structure element was made of; `publish.writers.pdf.tags` needs to.
"""

from __future__ import annotations

import contextlib
import ctypes.util
import hashlib
import io
import os
from collections.abc import Iterator, Mapping
from functools import cache
from types import ModuleType
from typing import Any

import pydyf

from publish.diagnostics import PublishError
from publish.diagnostics.codes import CODES, make
from publish.model.nodes import Resource
from publish.model.text import printed_length
from publish.style.load import fonts_folder
from publish.writers.base import Pages
from publish.writers.pdf import copied_text, long_notes, note_area, tags, xmp
from publish.writers.pdf.patching import EngineChangedError, rewritten
from publish.writers.pdf_variants import Variant

PINNED = "70.0"

ROUNDING = 0.5
"""Pixels that a table may be wider than its place without being too wide."""

FLAT = 1.0
"""Points below which a link cannot be hit."""
CALL_HEIGHT = 7.0
"""Points that a link covers whose line has no height."""

_REPORT = "            report = not context.in_column and can_break_now and not could_break_before\n"
_NEXT = "            reported_footnotes = 0\n"
_CONDITION = (
    "            report = report and all(\n"
    "                note.style['footnote_policy'] == 'auto' for note in context.current_page_footnotes)\n"
)


def render(
    html: str,
    css: str,
    resources: Mapping[str, Resource],
    identifier: bytes,
    language: str,
    variant: Variant,
) -> bytes:
    """Lay a document out and write it.

    Args:
        html: The document.
        css: Its style sheet.
        resources: What the document may load, by URL; anything else is refused.
        identifier: 32 bytes that identify this file; the same input gives the same.
        language: BCP 47 tag, for the descriptions of links.
        variant: The kind of PDF.

    Raises:
        PublishError: PUB-W002, where Pango is not installed.
    """
    document = _layout(html, css, resources)
    _LAST.clear()  # what is written is no longer as it was laid out
    generate = document.metadata.generate_rdf_metadata
    if variant.pdf_2:
        # Version 0 is none: WeasyPrint's own identification names levels that PDF/A-4 and PDF/UA-2 do not have.
        document.metadata.generate_rdf_metadata = lambda *_: xmp.with_pdf_2(
            generate("a", 0, ""), archival=variant.name == "4"
        )
    elif variant.accessible and variant.name != "ua-1":
        document.metadata.generate_rdf_metadata = lambda *args: xmp.with_pdf_ua(generate(*args))

    with _recording() as boxes:

        def finish(_: object, pdf: Any) -> None:  # noqa: ANN401 - pydyf is untyped
            xmp.leave_readable(pdf)
            _without_interpolation(pdf)
            _with_area(pdf)
            tags.retag(pdf, boxes, language, pdf_2=variant.pdf_2)
            if variant.name.startswith("1"):
                tags.map_roles_of_pdf_1_4(pdf)

        data: bytes = document.write_pdf(
            finisher=finish, pdf_variant=variant.engine, pdf_identifier=identifier, pdf_tags=True
        )
    return data


def pages(html: str, css: str, resources: Mapping[str, Resource]) -> Pages:
    """Lay a document out and say where its pages begin.

    Raises:
        PublishError: PUB-W002, where Pango is not installed.
    """
    laid_out = _layout(html, css, resources).pages
    anchors: dict[str, int] = {}
    for number, page in enumerate(laid_out, start=1):
        for name in page.anchors:
            anchors.setdefault(name, number)  # a section that is broken over pages has its anchor on each
    starts: list[int] = []
    length = 0
    said: set[Any] = set()
    wide: set[int] = set()
    for page in laid_out:
        wide.update(_wide_tables(page._page_box, None))  # noqa: SLF001
        starts.append(length)
        repeated = frozenset(said)
        for text, group in running_text(page._page_box.children[0]):  # noqa: SLF001 - see the module's docstring
            if group is None or group not in repeated:
                length += printed_length(text)
            if group is not None:
                said.add(group)
    return Pages(anchors, tuple(starts), frozenset(wide))


def _wide_tables(box: Any, room: tuple[int, float] | None) -> Iterator[int]:  # noqa: ANN401 - boxes are untyped
    """The numbers of tables in a box that are wider than the wrapper around them."""
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
"""Classes of what is no running text of the document itself."""


def running_text(box: Any, group: Any = None) -> Iterator[tuple[str, Any]]:  # noqa: ANN401 - boxes are untyped
    """The texts of a page, each with the table head that it stands in; heads are printed again on further pages."""
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


_LAST: dict[str, Any] = {}
"""The last layout, by a digest of what was laid out: pages are looked at before the same document is written."""


def _layout(html: str, css: str, resources: Mapping[str, Resource]) -> Any:  # noqa: ANN401 - WeasyPrint is untyped
    key = hashlib.sha256(
        b"\0".join([html.encode(), css.encode(), *(r.data for r in resources.values())])
    ).hexdigest()
    if key not in _LAST:
        _LAST.clear()
        _LAST[key] = _lay_out(html, css, resources)
    return _LAST[key]


def _lay_out(html: str, css: str, resources: Mapping[str, Resource]) -> Any:  # noqa: ANN401
    weasyprint = load()
    from weasyprint.css.counters import CounterStyle

    # A font face stays in the configuration that it was added to; the next paper may be of another house.
    fonts, counters = _new_fonts() if "@font-face" in css else _fonts(), CounterStyle()
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
    """Give the links of calls and marks, whose lines have no height, a height at which they can be hit."""
    for item in pdf.objects:
        if isinstance(item, dict) and item.get("Subtype") == "/Link":
            x0, y0, x1, y1 = item["Rect"]
            if abs(y1 - y0) < FLAT:
                item["Rect"] = pydyf.Array([x0, y0 + CALL_HEIGHT / 2, x1, y0 - CALL_HEIGHT / 2])


def _without_interpolation(pdf: Any) -> None:  # noqa: ANN401 - pydyf is untyped
    """Pictures are shown as they are: PDF/A-2 forbids that a viewer smooths them (ISO 19005-2, 6.2.8)."""
    for item in pdf.objects:
        if "Interpolate" in getattr(item, "extra", {}):
            item.extra["Interpolate"] = "false"


@cache
def load() -> ModuleType:
    """WeasyPrint, imported and mended.

    Raises:
        PublishError: PUB-W002, where a system library is missing.
        EngineChangedError: WeasyPrint is not the pinned release.
    """
    try:
        with _quick_libraries(), contextlib.redirect_stdout(io.StringIO()):
            import weasyprint
    except OSError as error:
        message = f"WeasyPrint cannot load a system library: {str(error).splitlines()[0]}"
        raise PublishError(make("PUB-W002", message, hint=CODES["PUB-W002"].mend)) from None
    if weasyprint.__version__ != PINNED:
        raise EngineChangedError(f"WeasyPrint {weasyprint.__version__} is installed, {PINNED} is needed")
    keep_notes_on_their_page()
    _ignore_rounding()
    note_area.measure_notes_once()
    copied_text.give_each_glyph_its_own()
    _record_boxes()
    _remember_pages()
    return weasyprint  # type: ignore[no-any-return]


@contextlib.contextmanager
def _quick_libraries() -> Iterator[None]:
    """Keep cffi from starting 54 processes of ldconfig, gcc and ld while WeasyPrint is imported.

    WeasyPrint tries several names for each library; for every name that is no file name cffi asks
    `ctypes.util.find_library`. The right file name is in WeasyPrint's list, so no answer is needed.
    """
    if os.name != "posix":
        yield
        return
    original = ctypes.util.find_library
    ctypes.util.find_library = lambda name: None  # noqa: ARG005
    try:
        yield
    finally:
        ctypes.util.find_library = original


@cache
def _fonts() -> Any:  # noqa: ANN401 - WeasyPrint is untyped
    """The one font configuration for papers without fonts of their own."""
    return _new_fonts()


def _new_fonts() -> Any:  # noqa: ANN401
    """A font configuration that knows the fonts of publish and none of the machine's."""
    from weasyprint.text.fonts import FontConfiguration

    before = os.environ.get("FONTCONFIG_FILE")
    os.environ["FONTCONFIG_FILE"] = str(fonts_folder() / "fonts.conf")
    try:
        return FontConfiguration()
    finally:
        if before is None:
            del os.environ["FONTCONFIG_FILE"]
        else:
            os.environ["FONTCONFIG_FILE"] = before


def _fetcher(resources: Mapping[str, Resource]) -> Any:  # noqa: ANN401
    """A fetcher that hands out what it was given and opens nothing."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class Closed(URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: object = None) -> Any:  # noqa: ANN401
            del headers
            resource = resources.get(url)
            if resource is None:
                raise ValueError(f"refused: {url}")
            return URLFetcherResponse(url, resource.data, {"Content-Type": resource.media_type})

    return Closed()


def keep_notes_on_their_page() -> None:
    """Add the condition on `footnote-policy` that one path of WeasyPrint's line layout lacks.

    Raises:
        EngineChangedError: the function is not the one that was read.
    """
    from weasyprint.layout import block

    block._linebox_layout = rewritten(  # noqa: SLF001 - see the module's docstring
        block, "_linebox_layout", (_REPORT + _NEXT, _REPORT + _CONDITION + _NEXT)
    )


def _ignore_rounding() -> None:
    """Let a note that fits be one that fits.

    `layout_footnote` says whether the area of notes is higher than its greatest height. The house sets none, so that what it
    calls higher is a rounding error of 1e-13 points; it moved paragraphs to the next page with the page half empty.
    """
    from weasyprint.layout import LayoutContext

    original = LayoutContext.layout_footnote

    def layout_footnote(self: Any, footnote: Any) -> bool:  # noqa: ANN401
        original(self, footnote)
        return False

    LayoutContext.layout_footnote = layout_footnote


def _remember_pages() -> None:
    """Let pydyf work the references to its pages out once for as many pages as there are.

    WeasyPrint asks for all of them for each structure element: of 500 pages that is a sixth of the time of writing.
    """
    original = pydyf.PDF.page_references.fget

    def page_references(pdf: Any) -> tuple[bytes, ...]:  # noqa: ANN401
        count = len(pdf.pages["Kids"])
        known: tuple[int, tuple[bytes, ...]] | None = pdf.__dict__.get("_known_pages")
        if known is None or known[0] != count:
            known = pdf.__dict__["_known_pages"] = (count, original(pdf))
        return known[1]

    pydyf.PDF.page_references = property(page_references)


_RECORDS: list[dict[int, Any]] = []
"""While a file is written, the box that each structure element was made of, by the element's object number."""


def _record_boxes() -> None:
    from weasyprint.pdf import tags as engine_tags

    original = engine_tags._build_box_tree  # noqa: SLF001

    def build(box: Any, parent: Any, *rest: Any) -> Iterator[Any]:  # noqa: ANN401
        for element in original(box, parent, *rest):
            if _RECORDS:
                _RECORDS[-1].setdefault(element.number, box)
            yield element

    engine_tags._build_box_tree = build  # noqa: SLF001


@contextlib.contextmanager
def _recording() -> Iterator[dict[int, Any]]:
    _RECORDS.append({})
    try:
        yield _RECORDS[-1]
    finally:
        _RECORDS.pop()
