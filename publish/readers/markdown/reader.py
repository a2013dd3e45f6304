"""The Markdown reader: converts bytes to a `Document`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from markdown_it.token import Token
from msgspec.structs import replace

from publish.diagnostics import Diagnostic, PublishError, Span
from publish.diagnostics.codes import make
from publish.model import nodes as n
from publish.model.account import AccountEntry
from publish.model.language import as_tag, is_language
from publish.model.metadata import Metadata
from publish.model.outline import nest
from publish.model.policy import NotePolicy
from publish.model.text import finish, plain_text
from publish.model.walk import change_blocks, document_nodes, keep
from publish.readers.base import ReadResult, Source
from publish.readers.extracted import lift_notes
from publish.readers.images import ImageLoader
from publish.readers.markdown.blocks import BlockReader, captioned
from publish.readers.markdown.cells import settled
from publish.readers.markdown.dialects import foreign_syntax, with_plain_labels
from publish.readers.markdown.front_matter import FrontMatter, read_front_matter
from publish.readers.markdown.inlines import InlineReader, Scope
from publish.readers.markdown.markers import Chain, as_digits, chains
from publish.readers.markdown.parser import MAX_DEPTH, parser
from publish.readers.markdown.positions import Lines
from publish.readers.markdown.texts import free_key, read_text
from publish.readers.text import decode

_UNCLOSED = re.compile(r"---[ \t]*\n[A-Za-z_-]+[ \t]*:")


def read(source: Source) -> ReadResult:
    """Read Markdown.

    Raises:
        PublishError: if the file is empty or not UTF-8, or if its front matter is invalid.
    """
    text, found = decode(source)
    text, odd = with_plain_labels(text, source.name)
    found += odd
    tokens, env, markers = _parse(text, source.name)
    matter = _front_matter(tokens, text, source.name)
    found += matter.diagnostics
    if tokens and tokens[0].type == "front_matter":
        found += _misplaced(tokens[0].content, env, source.name)

    images = ImageLoader(source.folder, source.name)
    inline_notes: dict[int, str] = {}
    scope = Scope(source.name, images, found, inline_notes)
    written = env.get("footnotes", {}).get("list", {})
    taken = {str(t.meta["label"]) for t in tokens if t.type == "footnote_reference_open"}
    inline_notes.update({k: free_key(f"inline-{k + 1}", taken) for k, v in written.items() if "tokens" in v})

    reader = BlockReader(scope, tokens, Lines(text), markers)
    flat = reader.read()
    notes = dict(reader.notes)
    for number, key in inline_notes.items():
        inlines = finish(InlineReader(scope, None).read(written[number]["tokens"]))
        notes[key] = n.Note((n.Paragraph(inlines),))

    lifted = lift_notes(flat, notes, source.name)
    blocks = captioned(nest(lifted.blocks, source.name, found))
    blocks = change_blocks(blocks, keep, _finish)
    notes = {k: replace(v, blocks=change_blocks(v.blocks, keep, _finish)) for k, v in lifted.notes.items()}
    notes = {k: _in_series(k, v, matter.note_policy) for k, v in notes.items()}
    title: tuple[n.Inline, ...] = ()
    if matter.metadata.title:
        title = read_text(matter.metadata.title, scope, notes, "title")
        matter.metadata = replace(matter.metadata, title=plain_text(title))
    document = n.Document(
        metadata=matter.metadata,
        blocks=blocks,
        title=title,
        notes=notes,
        note_policy=matter.note_policy,
        structure=matter.structure,
        resources=images.loaded,
        settings=matter.settings,
        source=source.name,
    )
    found += _unheard(document, tokens)
    titles = (x for x in document_nodes(document) if isinstance(x, n.Image) and x.title)
    scope.account += (AccountEntry("PUB-R022", image.title, span=image.span) for image in titles)
    found += foreign_syntax(tokens, source.name)
    return ReadResult(document, (*found, *lifted.diagnostics, *images.diagnostics), tuple(scope.account))


def _unheard(document: n.Document, tokens: list[Token]) -> Iterator[Diagnostic]:
    """Report what no format can show: captions of images that are not alone in a paragraph, and invalid language tags."""
    has_images = any(token.type == "image" for parent in tokens for token in parent.children or ())
    for node in document_nodes(document) if has_images else ():
        if isinstance(node, n.Image) and node.title:
            message = f"Caption '{node.title}' is left out: its image is not alone in its paragraph"
            yield make("PUB-R022", message, span=node.span, source=document.source)
    for token in tokens:
        for given in (token, *(token.children or ())):
            language = as_tag(str(given.attrGet("lang") or "")) if given.attrs else ""
            if language and not is_language(language):
                span = Span(token.map[0] + 1) if token.map else None
                message = f"Invalid language tag: '{language}' (examples: nl, fr-BE)"
                yield make("PUB-R022", message, span=span, source=document.source)


def _parse(text: str, source: str) -> tuple[list[Token], dict[str, Any], Chain]:
    """Return the tokens, the environment of the parser and the list markers that CommonMark does not support."""
    found = chains(text)
    while True:
        env: dict[str, Any] = {}
        tokens = _tokens(as_digits(text, found), env, source)
        items = {token.map[0] for token in tokens if token.type == "list_item_open" and token.map}
        # Drop chains with a line that the parser does not read as a list item, such as a line of code.
        kept = [chain for chain in found if set(chain) <= items]
        if len(kept) == len(found):
            return tokens, env, {line: marker for chain in kept for line, marker in chain.items()}
        found = kept


def _tokens(text: str, env: dict[str, Any], source: str) -> list[Token]:
    """Return the tokens of a manuscript; raise PUB-R021 if it is nested more than `MAX_DEPTH` levels deep."""
    message = f"Lists, quotations or emphasis are nested more than {MAX_DEPTH} levels deep"
    try:
        tokens = parser().parse(text, env)
    except RecursionError:
        raise PublishError(make("PUB-R021", message, source=source)) from None
    for token in tokens:
        children = token.children or ()
        inner = max(child.level for child in children) if len(children) > MAX_DEPTH else 0
        # A list has two levels of tokens: one for the list and one for the item.
        if token.level > 2 * MAX_DEPTH or inner > MAX_DEPTH:
            span = Span(token.map[0] + 1) if token.map else None
            raise PublishError(make("PUB-R021", message, span=span, source=source))
    return tokens


def _front_matter(tokens: list[Token], text: str, source: str) -> FrontMatter:
    first = tokens[0] if tokens else None
    if first is not None and first.type == "front_matter":
        return read_front_matter(first.content, source)
    if _UNCLOSED.match(text):
        hint = "End it with a line that contains only `---`"
        message = "Front matter begins here but is not closed"
        raise PublishError(make("PUB-R005", message, span=Span(1), source=source, hint=hint))
    return FrontMatter(Metadata(), NotePolicy(), {}, [])


def _misplaced(matter: str, env: dict[str, Any], source: str) -> Iterator[Diagnostic]:
    """Report calls in the front matter outside the title; only the title can contain calls."""
    known = env.get("footnotes", {}).get("refs", {})
    for number, line in enumerate(matter.split("\n"), start=2):
        for call in re.finditer(r"\[\^([^\]\s]+)\]", line):
            if f":{call[1]}" in known and not line.startswith("title:"):
                span = Span(number, call.start() + 1, number, call.end() + 1)
                message = f"Note '{call[1]}' is called in the front matter; only the title can have notes"
                yield make("PUB-N005", message, span=span, source=source)


def _in_series(key: str, note: n.Note, policy: NotePolicy) -> n.Note:
    """Assign a note to the series that its key names, such as `end` in `end:3`."""
    name, colon, rest = key.partition(":")
    if not colon or not policy.knows(name):
        return note
    return replace(note, series=name, source_label=rest if rest.isdecimal() else "")


def _finish(block: n.Block) -> n.Block:
    if isinstance(block, n.Table):
        return settled(block)
    return replace(block, inlines=finish(block.inlines)) if isinstance(block, n.Paragraph) else block
