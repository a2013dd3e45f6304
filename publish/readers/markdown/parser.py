"""The markdown-it-py parser, configured once, with one addition: inline tokens have a position.

markdown-it gives line numbers only to blocks. `PositionedState` writes the offset within the inline text into the unused
`map` of each inline token; `positions.Lines` turns it into line and column.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

from markdown_it import MarkdownIt
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType
from mdit_py_plugins.attrs import attrs_block_plugin, attrs_plugin
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.front_matter import front_matter_plugin

from publish.readers.markdown.image_attributes import image_attributes

MAX_DEPTH = 60
"""Maximum number of nested levels of lists, quotations and emphasis in a manuscript."""


_PLAIN = re.compile(r"(?:[^\W_]|[ .,;()?/'\"])+")
"""Text without markup in any of the enabled syntaxes."""


class PositionedState(StateInline):
    """An inline state that stores the offset of each token."""

    def push(self, ttype: str, tag: str, nesting: Literal[-1, 0, 1]) -> Token:
        """Push a token that begins at the current position."""
        token = super().push(ttype, tag, nesting)
        # A link is pushed after its bracket has been read.
        bracket = ttype == "link_open" and self.src[self.pos - 1 : self.pos] == "["
        token.map = [self.pos - bracket, self.pos]
        return token

    def pushPending(self) -> Token:  # noqa: N802 - markdown-it's name
        """Push the text collected so far; it ends at the current position."""
        start = max(0, self.pos - len(self.pending))
        token = super().pushPending()
        token.map = [start, self.pos]
        return token


class PositionedInline(ParserInline):
    """The inline parser with positioned states."""

    def parse(self, src: str, md: MarkdownIt, env: EnvType, tokens: list[Token]) -> list[Token]:
        """Parse one inline text; as in markdown-it, except for the class of the state."""
        state = PositionedState(src, md, env, tokens)
        if _PLAIN.fullmatch(src):
            # No rule begins at one of these characters, so the result is one token of text, as in most cells of tables.
            state.pos, state.pending = len(src), src
            state.pushPending()
            return state.tokens
        self.tokenize(state)
        for rule in self.ruler2.getRules(""):
            rule(state)
        return state.tokens


def _look_before_the_first(md: MarkdownIt) -> None:
    """Fix the rule of the plugin: at the beginning of a text it uses the last character as the previous character."""
    rules = md.inline.ruler
    rule = next(entry.fn for entry in rules.__rules__ if entry.name == "math_inline")

    def mended(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - signature of markdown-it rules
        if state.pos:
            return bool(rule(state, silent))
        whole = state.src
        state.src = f"{whole} "
        try:
            return bool(rule(state, silent))
        finally:
            state.src = whole

    rules.at("math_inline", mended)


@cache
def parser() -> MarkdownIt:
    """Return the parser of this process, which has no state between documents."""
    md = MarkdownIt("commonmark")
    md.inline = PositionedInline()
    md.configure("commonmark")
    # Far above the maximum that is read (`MAX_DEPTH`), because markdown-it silently drops deeper content.
    md.options["maxNesting"] = 10 * MAX_DEPTH
    md.enable(["table", "strikethrough"])
    md.use(front_matter_plugin)
    md.use(footnote_plugin, move_to_end=False, always_match_refs=True)
    md.use(deflist_plugin)
    # A dollar sign is a currency sign if it has a space on the inside or a digit next to it: `5 $ en 10 $`, `$5 tot $10`.
    md.use(
        dollarmath_plugin,
        allow_labels=False,
        allow_space=False,
        allow_digits=False,
        allow_blank_lines=False,
        double_inline=True,
    )
    _look_before_the_first(md)
    md.use(attrs_plugin, spans=True)
    md.use(attrs_block_plugin)
    image_attributes(md)
    return md
