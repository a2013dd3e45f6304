"""Test the notes of LaTeX: all commands for notes, references to notes, and notes of the title."""

from __future__ import annotations

import pytest

from publish.model import nodes as n
from publish.model.walk import nodes_in
from publish.readers.pandoc.latex import rewrite_notes
from tests.census.support import CASES, prepared, proved
from tests.readers.test_pandoc import notes


def test_case() -> None:
    r"""The note that `\ref` names is note 2, `\footnotetext` is a note, and `\thanks` has LaTeX's asterisk."""
    made = prepared(CASES / "latex" / "reference-to-a-note.tex")
    found = notes(made.numbered)
    assert found == [("*", "dank"), ("1", "een"), ("2", "twee"), ("3", "drie, verloren")]
    references = [x for x in nodes_in(made.numbered.document.blocks) if isinstance(x, n.NoteCrossReference)]
    assert [x.text for x in references] == ["2"]
    assert list(made.numbered.notes)[2] == references[0].note


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (r"A\footnotemark{}.\footnotetext{b}", r"A\footnote{b}."),
        (r"A\footnotemark[3] B\footnotemark[4]\footnotetext[4]{d}\footnotetext[3]{c}", r"A\footnote{c} B\footnote{d}"),
        (r"A\footnotemark\ B\footnotemark.\footnotetext{a}\footnotetext{b}", r"A\footnote{a}\ B\footnote{b}."),
        (r"A\endnote{b \footref{x}}", r"A\footnote{b \ref{x}}"),
        (r"A\footnotemark.\footnotetext{b {\em c\}} % }" + "\n d}", r"A\footnote{b {\em c\}} % }" + "\n d}."),
        (r"A\footnotetext{b}", r"A\footnote{b}"),
        (r"\verb|\footnotetext{a}| % \footnotetext{b}", r"\verb|\footnotetext{a}| % \footnotetext{b}"),
        (r"A\footnotemark", r"A\footnotemark"),
        (r"A\footnotetext{b", r"A\footnotetext{b"),
        (r"\footnotemarker{a} \endnotes", r"\footnotemarker{a} \endnotes"),
    ],
)  # fmt: skip
def test_rewritten_notes(source: str, expected: str) -> None:
    assert rewrite_notes(source) == expected


def test_notes_agree_with_the_census() -> None:
    source = (
        r"\begin{document}Een\footnotemark, twee\footnote{t}\footnotetext{een}. Slot\endnote{e\label{e}}, "
        r"zie~\ref{e}.\end{document}"
    )
    _, findings = proved(source.encode(), "a.tex")
    assert findings == []
    assert notes(prepared(source.encode(), "a.tex").numbered) == [("1", "een"), ("2", "t"), ("3", "e")]
