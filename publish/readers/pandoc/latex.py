r"""Notes of LaTeX that pandoc skips, rewritten as `\footnote`.

Pandoc reads `\footnote` only. `\footnotemark` with `\footnotetext` (LaTeX2e, 3.3), `\endnote` (package endnotes)
and `\footref` (package footmisc) are rewritten before pandoc reads the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from publish.model import nodes as n
from publish.model.policy import MARKED, Series
from publish.model.text import plain_text
from publish.model.walk import change_document, nodes_in

TITLE_MARKS = ("*", "†", "‡", "§", "¶", "‖", "**", "††", "‡‡")
r"""Labels of the notes of the title (`\thanks`): LaTeX2e, `\fnsymbol`. They have a series of their own."""

_TOKEN = re.compile(
    r"""
    (?P<skip> \\begin\{(?P<env>verbatim\*?|lstlisting|comment)\} .*? \\end\{(?P=env)\}
            | \\verb\*?(?P<bar>[^\w\s*]) .*? (?P=bar)
            | (?<!\\)%[^\n]* | \\[\\%{}] )
    | \\(?P<name> footnotemark | footnotetext | endnote | footref ) (?![a-zA-Z])
      \s* (?: \[ (?P<number>[^\]]*) \] )?
    """,
    re.VERBOSE | re.DOTALL,
)


class _Command(Struct):
    """A command for notes, with its place in the file."""

    name: str
    start: int
    end: int
    number: str
    """Optional argument: the number that LaTeX prints."""
    content: str = ""
    replacement: str = ""


def rewrite_notes(text: str) -> str:
    r"""Rewrite the notes of a file as `\footnote`.

    The text of `\footnotetext` moves to its `\footnotemark`: the mark with the same optional number, or else the first
    mark before it without a text. A text without a mark becomes a note at its own place.
    """
    commands = list(_commands(text))
    open_marks: list[_Command] = []
    for command in commands:
        if command.name == "footnotemark":
            open_marks.append(command)
            command.replacement = text[command.start : command.end]
        elif command.name == "footnotetext":
            same = [m for m in open_marks if m.number == command.number] or open_marks
            if same:
                open_marks.remove(same[0])
                same[0].replacement = _footnote(command)
            else:
                command.replacement = _footnote(command)
        else:
            command.replacement = "\\footnote" if command.name == "endnote" else "\\ref"
    out: list[str] = []
    last = 0
    for command in commands:
        out += [text[last : command.start], command.replacement]
        last = command.end
    return "".join([*out, text[last:]])


def with_latex_notes(document: n.Document) -> n.Document:
    r"""Give the notes of the title their marks, and turn each `\ref` to the label of a note into a reference to it."""
    owners = {
        node.id: key
        for key, note in document.notes.items()
        for node in nodes_in(note.blocks)
        if isinstance(node, n.TextSpan) and node.id
    }

    def referring(inline: n.Inline) -> n.Inline:
        if not isinstance(inline, n.CrossReference) or inline.target not in owners:
            return inline
        return n.NoteCrossReference(owners[inline.target], plain_text(inline.inlines))

    document = change_document(document, referring)
    calls = [node.note for node in nodes_in(document.title) if isinstance(node, n.NoteRef)]
    if not calls:
        return document
    marked = {
        key: replace(document.notes[key], series=MARKED, source_label=mark)
        for key, mark in zip(calls, TITLE_MARKS, strict=False)
    }
    policy = document.note_policy
    policy = replace(policy, series={**policy.series, MARKED: Series(source_labels="keep")})
    return replace(document, notes={**document.notes, **marked}, note_policy=policy)


def _footnote(command: _Command) -> str:
    return f"\\footnote{{{rewrite_notes(command.content)}}}"


def _commands(text: str) -> Iterator[_Command]:
    at = 0
    while match := _TOKEN.search(text, at):
        at = match.end()
        name = match["name"]
        if name is None:
            continue
        command = _Command(name, match.start(), at, match["number"] or "")
        if name == "footnotetext":
            end = _end_of_group(text, at)
            if end < 0:
                continue
            command.content = text[text.index("{", at) + 1 : end - 1]
            command.end = end
        elif name == "footnotemark":
            command.end += 2 * text.startswith("{}", at)
        elif name == "endnote":
            command.end = match.start() + len("\\endnote")
        at = command.end
        yield command


def _end_of_group(text: str, at: int) -> int:
    """Return the position after the group in braces that begins at a position; -1 if there is no complete group."""
    depth = 0
    for token in re.compile(r"\\.|[{}]|%[^\n]*|\S", re.DOTALL).finditer(text, at):
        depth += (token[0] == "{") - (token[0] == "}")
        if depth == 0:
            return token.end() if token[0] == "}" else -1
    return -1
