"""Styles: the type of a paragraph or run, by the names of its style and of the styles that it is based on.

Word uses the same English names in every language, but different ids (`Kop1`, `berschrift1`), so ids are never matched.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from publish.readers.docx.names import OM, W, child_value, is_on, number, value

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_HEADING = re.compile(r"heading ([1-9])")
_ROLE_HEADING = re.compile(r".* heading ([1-9])")
"""Heading styles of publish, such as `qa-question heading 1`, which are based on Word's."""

NOTE_MARKS = frozenset({"footnote reference", "endnote reference", "footnote anchor", "endnote anchor"})
CODE = frozenset({"source code", "code"})
"""Code styles, without Word's `HTML Preformatted` and `Plain Text`, which offices use for any text."""

CODE_CHARACTERS = frozenset({"verbatim char", "html code", "code character", "source code char"})
QUOTES = frozenset({"quote", "intense quote", "block text"})
NOT_TEXT = frozenset({"page reference", "picture text"})
"""Character styles of publish for content that is not text: pages of references, alternative text of drawings."""


class Num(Struct, frozen=True):
    """Position of a paragraph in a numbering: its `w:numId` and its level from 0."""

    id: str
    level: int


class Facts(Struct, frozen=True):
    """Properties of a paragraph that its style sets."""

    names: tuple[str, ...] = ()
    """Names of the style and of the styles that it is based on, in lower case."""
    outline: int | None = None
    """Outline level from 1; None for text."""
    heading: bool = False
    """Whether the style is one of Word's heading styles, or is based on one."""
    num: Num | None = None
    indent: int = 0
    """Left indent in twentieths of a point."""
    hidden: bool = False
    """Whether the style hides the text."""

    def has(self, names: frozenset[str]) -> bool:
        """Return whether the style, or one that it is based on, has one of these names."""
        return not names.isdisjoint(self.names)


class Styles:
    """The styles of one file."""

    def __init__(self, root: Element | None) -> None:
        self.elements: dict[str, Element] = {}
        self.default = ""
        self.language = ""
        if root is None:
            return
        for style in root.iter(W + "style"):
            identifier = value(style, "styleId")
            self.elements.setdefault(identifier, style)
            if value(style, "type") == "paragraph" and value(style, "default") in {"1", "true", "on"}:
                self.default = identifier
        defaults = root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
        own = self.elements.get(self.default)
        # The default style is more reliable than the document defaults, which contain Word's factory settings.
        self.language = child_value(own, "rPr/lang") or child_value(defaults, "lang")
        self._facts: dict[str, Facts] = {}

    def name(self, identifier: str) -> str:
        """Return the name of a style, in lower case."""
        return child_value(self.elements.get(identifier), "name").lower()

    def chain(self, identifier: str) -> list[Element]:
        """Return a style and the styles that it is based on, each once."""
        out: list[Element] = []
        seen: set[str] = set()
        while identifier in self.elements and identifier not in seen:
            seen.add(identifier)
            out.append(self.elements[identifier])
            identifier = child_value(out[-1], "basedOn")
        return out

    def facts(self, identifier: str) -> Facts:
        """Return the properties of a paragraph style; the empty id is the default style."""
        identifier = identifier or self.default
        if not self.elements:
            return Facts()
        if identifier not in self._facts:
            self._facts[identifier] = self._of(identifier)
        return self._facts[identifier]

    def _of(self, identifier: str) -> Facts:
        chain = self.chain(identifier)
        names = tuple(child_value(style, "name").lower() for style in chain)

        def first(path: str, name: str = "val") -> str:
            return next((found for style in chain if (found := child_value(style, path, name))), "")

        outline: int | None = None
        for style, name in zip(chain, names, strict=True):
            given = child_value(style, "pPr/outlineLvl")
            match = _HEADING.fullmatch(name)
            if given or match:
                outline = number(given) + 1 if given else int(match[1] if match else 1)
                break
        num_id = first("pPr/numPr/numId")
        level = number(first("pPr/numPr/ilvl"))
        return Facts(
            names=names,
            outline=outline if outline is not None and outline <= 9 else None,
            heading=any(_HEADING.fullmatch(name) or _ROLE_HEADING.fullmatch(name) for name in names),
            num=Num(num_id, level) if num_id and num_id != "0" else None,
            indent=number(first("pPr/ind", "left") or first("pPr/ind", "start")),
            hidden=hides_text(chain),
        )

    def run_names(self, identifier: str) -> frozenset[str]:
        """Return the names of a character style and of the styles that it is based on, in lower case."""
        return frozenset(child_value(style, "name").lower() for style in self.chain(identifier))

    def run_property(self, identifier: str, tag: str) -> Element | None:
        """Return a property that a character style sets for its runs; None if not found."""
        found = (style.find(f"{W}rPr/{W}{tag}") for style in self.chain(identifier))
        return next((element for element in found if element is not None), None)


def hides_text(chain: Sequence[Element]) -> bool:
    """Return whether a style, given with the styles that it is based on, hides its text (`vanish`)."""
    marks = (style.find(f"{W}rPr/{W}vanish") for style in chain)
    return is_on(next((mark for mark in marks if mark is not None), None))


def num_of(paragraph: Element, facts: Facts) -> Num | None:
    """Return the numbering of a paragraph, else of its style; None if it has none, or has id 0, which removes it."""
    own = paragraph.find(f"{W}pPr/{W}numPr")
    if own is None:
        return facts.num
    identifier = child_value(own, "numId") or (facts.num.id if facts.num else "")
    if identifier in {"", "0"}:
        return None
    level = child_value(own, "ilvl")
    return Num(identifier, number(level) if level else facts.num.level if facts.num else 0)


def is_display_formula(paragraph: Element) -> bool:
    """Return whether a paragraph contains a formula on a separate line."""
    return paragraph.find(f"{OM}oMathPara") is not None
