"""Replace the covering letter above the answers with the front of the paper."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from publish.diagnostics import Diagnostic
from publish.diagnostics.codes import make
from publish.model import nodes as n
from publish.model.account import AccountEntry
from publish.model.metadata import Metadata
from publish.model.outline import Flat, Heading
from publish.model.text import plain_text
from publish.model.walk import nodes_in
from publish.profiles.kamervragen import paper
from publish.profiles.kamervragen.letterhead import recognised
from publish.profiles.kamervragen.lines import lines_in
from publish.profiles.kamervragen.opening import answers_line, questions_line


class Front(Struct, frozen=True):
    """What is printed above the first question."""

    blocks: tuple[Flat, ...]
    is_letter: bool = True
    """Whether the blocks are the letter as it is, and not the front of the paper."""
    diagnostics: tuple[Diagnostic, ...] = ()
    account: tuple[AccountEntry, ...] = ()


def without_letter(flat: Sequence[Flat], metadata: Metadata, source: str) -> Front:
    """Return the front of the paper: title, number, opening lines, and the text above the questions that is no letter.

    Args:
        flat: The blocks above the first question.
        metadata: The data of the letter.
        source: Name of the manuscript.
    """
    lines = [lines_in(block) for block in flat]
    plain = [line for own in lines for line in own]
    known = recognised(plain)
    opening: dict[str, n.Paragraph] = {}
    kept: list[Flat] = []
    account: list[AccountEntry] = []
    position = 0
    for block, own in zip(flat, lines, strict=True):
        numbers = range(position, position + len(own))
        position += len(own)
        line = _opening_line(block)
        if line and line not in opening and isinstance(block, n.Paragraph):
            opening[line] = block
        elif all(k in known for k in numbers):
            account += _left_out(block, own)
        else:
            kept.append(block)
    added = [*paper.front(metadata)]
    composed = {"questions": paper.questions_line(metadata), "answers": paper.answers_line(metadata)}
    added += [paragraph for name, paragraph in composed.items() if name not in opening]
    # The Kamer prints names in bold and the subject in italics; a letter that has the same line often does not.
    opening = {name: composed[name] if _is_same(composed[name], p) else p for name, p in opening.items()}
    account += [AccountEntry("PUB-M015", plain_text(p.inlines), added=True) for p in added]
    words = sum(len(entry.text.split()) for entry in account if not entry.added)
    message = f"Letterhead and covering letter are left out ({words} words); the front of the paper is made from them"
    found = [
        make("PUB-M015", message, source=source, hint="to publish the letter as text, use --letter keep")
    ]
    if not metadata.number:
        hint = "give it with --set number=1558"
        found.append(
            make("PUB-M016", f"Number of the paper is unknown: {paper.NUMBER_GAP}", source=source, hint=hint)
        )
    head = [*added[:2], *(opening.get(name, composed[name]) for name in composed)]
    return Front((*head, *kept), False, tuple(found), tuple(account))


def _is_same(first: n.Paragraph, second: n.Paragraph) -> bool:
    """Return whether two paragraphs have the same words, without regard to a full stop at the end."""
    texts = (" ".join(plain_text(p.inlines).split()).rstrip(".") for p in (first, second))
    return next(texts) == next(texts) and not any(isinstance(x, n.NoteRef) for x in nodes_in((second,)))


def _opening_line(block: Flat) -> str:
    if not isinstance(block, n.Paragraph):
        return ""
    if questions_line(block) is not None:
        return "questions"
    found = answers_line(block)
    return "answers" if found is not None and found.complete else ""


def _left_out(block: Flat, lines: Sequence[str]) -> list[AccountEntry]:
    """Return the account of a block that is left out: words, images, tables and links."""
    span = getattr(block, "span", None)
    out = [AccountEntry("PUB-M015", line, span=span) for line in lines]
    for node in nodes_in(() if isinstance(block, Heading) else (block,)):
        match node:
            case n.Image():
                out.append(AccountEntry("PUB-M015", node.source, "image", span=span))
            case n.Table():
                out.append(AccountEntry("PUB-M015", "", "table", span=span))
            case n.Link():
                out.append(AccountEntry("PUB-M015", node.href, "link", span=span))
            case _:
                pass
    return out
