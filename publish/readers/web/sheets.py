"""Elements that the style sheets of a page hide, with the cascade of CSS (CSS Cascading 4, 6)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import tinycss2

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

SCREENS = frozenset({"", "all", "screen"})
"""Media for which a browser shows a page."""

GROUPS = frozenset({"media", "supports", "layer", "container"})
"""Rules with rules inside; those of `media` apply only for a screen."""

DEEPEST = 20
"""Depth of rules in rules."""

_FAR = re.compile(r"-\d{3,}(?:\.\d+)?(?:px|em|rem|pt|vw|vh|%)|-\d{2,}(?:em|rem)")
_NOTHING = re.compile(r"0(?:\.0+)?(?:px|em|rem|pt|%)?")
_CUT = re.compile(r"rect\((?:\s*[01](?:px)?[\s,]*){4}\)|inset\((?:50|100)%[^)]*\)|circle\(0[^)]*\)")

HIDING = {
    "display": re.compile(r"none"),
    "visibility": re.compile(r"hidden|collapse"),
    "content-visibility": re.compile(r"hidden"),
    "opacity": _NOTHING,
    "font-size": _NOTHING,
    "clip": _CUT,
    "clip-path": _CUT,
    "left": _FAR,
    "top": _FAR,
    "text-indent": _FAR,
    "transform": re.compile(r"scale\(0\)"),
}
"""Properties, and the values of each that hide an element."""


class Value(NamedTuple):
    """What a declaration says about an element."""

    hides: bool
    important: bool


def hides(declarations: str) -> bool:
    """Return whether CSS declarations hide their element; the last one of each property decides."""
    found = _values(tinycss2.parse_declaration_list(declarations, skip_comments=True))
    return any(value.hides for value in found.values())


def hidden_by_sheets(root: Element, sheets: Sequence[str] = ()) -> list[Element]:
    """Return the elements that style sheets hide.

    Args:
        root: The page; its `style` elements apply.
        sheets: Texts of linked style sheets, which come first.
    """
    rules = [rule for text in sheets for rule in _rules_of(text)]
    for style in root.iter("style"):
        if _is_for_screens(style.get("media") or ""):
            rules += _rules_of("".join(map(str, style.itertext())))
    if not any(value.hides for _, values in rules for value in values.values()):
        return []
    import cssselect2

    matcher = cssselect2.Matcher()
    for prelude, values in rules:
        try:
            selectors = cssselect2.compile_selector_list(prelude)
        except cssselect2.SelectorError:
            continue
        for selector in selectors:
            matcher.add_selector(selector, values)
    return [
        wrapped.etree_element
        for wrapped in cssselect2.ElementWrapper.from_html_root(root).iter_subtree()
        if _is_hidden(matcher.match(wrapped), wrapped.etree_element.get("style") or "")
    ]


def _is_hidden(matches: Sequence[Any], style: str) -> bool:
    """Return whether the strongest declaration of a property hides an element."""
    strongest: dict[str, tuple[tuple[bool, bool, tuple[int, ...], int], bool]] = {}
    for specificity, order, pseudo, values in matches:
        # A rule for a pseudo-element, such as `p::before`, does not hide the element.
        for name, value in values.items() if pseudo is None else ():
            weight = (value.important, False, tuple(specificity), order)
            if name not in strongest or weight >= strongest[name][0]:
                strongest[name] = (weight, value.hides)
    own = _values(tinycss2.parse_declaration_list(style, skip_comments=True)) if strongest and style else {}
    for name, value in own.items():
        weight = (value.important, True, (), 0)
        if name not in strongest or weight >= strongest[name][0]:
            strongest[name] = (weight, value.hides)
    return any(hidden for _, hidden in strongest.values())


def _rules_of(text: str) -> list[tuple[list[Any], dict[str, Value]]]:
    return list(_rules(tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True), 0))


def _rules(found: Sequence[Any], depth: int) -> Iterator[tuple[list[Any], dict[str, Value]]]:
    """Yield the selectors of each rule that hides or shows elements, and what it says about each property."""
    for rule in found:
        if rule.type == "qualified-rule":
            values = _values(tinycss2.parse_declaration_list(rule.content, skip_comments=True))
            if values:
                yield rule.prelude, values
        elif rule.type == "at-rule" and rule.lower_at_keyword in GROUPS and rule.content and depth < DEEPEST:
            queries = tinycss2.serialize(rule.prelude) if rule.lower_at_keyword == "media" else ""
            if _is_for_screens(queries):
                inside = tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)
                yield from _rules(inside, depth + 1)


def _is_for_screens(queries: str) -> bool:
    """Return whether one of the media queries is for a screen; conditions such as a width are taken to hold."""
    for query in queries.lower().split(","):
        words = query.strip().removeprefix("only ").split()
        if not words or words[0] in SCREENS or words[0].startswith("("):
            return True
    return False


def _values(declarations: list[Any]) -> dict[str, Value]:
    """Return for each property of `HIDING` that is set whether its value hides."""
    found: dict[str, Value] = {}
    for declaration in declarations:
        if declaration.type == "declaration" and declaration.lower_name in HIDING:
            text = " ".join(tinycss2.serialize(declaration.value).lower().split())
            value = Value(HIDING[declaration.lower_name].fullmatch(text) is not None, declaration.important)
            before = found.get(declaration.lower_name)
            if before is None or value.important or not before.important:
                found[declaration.lower_name] = value
    return found
