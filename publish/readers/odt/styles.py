"""Styles: their inheritance, and what a style says about a paragraph or a run (ODF 1.3, part 3, 16).

A text uses automatic styles, which are based on the styles that a user sees. The names of LibreOffice's own styles are
English in every language.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from publish.readers.odt.names import FO, OFFICE, STYLE, TEXT, whole
from publish.readers.office.run_format import RunFormat

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

TITLES = frozenset({"title"})
SUBTITLES = frozenset({"subtitle"})
CAPTIONS = frozenset({"caption", "table caption", "figure caption"})
QUOTES = frozenset({"quotations", "quote", "block text"})
CODE = frozenset({"preformatted text", "source code", "code"})
TERMS = frozenset({"definition term", "list heading"})
DEFINITIONS = frozenset({"definition definition", "definition text", "list contents"})
LOOSE = frozenset({"list paragraph loose"})
RULES = frozenset({"horizontal line"})
TABLE_HEADINGS = frozenset({"table heading"})
NOTE_MARKS = frozenset(
    {"footnote symbol", "endnote symbol", "footnote anchor", "endnote anchor", "footnote characters",
     "endnote characters", "footnote reference", "endnote reference"}
)  # fmt: skip
LINKS = frozenset({"internet link", "visited internet link", "hyperlink"})
CODE_CHARACTERS = frozenset({"source text", "teletype", "verbatim char", "code"})

_ENCODED = re.compile(r"_([0-9a-fA-F]{2,4})_")
_HEADING = re.compile(r"heading ([1-9])")


class Facts(Struct, frozen=True):
    """Properties of a paragraph that its styles set."""

    names: tuple[str, ...] = ()
    """Names of the style and of the styles that it is based on, in lower case."""
    list_style: str | None = None
    """Name of the list style; empty if the style removes the numbering; None if no style sets one."""
    outline: int = 0
    """Outline level of the style from 1; 0 for text."""
    heading: bool = False
    """Whether the style is one of LibreOffice's heading styles, or is based on one."""
    rtl: bool = False
    align: str = ""
    breaks: bool = False
    """Whether a page break comes before the paragraph."""

    def has(self, names: frozenset[str]) -> bool:
        """Return whether the style, or one that it is based on, has one of these names."""
        return not names.isdisjoint(self.names)


