"""Syntax of other Markdown dialects, which publish does not read: it is reported with its position and published as text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from markdown_it.token import Token

from publish.diagnostics import Diagnostic, Span
from publish.diagnostics.codes import make


class Syntax(NamedTuple):
    """A syntax that is not read."""

    pattern: re.Pattern[str]
    what: str
    hint: str


FOREIGN = (
    Syntax(re.compile(r"^\s*:{3,}.*$", re.MULTILINE), "Fenced division", "Remove the line"),
    Syntax(re.compile(r"\[-?@[\w:.#$%&+?<>~/-]+[^\]\n]*\]"), "Citation", "Write the citation as a note"),
    Syntax(re.compile(r"\{\{[<%].*?[>%]\}\}"), "Shortcode", "Insert the text itself"),
    Syntax(
        re.compile(r"^\s*\[(?:TOC|toc|\[_?TOC_?\])\]\s*$", re.MULTILINE),
        "Table of contents",
        "Choose a style with a table of contents, or write `contents: 2` under `structure:` in the front matter",
    ),
    Syntax(re.compile(r"(?<=\w)~[^~\s]{1,20}~(?!~)"), "Subscript", "Write `<sub>2</sub>`"),
    Syntax(re.compile(r"(?<=\w)\^[^^\s\[\]]{1,20}\^"), "Superscript", "Write `<sup>2</sup>`"),
    Syntax(re.compile(r"(?<!=)==[^=\s][^=\n]*==(?!=)"), "Highlighting", "Remove the signs"),
    Syntax(re.compile(r"^\s*\[![A-Z]+\]\s*$", re.MULTILINE), "Callout", "Remove the line"),
    Syntax(
        re.compile(r"\]\((?:https?:|mailto:|#)[^)\s]*\)"),
        "Link",
        "Move calls of notes out of the text of the link",
    ),
)

_ODD_DEFINITION = re.compile(r"^ {0,3}\[\^([^\]\n]*[ \t][^\]\n]*)\]:", re.MULTILINE)


def foreign_syntax(tokens: Sequence[Token], source: str) -> Iterator[Diagnostic]:
    """Report text that is markup in another dialect."""
    for token in tokens:
        if token.type != "inline" or not token.map:
            continue
        text = "".join(
            child.content if child.type == "text" else "\n" if child.type.endswith("break") else "\x00"
            for child in token.children or ()
        )
        for syntax in FOREIGN:
            for found in syntax.pattern.finditer(text):
                line = token.map[0] + 1 + text.count("\n", 0, found.start())
                message = f"{syntax.what} of another dialect is published as text: '{found[0].strip()[:60]}'"
                yield make("PUB-R061", message, span=Span(line), source=source, hint=syntax.hint)


def with_plain_labels(text: str, source: str) -> tuple[str, list[Diagnostic]]:
    """Replace white space in the labels of notes by hyphens, so that the notes are read, and report them."""
    found: list[Diagnostic] = []
    for label in dict.fromkeys(match[1] for match in _ODD_DEFINITION.finditer(text)):
        plain = re.sub(r"[ \t]", "-", label)
        at = text.index(f"[^{label}]")
        line = text.count("\n", 0, at) + 1
        message = f"Label of a note contains white space: '[^{label}]'; it is read as '[^{plain}]'"
        found.append(make("PUB-R062", message, span=Span(line), source=source))
        text = text.replace(f"[^{label}]", f"[^{plain}]")
    return text, found
