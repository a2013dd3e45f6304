"""Attributes in curly brackets directly after an image, also with values that the plugin for attributes rejects: `{width=50%}`."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from mdit_py_plugins.attrs.parse import ParseError, parse

KEPT = frozenset({"id", "class", "width", "height", "role", "alt", "lang"})
"""Attributes of an image; others are dropped."""

_BRACES = re.compile(r"\{[^{}\n]{1,400}\}")
_BARE = re.compile(r"=([^\s\"'{}=]+)")


def image_attributes(md: MarkdownIt) -> None:
    """Add the rule to a parser that has the plugin for attributes."""
    md.inline.ruler.before("attr", "image_attr", _rule)


def _rule(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - signature of markdown-it rules
    if state.pending or not state.tokens or state.tokens[-1].type != "image":
        return False
    match = _BRACES.match(state.src, state.pos)
    if match is None:
        return False
    try:
        _, found = parse(_BARE.sub(r'="\1"', match[0]))
    except ParseError:
        return False
    if not silent:
        image = state.tokens[-1]
        image.attrs.update({key: value for key, value in found.items() if key in KEPT - {"alt"}})
        if found.get("alt", " ") == "":
            image.meta["decorative"] = True
    state.pos = match.end()
    return True
