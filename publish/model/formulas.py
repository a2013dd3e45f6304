"""Forms of a formula, and the split of a paragraph at formulas on separate lines."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from msgspec import Struct

from publish.model import nodes as n


class Formula(Struct, frozen=True, gc=False):
    """A formula in the forms that writers need. All forms come from the same TeX and have the same content."""

    mathml: str
    """A `math` element of MathML 3, with its TeX as an annotation."""
    omml: str
    """OMML of Word (ECMA-376-1, 22.1): `m:oMath`, or `m:oMathPara` for a display formula."""
    linear: str
    """One line of text without spaces, such as `{a}/{b}`: the same for all forms (`publish.formulas.linear`)."""


def pieces(
    inlines: tuple[n.Inline, ...], is_alone: Callable[[n.Inline], bool]
) -> Iterator[tuple[bool, tuple[n.Inline, ...]]]:
    """Split inlines before and after each formula on a separate line.

    Args:
        inlines: The inlines of a paragraph.
        is_alone: Returns whether an inline is on a separate line (`NumberedDocument.is_alone`).

    Yields:
        Whether the piece is a formula on a separate line, and the piece. Note calls directly after the formula and page
        marks around it stay in the same piece.
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
