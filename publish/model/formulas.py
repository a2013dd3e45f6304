"""Formulas: what is known of one that can be set, and which inlines of a paragraph stand on lines of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from msgspec import Struct

from publish.model import nodes as n


class Formula(Struct, frozen=True, gc=False):
    """A formula in the forms that formats print. Each is made of the same TeX, and says the same."""

    mathml: str
    """A `math` element of MathML 3, with its TeX as an annotation."""
    omml: str
    """Word's form (ECMA-376-1, 22.1): an `m:oMath`, or for a formula on its own line an `m:oMathPara`."""
    linear: str
    """One line of text without spaces, such as `{a}/{b}`: the same for all forms (`publish.formulas.linear`)."""


def pieces(
    inlines: tuple[n.Inline, ...], is_alone: Callable[[n.Inline], bool]
) -> Iterator[tuple[bool, tuple[n.Inline, ...]]]:
    """Inlines in order, cut where a line of its own begins or ends.

    Args:
        inlines: The inlines of a paragraph.
        is_alone: Whether an inline stands on a line of its own (`NumberedDocument.is_alone`).

    Yields:
        Whether the piece is a formula on its own line, and the piece. Note calls right after such a formula stay on its
        line, and so do page marks around it.
    """
    if not any(map(is_alone, inlines)):
        yield False, inlines
        return
    text: list[n.Inline] = []
    line: list[n.Inline] = []
    for inline in inlines:
        if line and isinstance(inline, n.NoteRef | n.PageMark):
            line.append(inline)
            continue
        if line:
            yield True, tuple(line)
            line = []
        if is_alone(inline):
            if all(_is_nothing(x) for x in text):
                line = [x for x in text if isinstance(x, n.PageMark)]
            else:
                yield False, tuple(text)
            line.append(inline)
            text = []
        else:
            text.append(inline)
    if line:
        yield True, tuple(line)
    if not all(_is_nothing(x) for x in text):
        yield False, tuple(text)


def _is_nothing(inline: n.Inline) -> bool:
    return isinstance(inline, n.PageMark) or (isinstance(inline, n.Text) and not inline.text.strip())
