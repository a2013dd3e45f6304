"""Properties of runs in Word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from publish.readers.docx.names import W, is_on, value
from publish.readers.docx.styles import CODE_CHARACTERS, NOT_TEXT, NOTE_MARKS, Styles
from publish.readers.office.run_format import HIDDEN, PLAIN, RunFormat

if TYPE_CHECKING:
    from lxml.etree import _Element as Element


class Looks:
    """Reader of the properties of runs."""

    def __init__(self, styles: Styles, language: str) -> None:
        self.styles = styles
        self.language = language

    def of(self, properties: Element | None, *, link: bool = False, hidden: bool = False) -> RunFormat:
        """Return the format of a run with these properties (`w:rPr`).

        Args:
            properties: The element, if any.
            link: Whether the run is in a link, which is always underlined.
            hidden: Whether the styles of its paragraph and table hide the run.
        """
        if properties is None or not len(properties):
            return HIDDEN if hidden else PLAIN
        style = value(properties.find(W + "rStyle"))
        names = self.styles.run_names(style) if style else frozenset()

        def given(tag: str) -> Element | None:
            own = properties.find(W + tag)
            return own if own is not None else self.styles.run_property(style, tag) if style else None

        mark = not names.isdisjoint(NOTE_MARKS)
        position = value(given("vertAlign"))
        underlined = value(given("u")) not in {"", "none"} and "hyperlink" not in names and not link
        return RunFormat(
            bold=is_on(given("b")) or (is_on(given("bCs")) and is_on(given("rtl"))),
            italic=is_on(given("i")),
            underline=underlined,
            strike=is_on(given("strike")) or is_on(given("dstrike")),
            small_caps=is_on(given("smallCaps")),
            capitals=is_on(given("caps")),
            highlighted=value(given("highlight")) not in {"", "none"},
            superscript=position == "superscript" and not mark,
            subscript=position == "subscript",
            code=not names.isdisjoint(CODE_CHARACTERS),
            rtl=is_on(properties.find(W + "rtl")),
            language=self._language(properties),
            mark=mark,
            hidden=self._is_hidden(properties, style, by_styles=hidden),
            skipped=not names.isdisjoint(NOT_TEXT),
        )

    def _is_hidden(self, properties: Element, style: str, *, by_styles: bool) -> bool:
        own = properties.find(W + "vanish")
        if own is not None:
            return is_on(own)
        return by_styles != (bool(style) and is_on(self.styles.run_property(style, "vanish")))

    def _language(self, properties: Element) -> str:
        """Return the language of a run if it differs from the language of the document.

        Word writes `en-US` throughout texts that were never checked, so it has no meaning in a text in another language.
        """
        element = properties.find(W + "lang")
        tag = value(element, "bidi") if is_on(properties.find(W + "rtl")) else value(element)
        own, document = tag.partition("-")[0].lower(), self.language.partition("-")[0].lower()
        noise = not own or not document or own == document or tag.lower() == "en-us" or own == "x"
        return "" if noise else tag