class Styles:
    """The styles of one file."""

    def __init__(self, roots: Iterable[Element]) -> None:
        self.elements: dict[tuple[str, str], Element] = {}
        self.automatic: set[int] = set()
        self.lists: dict[str, Element] = {}
        """List styles by name."""
        self.outline: Element | None = None
        self.notes: dict[str, Element] = {}
        """Configurations of the notes of the whole text, by class."""
        self.masters: list[Element] = []
        self.page_layouts: dict[str, Element] = {}
        self.defaults: dict[str, Element] = {}
        for root in roots:
            for group in root:
                if group.tag in {OFFICE + "automatic-styles", OFFICE + "styles", OFFICE + "master-styles"}:
                    self._read(group)
        default = self.defaults.get("paragraph")
        standard = self.elements.get(("paragraph", "Standard"))
        self.language = next(
            (tag for e in (standard, default) if e is not None and (tag := _language(_own(e, "text")))), ""
        )
        self._facts: dict[str, Facts] = {}
        self._formats: dict[tuple[tuple[str, ...], str], RunFormat] = {}

    def _read(self, group: Element) -> None:
        common = group.tag == OFFICE + "styles"
        for element in group:
            name = element.get(STYLE + "name", "")
            if element.tag == STYLE + "style":
                key = element.get(STYLE + "family", ""), name
                if key not in self.elements and group.tag == OFFICE + "automatic-styles":
                    self.automatic.add(id(element))
                self.elements.setdefault(key, element)
            elif element.tag == STYLE + "default-style":
                self.defaults.setdefault(element.get(STYLE + "family", ""), element)
            elif element.tag == TEXT + "list-style" and (common or name not in self.lists):
                self.lists[name] = element  # a common style wins over an automatic one with the same name
            elif element.tag == TEXT + "outline-style":
                self.outline = element
            elif element.tag == TEXT + "notes-configuration" and common:
                self.notes[element.get(TEXT + "note-class", "")] = element
            elif element.tag == STYLE + "page-layout":
                self.page_layouts.setdefault(name, element)
            elif element.tag == STYLE + "master-page":
                self.masters.append(element)

    def chain(self, family: str, name: str) -> list[Element]:
        """Return a style and the styles that it is based on, each once."""
        out: list[Element] = []
        while (element := self.elements.get((family, name))) is not None and element not in out:
            out.append(element)
            name = element.get(STYLE + "parent-style-name", "")
        return out

    def property(self, family: str, name: str, group: str, attribute: str) -> str:
        """Return a formatting property of a style, else of a style that it is based on; empty if not set.

        Args:
            family: Family of the style, such as `paragraph`.
            name: Name of the style.
            group: Kind of property, such as `text` or `table-cell`.
            attribute: Name of the property, with its namespace.
        """
        found = (_own(style, group).get(attribute) for style in self.chain(family, name))
        return next((value for value in found if value is not None), "")

    def facts(self, name: str) -> Facts:
        """Return what the styles say about a paragraph."""
        if name not in self._facts:
            self._facts[name] = self._of(name)
        return self._facts[name]

    def master_of(self, name: str) -> str:
        """Return the page style that begins at a paragraph with a style; empty if it sets none."""
        found = (style.get(STYLE + "master-page-name") for style in self.chain("paragraph", name))
        return next((value for value in found if value is not None), "")

    def _of(self, name: str) -> Facts:
        chain = self.chain("paragraph", name)
        # A text can use the name of one of LibreOffice's own styles without defining the style.
        names = tuple(_shown(style) for style in chain) or ((_decoded(name),) if name else ())
        levels = (style.get(STYLE + "default-outline-level") for style in chain)
        level = next((value for value in levels if value is not None), None)
        by_name = next((int(m[1]) for n in names if (m := _HEADING.fullmatch(n))), 0)
        lists = (style.get(STYLE + "list-style-name") for style in chain)
        return Facts(
            names,
            next((value for value in lists if value is not None), None),
            whole(level, 0) if level is not None else by_name,
            by_name > 0,
            self.property("paragraph", name, "paragraph", STYLE + "writing-mode").startswith("rl"),
            self.property("paragraph", name, "paragraph", FO + "text-align"),
            self.property("paragraph", name, "paragraph", FO + "break-before") == "page",
        )

    def run_format(self, spans: tuple[str, ...], paragraph: str = "") -> RunFormat:
        """Return the format of text.

        Args:
            spans: Styles of the spans around the text, from the inside out.
            paragraph: Style of the paragraph. Of its own formats, only those of an automatic style differ from what a
                user expects of the paragraph, so only these are kept.
        """
        key = spans, paragraph
        if key not in self._formats:
            self._formats[key] = self._format_of(spans, paragraph)
        return self._formats[key]

    def font(self, spans: tuple[str, ...], paragraph: str) -> str:
        """Return the name of the font of text, with the arguments of `run_format`."""
        styles = [style for span in spans for style in self.chain("text", span)]
        for style in (*styles, *self.chain("paragraph", paragraph)):
            own = _own(style, "text")
            if name := own.get(STYLE + "font-name") or own.get(FO + "font-family"):
                return name.strip("'")
        return ""

    def _format_of(self, spans: tuple[str, ...], paragraph: str) -> RunFormat:
        styles = [style for span in spans for style in self.chain("text", span)]
        names = {_shown(style) for style in styles}
        block = self.chain("paragraph", paragraph)
        direct = [style for style in block[:1] if id(style) in self.automatic]
        made = _format([_own(style, "text") for style in (*styles, *direct)])
        mark = not names.isdisjoint(NOTE_MARKS)

        def inherited(name: str) -> str:
            found = (_own(style, "text").get(name) for style in (*styles, *block))
            return next((value for value in found if value is not None), "")

        return replace(
            made,
            underline=made.underline and names.isdisjoint(LINKS),
            superscript=made.superscript and not mark,
            code=not names.isdisjoint(CODE_CHARACTERS),
            mark=mark,
            capitals=inherited(FO + "text-transform") == "uppercase",
            hidden=inherited(TEXT + "display") == "none",
        )


def _own(style: Element, group: str) -> Element:
    """Return the properties of a kind that a style itself sets; an element without attributes if there are none."""
    found = style.find(f"{STYLE}{group}-properties")
    return found if found is not None else style.makeelement("none", {})


def _shown(style: Element) -> str:
    return _decoded(style.get(STYLE + "display-name") or style.get(STYLE + "name") or "")


def _decoded(name: str) -> str:
    """Return the name of a style as a user sees it, in lower case."""
    return _ENCODED.sub(lambda m: chr(int(m[1], 16)), name).replace("_", " ").lower()


def _format(groups: list[Element]) -> RunFormat:
    """Return the format that properties set; the first of them that sets a property wins."""

    def first(*names: str) -> str:
        found = (group.get(name) for group in groups for name in names)
        return next((value for value in found if value is not None), "")

    position = first(STYLE + "text-position").split() or [""]
    shift = position[0]
    lowered = shift == "sub" or (shift.startswith("-") and shift != "-0%")
    raised = shift == "super" or (shift[:1].isdigit() and shift.strip("0%") != "")
    weight = first(FO + "font-weight")
    return RunFormat(
        bold=weight in {"bold", "bolder"} or (weight.isdecimal() and int(weight) >= 600),
        italic=first(FO + "font-style") in {"italic", "oblique"},
        underline=first(STYLE + "text-underline-style") not in {"", "none"},
        strike=first(STYLE + "text-line-through-style", STYLE + "text-line-through-type") not in {"", "none"},
        small_caps=first(FO + "font-variant") == "small-caps",
        capitals=first(FO + "text-transform") == "uppercase",
        highlighted=first(FO + "background-color") not in {"", "transparent"},
        superscript=raised,
        subscript=lowered,
        language=next((tag for group in groups if (tag := _language(group))), ""),
    )


def _language(properties: Element) -> str:
    """Return the language of text properties as a tag: the language and country of the script of the text."""
    language = properties.get(FO + "language", "")
    country = properties.get(FO + "country", "")
    if language in {"", "none", "zxx"}:
        return ""
    return f"{language}-{country}" if country not in {"", "none"} else language
