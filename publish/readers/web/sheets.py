"""Elements that the style sheets of a page hide."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import tinycss2

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

SCREENS = ("", "all", "screen")
"""Media for which a browser shows a page."""

HIDING = {"display": "none", "visibility": "hidden"}
"""Values of properties that hide an element."""


def hides(declarations: str) -> bool:
    """Return whether CSS declarations hide their element; the last one of each property decides."""
    return any(_values(tinycss2.parse_declaration_list(declarations, skip_comments=True)).values())


def hidden_by_sheets(root: Element) -> list[Element]:
    """Return the elements that the style sheets in a page hide, except those that another rule shows.

    Which of two rules is stronger is not decided: an element that a rule shows is kept.
    """
    rules = [rule for style in root.iter("style") for rule in _rules(style)]
    if not rules:
        return []
    import cssselect2

    matcher = cssselect2.Matcher()
    for prelude, states in rules:
        try:
            selectors = cssselect2.compile_selector_list(prelude)
        except cssselect2.SelectorError:
            continue
        for selector in selectors:
            matcher.add_selector(selector, any(states.values()))
    hidden = []
    for wrapped in cssselect2.ElementWrapper.from_html_root(root).iter_subtree():
        # A rule for a pseudo-element, such as `p::before`, does not hide the element.
        matches = [hides_it for _, _, pseudo, hides_it in matcher.match(wrapped) if pseudo is None]
        if matches and all(matches):
            hidden.append(wrapped.etree_element)
    return hidden


def _rules(style: Element) -> Iterator[tuple[list[Any], dict[str, bool]]]:
    """Yield the selectors of each rule that hides or shows elements, and which properties hide."""
    if (style.get("media") or "").strip().lower() not in SCREENS:
        return
    text = "".join(map(str, style.itertext()))
    for rule in tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True):
        if rule.type == "qualified-rule":
            states = _values(tinycss2.parse_declaration_list(rule.content, skip_comments=True))
            if states:
                yield rule.prelude, states


def _values(declarations: list[Any]) -> dict[str, bool]:
    """Return for each property of `HIDING` that is set whether its value hides."""
    found: dict[str, bool] = {}
    for declaration in declarations:
        if declaration.type == "declaration" and declaration.lower_name in HIDING:
            words = [token.lower_value for token in declaration.value if token.type == "ident"]
            found[declaration.lower_name] = words == [HIDING[declaration.lower_name]]
    return found
