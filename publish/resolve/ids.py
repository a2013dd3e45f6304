"""Assign a unique id to every section, table and figure."""

from __future__ import annotations

import re
import unicodedata

from msgspec.structs import replace

from publish.diagnostics.codes import make
from publish.model import nodes as n
from publish.model.text import plain_text
from publish.model.walk import change_document, document_nodes, keep, nodes_in
from publish.resolve.state import State

RESERVED = re.compile(r"(fn|fnref|pg)\d+(-\d+)?")
"""Reserved for the anchors of notes, calls and page marks."""

_SAFE = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")


def slug(text: str) -> str:
    """Return an id for a heading: ASCII letters, digits and hyphens, starting with a letter.

    Some reading systems use ids as CSS selectors, so an id must not contain other characters.
    """
    ascii_text = (
        unicodedata.normalize("NFKD", text.replace("ß", "ss")).encode("ascii", "ignore").decode().lower()
    )
    words = re.sub(r"[^a-z0-9]+", "-", ascii_text).strip("-")[:60].strip("-")
    return words if words[:1].isalpha() else f"s-{words}".rstrip("-")


class _Ids:
    """Generator of unique ids."""

    def __init__(self, taken: set[str]) -> None:
        self.taken = taken
        self.last: dict[str, int] = {}
        """The last number that was added to each name."""

    def free(self, wanted: str) -> str:
        wanted = f"s-{wanted}" if RESERVED.fullmatch(wanted) else wanted
        name, count = wanted, self.last.get(wanted, 1)
        while name in self.taken:
            count += 1
            name = f"{wanted}-{count}"
        self.last[wanted] = count
        self.taken.add(name)
        return name


def give_ids(state: State) -> State:
    """Keep the ids of the source, replace duplicate and unsafe ids, and add missing ids."""
    document = state.document
    found: set[str] = set()
    inlines_have_ids = False
    diagnostics = list(state.diagnostics)
    for node in document_nodes(document):
        if node.id and not isinstance(node, n.NoteRef) and node.id in found:
            message = f"Duplicate id '{node.id}'; this one gets a new id"
            diagnostics.append(make("PUB-X002", message, span=node.span, source=document.source))
        elif node.id:
            found.add(node.id)
        inlines_have_ids = inlines_have_ids or bool(node.id and isinstance(node, n.Inline))
    # Ids of the source take precedence: a generated id must not equal the id of a later node in the source.
    free = _Ids({name for name in found if _SAFE.fullmatch(name) and not RESERVED.fullmatch(name)})
    given: set[str] = set()
    renamed: dict[str, str] = {}

    def settle(node: n.Block | n.Inline) -> str:
        if not node.id and not _is_target(node):
            return ""
        name = node.id or free.free(_wanted(node))
        if name in given or RESERVED.fullmatch(name) or not _SAFE.fullmatch(name):
            name = free.free(name if _SAFE.fullmatch(name) else slug(name))
            renamed.setdefault(node.id, name)
        given.add(name)
        return name

    def inline(node: n.Inline) -> n.Inline:
        if isinstance(node, n.NoteRef):
            return node
        if isinstance(node, n.PageMark) and RESERVED.fullmatch(node.id):
            given.add(node.id)  # a page mark of an earlier layout keeps its id
            return node
        name = settle(node)
        return node if name == node.id else replace(node, id=name)

    def block(node: n.Block) -> n.Block:
        name = settle(node)
        return node if name == node.id else replace(node, id=name)

    def follow(node: n.Inline) -> n.Inline:
        if isinstance(node, n.CrossReference) and node.target in renamed and node.target not in given:
            return replace(node, target=renamed[node.target])
        return node

    notes = (node for note in document.notes.values() for node in nodes_in(note.blocks))
    inlines_have_ids = inlines_have_ids or any(node.id and isinstance(node, n.Inline) for node in notes)
    document = change_document(document, inline if inlines_have_ids else keep, block)
    if renamed:
        document = change_document(document, follow)
    return replace(state, document=document, ids=frozenset(given), diagnostics=tuple(diagnostics))


def _is_target(node: n.Block | n.Inline) -> bool:
    match node:
        case n.Section():
            return bool(node.title)
        case n.Table() | n.Figure():
            return True
        case _:
            return False


def _wanted(node: n.Block | n.Inline) -> str:
    match node:
        case n.Section():
            return slug(plain_text(node.title)) or "section"
        case n.Table():
            return "table"
        case _:
            return "figure"
