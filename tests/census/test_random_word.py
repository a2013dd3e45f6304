"""Random Word files: what the file was made to show, the census, the document and the outputs agree.

The test writes each file from a plan, so that it knows what Word shows: a third witness next to census and reader.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from hypothesis import given, settings
from hypothesis import strategies as st

from publish.census.words import words
from publish.engine.job import run_in_memory
from publish.request import Request
from tests.census.support import census_of, proved
from tests.word import NUMBERING, call, note, p, package, r

SECTIONS = {
    "": str,
    "lowerLetter": lambda k: chr(96 + k),
    "upperRoman": lambda k: ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X"][k],
}
"""Formats of note labels, with the label of each number."""


@dataclass
class Plan:
    """A file that is being written, and what it shows."""

    words: list[str] = field(default_factory=list)
    """Words that Word shows, in the text and in notes."""
    notes: list[tuple[str, str]] = field(default_factory=list)
    """Label and text of each note that is shown."""
    unseen: list[str] = field(default_factory=list)
    footnotes: list[str] = field(default_factory=list)
    count: int = 0
    shown_in_section: int = 0
    pending: list[tuple[int, str]] = field(default_factory=list)
    """Number in its section and text of the notes whose section has not ended."""

    def word(self, *, visible: bool = True) -> str:
        self.count += 1
        text = f"woord{self.count}x"
        (self.words if visible else self.unseen).append(text)
        return text

    def note(self, *, visible: bool = True) -> str:
        """Return a call of a new note."""
        number = len(self.footnotes) + 1
        text = self.word(visible=visible)
        self.footnotes.append(note(number, text))
        if visible:
            self.shown_in_section += 1
            self.pending.append((self.shown_in_section, text))
        return call(number)

    def end_section(self, form: str, *, last: bool = False) -> str:
        """Label the notes of the section, and return its properties; each section restarts its numbers."""
        self.notes += ((SECTIONS[form](number), text) for number, text in self.pending)
        self.pending, self.shown_in_section = [], 0
        shape = f'<w:numFmt w:val="{form}"/>' if form else ""
        inside = f'<w:sectPr><w:footnotePr>{shape}<w:numRestart w:val="eachSect"/></w:footnotePr></w:sectPr>'
        return inside if last else p("", properties=inside)


RUNS = st.sampled_from(
    ["plain", "plain", "hidden", "inserted", "deleted", "moved away", "bold", "note", "hidden note", "field"]
)


def run(plan: Plan, kind: str) -> str:
    """Return the XML of a run."""
    if kind == "hidden":
        return r(plan.word(visible=False), "<w:vanish/>")
    if kind == "inserted":
        return f'<w:ins w:id="1">{r(plan.word())}</w:ins>'
    if kind in {"deleted", "moved away"}:
        tag = "del" if kind == "deleted" else "moveFrom"
        return f'<w:{tag} w:id="1">{r(plan.word(visible=False))}</w:{tag}>'
    if kind == "note" and plan.shown_in_section < 9:
        return plan.note()
    if kind == "hidden note":
        return plan.note(visible=False).replace("<w:rPr>", "<w:rPr><w:vanish/>")
    if kind == "field":
        code = f"<w:r><w:instrText> DOCPROPERTY {plan.word(visible=False)} </w:instrText></w:r>"
        begin, separate, end = (
            f'<w:r><w:fldChar w:fldCharType="{k}"/></w:r>' for k in ("begin", "separate", "end")
        )
        return begin + code + separate + r(plan.word()) + end
    return r(plan.word(), "<w:b/>" if kind == "bold" else "")


def content(plan: Plan, kinds: list[str]) -> str:
    """Return runs with spaces between them, with at least one shown word, so that the paragraph is shown."""
    return r(" ").join(run(plan, kind) for kind in ["plain", *kinds])


def paragraph(plan: Plan, kinds: list[str], properties: str = "") -> str:
    return p(content(plan, kinds), properties=properties)


BLOCKS = st.one_of(
    st.tuples(st.just("paragraph"), st.lists(RUNS, max_size=4)),
    st.tuples(st.just("heading"), st.lists(st.sampled_from(["plain", "note"]), max_size=2)),
    st.tuples(st.just("deleted end"), st.lists(RUNS, max_size=3)),
    st.tuples(
        st.just("item"),
        st.tuples(st.sampled_from([1, 2, 3, 4]), st.integers(0, 1), st.lists(RUNS, max_size=2)),
    ),
    st.tuples(st.just("table"), st.lists(st.lists(RUNS, max_size=2), min_size=2, max_size=3)),
    st.tuples(st.just("hidden row"), st.lists(RUNS, max_size=2)),
    st.tuples(st.just("control"), st.lists(RUNS, max_size=3)),
    st.tuples(st.just("box"), st.lists(st.sampled_from(["plain", "bold", "inserted"]), max_size=2)),
    st.tuples(st.just("section"), st.sampled_from(list(SECTIONS))),
)
BORDERS = '<w:tblPr><w:tblBorders><w:top w:val="single"/></w:tblBorders></w:tblPr>'


def block(plan: Plan, kind: str, data: object) -> str:
    """Return the XML of a block."""
    if kind == "section":
        return plan.end_section(str(data))
    if kind == "item":
        number, level, kinds = data  # type: ignore[misc]
        level = 0 if number == 3 else level
        numbering = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
        return paragraph(plan, kinds, numbering)
    kinds: list[str] = data  # type: ignore[assignment,no-redef]
    if kind == "table":
        cells = "".join(f"<w:tc>{paragraph(plan, cell)}</w:tc>" for cell in kinds)  # type: ignore[arg-type]
        return f"<w:tbl>{BORDERS}<w:tr>{cells}</w:tr></w:tbl>"
    if kind == "hidden row":
        row = f"<w:tr><w:trPr><w:hidden/></w:trPr><w:tc>{p(r(plan.word(visible=False)))}</w:tc></w:tr>"
        return f"<w:tbl>{BORDERS}<w:tr><w:tc>{paragraph(plan, kinds)}</w:tc></w:tr>{row}</w:tbl>"
    if kind == "heading":
        return p(content(plan, kinds), style="Kop1")
    if kind == "deleted end":
        return paragraph(plan, [*kinds, "plain"], '<w:rPr><w:del w:id="2"/></w:rPr>') + p(
            r(" "), r(plan.word())
        )
    if kind == "control":
        return f"<w:sdt><w:sdtContent>{paragraph(plan, kinds)}</w:sdtContent></w:sdt>"
    if kind == "box":
        inner = paragraph(plan, kinds)
        box = f"<w:r><w:pict><v:shape><v:textbox><w:txbxContent>{inner}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
        return p(r(plan.word()), box)
    return paragraph(plan, kinds)


@settings(max_examples=200)
@given(st.lists(BLOCKS, min_size=1, max_size=8), st.sampled_from(list(SECTIONS)))
def test_random_files_agree(blocks: list[tuple[str, object]], form: str) -> None:
    plan = Plan()
    body = "".join(block(plan, kind, data) for kind, data in blocks)
    body += p(r(plan.word())) + plan.end_section(form, last=True)
    data = package(body, numbering=NUMBERING, footnotes="".join(plan.footnotes))

    census = census_of(data, "x.docx")
    seen = [word for passage in census.passages for word in words(passage.text)]
    seen += [word for one in census.notes for word in words(one.text)]
    assert sorted(seen) == sorted(plan.words)
    assert [(one.label, one.text.strip()) for one in census.notes] == plan.notes
    hidden = {word for one in census.unseen for word in words(one.text)}
    assert set(plan.unseen) <= hidden

    assert proved(data, "x.docx")[1] == []


@settings(max_examples=15)
@given(st.lists(BLOCKS, min_size=1, max_size=6))
def test_random_files_agree_in_every_format(blocks: list[tuple[str, object]]) -> None:
    plan = Plan()
    body = "".join(block(plan, kind, data) for kind, data in blocks)
    body += p(r(plan.word())) + plan.end_section("", last=True)
    data = package(body, numbering=NUMBERING, footnotes="".join(plan.footnotes))
    asked = Request(source="x.docx", data=data, formats=("html", "epub", "akn", "docx"))
    result = run_in_memory(asked)
    assert result.report is not None
    assert result.report.findings == ()
