"""Division of a document into the files of an EPUB, and the file of each anchor."""

from __future__ import annotations

from msgspec import Struct

from publish.model import nodes as n
from publish.model.roles import ANSWER, QUESTION
from publish.model.text import outline_text
from publish.model.walk import inlines_in, nodes_in
from publish.resolve.numbered import NumberedDocument


class Chapter(Struct, frozen=True):
    """A content document."""

    name: str
    title: str
    blocks: tuple[n.Block, ...]
    first: bool
    """Whether it contains the title and front matter."""


def cut(numbered: NumberedDocument) -> list[Chapter]:
    """Split the document into one file for each top-level section, if there are several that are not questions or answers."""
    blocks = numbered.document.blocks
    titled = [b for b in blocks if isinstance(b, n.Section) and b.title and b.role not in {QUESTION, ANSWER}]
    if len(titled) < 2:
        return [Chapter("text.xhtml", numbered.title, blocks, first=True)]
    groups: list[list[n.Block]] = [[]]
    for block in blocks:
        if isinstance(block, n.Section) and block.title and groups[-1]:
            groups.append([])
        groups[-1].append(block)
    out: list[Chapter] = []
    for number, group in enumerate(groups, start=1):
        head = group[0] if group else None
        title = outline_text(head.title) if isinstance(head, n.Section) and head.title else numbered.title
        out.append(Chapter(f"chapter-{number:03}.xhtml", title, tuple(group), first=number == 1))
    return out


def places(numbered: NumberedDocument, chapters: list[Chapter]) -> dict[str, str]:
    """Return the file of each anchor: a footnote is in the file of its first call, an endnote in the last file."""
    found: dict[str, str] = {}
    for chapter in chapters:
        front = numbered.document.front if chapter.first else ()
        title = numbered.document.title if chapter.first else ()
        for node in (*inlines_in(title), *nodes_in(front), *nodes_in(chapter.blocks)):
            if node.id:
                found[node.id] = chapter.name
    for note in numbered.notes.values():
        # This table lists a note within a note after its parent, so the position of its call is already known.
        found[note.anchor] = chapters[-1].name if note.kind == "end" else found[note.calls[0]]
        for node in nodes_in(note.blocks):
            if node.id:
                found[node.id] = found[note.anchor]
    return found
