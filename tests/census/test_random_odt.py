"""Random OpenDocument texts: what the file was made to show, the census and the document agree.

The test writes each file from a plan, so that it knows what LibreOffice shows: a third witness next to census and reader.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from typing import NamedTuple

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from publish.census.types import BULLET
from publish.census.words import words
from publish.verify.source.content import content_of
from tests import odt
from tests.census.support import census_of, prepared, proved
from tests.odt import Level, h, item, listed, mark, p, span

SYMBOLS = "*, †, ‡, §, **, ††, ..."
FORMS = ["1", "a", "A", "i", "I", SYMBOLS]
ROMAN = (("x", 10), ("ix", 9), ("v", 5), ("iv", 4), ("i", 1))

LISTS = {
    "Mixed": (Level(), Level("a", suffix=")"), Level("i")),
    "Legal": (Level(), Level(display=2), Level(display=3, prefix="(", suffix=")")),
    "Late": (Level("I", start=3), Level("a", "(", ")", start=2), Level("", "Art. ", "")),
    "Romans": (Level("I", suffix=":"), Level("A", suffix=":"), Level("1", suffix=":")),
    "Dots": (Level(bullet="•"), Level("A", suffix=""), Level(bullet="–")),
}
"""List styles of the file."""

OUTLINES = {
    "none": (),
    "legal": (Level(suffix=""), Level(suffix="", display=2), Level(suffix="", display=3)),
    "articles": (Level("I", "Art. "), Level("a", suffix=")"), Level("", suffix="")),
    "gap": (Level("", "Deel", ""), Level(display=2), Level("i", display=3)),
}

Tree = dict[str, list[int]]
"""Counts of a list by level, in the text, in frames and in notes."""

pytestmark = pytest.mark.timeout(900)
"""The test writes and reads hundreds of files, and must not time out on a slow machine."""


def shown(form: str, number: int) -> str:
    """Return a number as LibreOffice shows it."""
    if form == SYMBOLS:
        return "*†‡§"[(number - 1) % 4] * ((number - 1) // 4 + 1)
    text = str(number)
    if form in {"a", "A"}:
        text = (chr(96 + (number - 1) // 26) if number > 26 else "") + chr(97 + (number - 1) % 26)
    elif form in {"i", "I"}:
        text = ""
        for letters, value in ROMAN:
            text, number = text + letters * (number // value), number % value
    return text.upper() if form in {"A", "I"} else text if form else ""


class Passage(NamedTuple):
    """A paragraph that is shown."""

    label: str
    words: tuple[str, ...]


@dataclass
class Series:
    """A run of note numbers."""

    form: str
    first: int = 1
    restart: str = "document"
    number: int = 0

    def next(self) -> str:
        """Return the next label; empty if the pages give the numbers."""
        self.number += 1
        return "" if self.restart == "page" else shown(self.form, self.first + self.number - 1)


class Place(NamedTuple):
    """A list that is being written."""

    style: str
    tree: Tree
    depth: int = 1


@dataclass
class Plan:
    """A file that is being written, and what LibreOffice shows of it."""

    rejects: bool
    outline: tuple[Level, ...]
    series: dict[str, list[Series]]
    words: list[str] = field(default_factory=list)
    """Words of the current paragraph."""
    passages: list[Passage] = field(default_factory=list)
    boxed: list[Passage] = field(default_factory=list)
    """Passages of the text boxes in the current paragraph."""
    notes: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)
    """Label and words of each note that is shown."""
    ids: list[tuple[str, str]] = field(default_factory=list)
    """Id and label of each numbered note that is shown."""
    references: list[str] = field(default_factory=list)
    """Labels that references to notes show."""
    unseen: list[str] = field(default_factory=list)
    tables: list[tuple[int, int]] = field(default_factory=list)
    regions: list[str] = field(default_factory=list)
    """Records of the tracked changes."""
    styles: list[str] = field(default_factory=list)
    lists: list[tuple[str, Tree]] = field(default_factory=list)
    """Style and counts of each list, by number."""
    last: tuple[str, Tree] = ("", {})
    headings: Tree = field(default_factory=dict)
    loose: dict[str, Tree] = field(default_factory=dict)
    """Counts of the numbered paragraphs, by id of their list."""
    count: int = 0
    area: str = "text"
    hidden: bool = False
    styled: bool = False
    """Whether a style hides the current text; a span inside it can show text again."""
    block_styled: bool = False
    """Whether a style hides all of the paragraph."""
    skips: bool = False
    """Whether a heading skips a level: then LibreOffice counts in another way after a heading without a number."""
    calm: bool = False
    """Whether the text contains no deletions: LibreOffice counts them in other ways in a section that can be hidden."""
    gone: bool = False
    """Whether a tracked change removes the current text."""
    waiting: list[bool] = field(default_factory=lambda: [False])
    """For each open list, whether its first paragraph restarts its numbers."""
    lost: bool = False
    """Whether LibreOffice does not even read the current text."""

    @contextmanager
    def state(self, **changes: object) -> Iterator[None]:
        """Change attributes for some time."""
        before = {name: getattr(self, name) for name in changes}
        vars(self).update(changes)
        yield
        vars(self).update(before)

    @property
    def shows(self) -> bool:
        return not (self.hidden or self.styled or self.gone or self.lost)

    def word(self) -> str:
        self.count += 1
        text = f"woord{self.count}x"
        if self.shows:
            self.words.append(text)
        elif not self.lost:
            self.unseen.append(text)
        return text

    @contextmanager
    def passage(self, label: str = "") -> Iterator[None]:
        """Collect the words of a paragraph."""
        with self.state(words=[], boxed=[]):
            yield
            if self.words:
                self.passages.append(Passage(label, tuple(self.words)))
            self.passages += self.boxed

    def concealed(self, kinds: list[str], *, conceals: bool) -> AbstractContextManager[None]:
        """Hide a paragraph by style; its text boxes are hidden if it shows nothing at all."""
        return self.state(styled=conceals, block_styled=conceals and "shown again" not in kinds)

    def paragraph(self, kinds: list[str], label: str = "", style: str = "") -> str:
        """Return a paragraph; with the style `field`, a field hides it."""
        with (
            self.passage(label),
            self.concealed(kinds, conceals=style == "HiddenPar"),
            self.state(hidden=self.hidden or style == "field"),
        ):
            inside = content(self, kinds)
        if style == "field":
            return p('<text:hidden-paragraph text:condition="ooow:TRUE" text:is-hidden="true"/>', inside)
        return p(inside, style=style)

    def changed(self, kind: str, inside: Callable[[], str]) -> str:
        """Return a tracked change: `inserted`, `deleted` with the words apart, or `struck` with the words in the text."""
        with self.state(gone=self.gone or self.rejects == (kind == "inserted")):
            made = inside()
        if kind == "deleted":
            return mark(self.region("deletion", p(made)))
        start, end = self.marks(kind)
        return start + made + end

    def region(self, kind: str, *inside: str) -> str:
        """Record a change, and return its name."""
        name = f"ct{len(self.regions)}"
        self.regions.append(odt.region(name, kind, *inside))
        return name

    def marks(self, kind: str) -> tuple[str, str]:
        """Return the marks around an insertion, or around a deletion in the text."""
        name = self.region("insertion" if kind == "inserted" else "deletion")
        return mark(name, "change-start"), mark(name, "change-end")

    # Notes

    def note(self, kind: str = "footnote", label: str = "", body: str = "short") -> str:
        """Return a note. LibreOffice drops notes in text boxes, and counts hidden notes."""
        lost = self.lost or self.area == "frames"
        number = "" if lost or self.gone or label else self.series[kind][-1].next()
        self.count += 1
        name = f"n{self.count}"
        visible = self.shows and not lost
        with self.state(
            lost=lost, hidden=not visible, styled=False, words=[], passages=[], boxed=[], area="notes"
        ):
            blocks = NOTES[body if visible else "short"](self)
            text = tuple(w for one in self.passages for w in (*words(one.label), *one.words))
        if visible:
            self.notes.append((label or number, text))
            if number or label:
                self.ids.append((name, label or number))
        return odt.note(name, *blocks, kind=kind, label=label)

    # Lists and headings

    def counted(self, place: Place, start: int | None = None, style: str = "") -> str:
        """Count an item, and return its label."""
        path, levels = place.tree.setdefault(self.area, []), LISTS[style or place.style]
        if self.enters() and start is None:
            start = levels[place.depth - 1].start
        return label_of(levels, path, place.depth, start)

    def enters(self) -> bool:
        """Return whether a paragraph is the first of a second list in an item, which LibreOffice restarts."""
        restarts = self.waiting[-1]
        self.waiting[:] = [False] * len(self.waiting)
        return restarts

    def root(self, style: str, mode: int) -> tuple[Place, str]:
        """Begin a list; mode 0 begins at 1, 1 continues the last list, n continues list n - 2 by its name."""
        tree: Tree = {}
        how = ""
        if mode == 1:
            how = 'text:continue-numbering="true"'
            tree = self.last[1] if self.last[0] == style else tree
        elif mode > 1 and self.lists:
            number = (mode - 2) % len(self.lists)
            how, tree = f'text:continue-list="list{number}"', self.lists[number][1]
        self.last = style, tree
        self.lists.append(self.last)
        return Place(style, tree), how

    def chapter(self) -> None:
        """Begin a chapter of the text; a section keeps its own numbers, and a heading in a text box begins none."""
        series = self.series["footnote"][0]
        if series.restart == "chapter" and self.area == "text":
            series.number = 0


def label_of(levels: tuple[Level, ...], path: list[int], depth: int, start: int | None = None) -> str:
    """Count an item, and return its label."""
    path += [level.start for level in levels[len(path) : depth - 1]]
    number = path[depth - 1] + 1 if len(path) >= depth else levels[depth - 1].start
    path[depth - 1 :] = [number if start is None else start]
    level = levels[depth - 1]
    if level.bullet:
        return BULLET
    first = max(depth - level.display, 0)
    numbers = (shown(levels[k].form, path[k]) for k in range(first, depth))
    return (level.prefix + ".".join(filter(None, numbers)) + level.suffix).strip()


# Content of paragraphs

NOTES: dict[str, Callable[[Plan], list[str]]] = {
    "short": lambda plan: [plan.paragraph([])],
    "long": lambda plan: [plan.paragraph(["deleted", "hidden"]), plan.paragraph(["inserted"])],
    "list": lambda plan: [plan.paragraph([]), a_list(plan, "Mixed", 0, [("plain", [], []), ("two", [], [])])],
    "list first": lambda plan: [note_list(plan)],
}
"""Bodies of notes."""

HOSTS = ["inserted", "deleted", "struck"]
INLINES = st.sampled_from(
    [
        "plain", "bold", "nested", "hidden", "shown again", *HOSTS, "note", "long note", "list note", "list first note",
        "endnote", "own label", "hidden note", "inserted note", "deleted note", "struck note", "reference", "raised",
        "comment", "bookmark", "conditional", "hidden text", "box", "char box", "list box", "heading box",
        "hidden box", "floating hidden box",
    ]
)  # fmt: skip
RUNS = st.lists(INLINES, max_size=4)
FEW = st.lists(INLINES, max_size=1)


def content(plan: Plan, kinds: list[str]) -> str:
    """Return text with spaces in it; a plain word comes first."""
    if "list box" in kinds:  # publish reads a box after its paragraph, but LibreOffice in its place
        kinds = [kind for kind in kinds if kind not in {"list note", "list first note"}]
    return " ".join(run(plan, kind) for kind in ["plain", *kinds])


def run(plan: Plan, kind: str) -> str:
    """Return a piece of text."""
    first, _, rest = kind.partition(" ")
    if plan.calm and first in {"deleted", "struck"}:
        return plan.word()
    if first in HOSTS:
        return plan.changed(first, plan.note if rest else plan.word)
    if kind == "hidden note":
        return hidden(plan, plan.note)
    if rest == "note":
        return plan.note(body=first)
    if rest == "first note":
        return plan.note(body="list first")
    if rest.endswith("box") or first == "box":
        return boxed(plan, kind)
    return KINDS[kind](plan)


def hidden(plan: Plan, inside: Callable[[], str]) -> str:
    with plan.state(styled=True):
        return span("Hidden", inside())


def shown_again(plan: Plan) -> str:
    """Return hidden text with a shown part."""
    with plan.state(styled=True):
        before = plan.word()
        with plan.state(styled=False):
            inner = span("Shown", plan.word())
    return span("Hidden", before, " ", inner)


def conditional(plan: Plan) -> str:
    with plan.state(lost=True):
        other = plan.word()
    values = f'text:string-value-if-true="{plan.word()}" text:string-value-if-false="{other}"'
    return f'<text:conditional-text text:condition="ooow:TRUE" {values}>{other}</text:conditional-text>'


def hidden_text(plan: Plan) -> str:
    """Return a field that hides a word, and one that does not; LibreOffice ignores the stored state."""
    with plan.state(hidden=True):
        first = plan.word()
    fields = (("TRUE", first, "false"), ("FALSE", plan.word(), "true"))
    return " ".join(
        f'<text:hidden-text text:condition="ooow:{c}" text:string-value="{w}" text:is-hidden="{s}"/>'
        for c, w, s in fields
    )


def bookmark(plan: Plan) -> str:
    word = plan.word()
    plan.words += [word] * plan.shows
    name = f"b{plan.count}"
    return f"{odt.bookmark(name, word)} {odt.bookmark_reference(name, word)}"


def reference(plan: Plan, *, raised: bool = False) -> str:
    """Return a reference to the last note that is shown."""
    if not plan.ids or plan.area == "frames":
        return plan.word()
    name, label = plan.ids[-1]
    if raised:
        return span("Raised", odt.note_reference(name))
    if plan.shows:
        plan.references.append(label)
    return odt.note_reference(name)


def comment(plan: Plan) -> str:
    with plan.state(hidden=True):
        return odt.annotation(plan.word())


KINDS: dict[str, Callable[[Plan], str]] = {
    "plain": Plan.word,
    "note": Plan.note,
    "bold": lambda plan: span("Bold", plan.word()),
    "nested": lambda plan: span("Bold", plan.word(), " ", span("Italic", plan.word())),
    "hidden": lambda plan: hidden(plan, plan.word),
    "shown again": shown_again,
    "endnote": lambda plan: plan.note("endnote"),
    "own label": lambda plan: plan.note(label="x)"),
    "reference": reference,
    "raised": lambda plan: reference(plan, raised=True),
    "comment": comment,
    "bookmark": bookmark,
    "conditional": conditional,
    "hidden text": hidden_text,
}


def boxed(plan: Plan, kind: str) -> str:
    """Return a text box. Hidden text hides a box only in the line; a hidden paragraph hides every box."""
    anchor = {"char box": "char", "hidden box": "as-char", "box": "as-char"}.get(kind, "paragraph")
    conceals = "hidden" in kind
    styled = plan.styled or conceals if anchor == "as-char" else plan.block_styled
    with plan.state(
        hidden=plan.hidden or styled,
        styled=False,
        block_styled=False,
        passages=[],
        area="frames",
    ):
        inside = [plan.paragraph(["hidden", "inserted"])]
        if kind == "list box":
            inside.append(a_list(plan, "Mixed", 1, [("plain", [], []), ("plain", [], [])]))
        if kind == "heading box":
            inside.append(heading(plan, 1, "plain", []))
        found = plan.passages
    plan.boxed += found
    made = odt.box(*inside, anchor=anchor)
    return span("Hidden", made) if conceals else made


# Lists and headings

Item = tuple[str, list[str], list[tuple[str, list["Item"]]]]
"""Kind, content and inner lists of an item."""

ITEMS = [
    "plain",
    "plain",
    "start",
    "override",
    "two",
    "sandwich",
    "heading",
    "empty",
    "hidden",
    "header",
    "nested",
    "late",
]
ITEM: st.SearchStrategy[Item] = st.recursive(
    st.tuples(st.sampled_from(ITEMS), FEW, st.just([])),
    lambda inner: st.tuples(
        st.sampled_from(ITEMS),
        FEW,
        st.lists(
            st.tuples(
                st.sampled_from(["", "", "same", "other", "continue"]),
                st.lists(inner, min_size=1, max_size=2),
            ),
            min_size=1,
            max_size=2,
        ),
    ),
    max_leaves=5,
)  # type: ignore[assignment]


def a_list(plan: Plan, style: str, mode: int, data: list[Item]) -> str:
    place, how = plan.root(style, mode)
    name = f"list{len(plan.lists) - 1}"
    with plan.state(waiting=[False]):
        inside = [an_item(plan, place, *one) for one in data]
    return listed(*inside, style=style, name=name, properties=how)


def note_list(plan: Plan) -> str:
    """Return a list at the beginning of a note: the label of the note replaces that of its first item."""
    place, how = plan.root("Mixed", 1)
    with plan.state(waiting=[False]):
        plan.counted(place)
        first, second = plan.paragraph([]), plan.paragraph([], plan.counted(place))
    return listed(item(first), item(second), style="Mixed", properties=how, name=f"list{len(plan.lists) - 1}")


def an_item(
    plan: Plan, place: Place, kind: str, kinds: list[str], inner: list[tuple[str, list[Item]]]
) -> str:
    """Return an item; only its first paragraph has a label, and only if no list comes before it."""
    inner = inner if place.depth < 3 else []
    late = kind == "late" and bool(inner)
    if kind == "override" and place.style == "Late":
        kind = "plain"
    if kind == "nested" and not inner and plan.waiting[-1]:
        kind = "plain"  # a list without a paragraph moves its restart to the next item outside
    label = ""
    if kind == "header":
        plan.enters()
    elif kind != "nested" and not late:
        label = plan.counted(place, 7 if kind == "start" else None, "Romans" if kind == "override" else "")
    parts = [paragraph_of(plan, kind, kinds, label)] if kind != "nested" and not late else []
    if kind in {"two", "hidden"}:
        parts.append(plan.paragraph(kinds))
    parts += [an_inner(plan, place, *one, again=k > 0) for k, one in enumerate(inner)]
    if kind == "sandwich" or late:
        parts.append(plan.paragraph(kinds))
    if kind == "header":
        return odt.header(*parts)
    more = {"start": 'text:start-value="7"', "override": 'text:style-override="Romans"'}
    return item(*parts, properties=more.get(kind, ""))


def paragraph_of(plan: Plan, kind: str, kinds: list[str], label: str) -> str:
    """Return the first paragraph of an item."""
    if kind == "empty":
        return p()
    if kind == "heading":
        return listed_heading(plan, kinds, label)
    return plan.paragraph(kinds, label, "HiddenPar" if kind == "hidden" else "")


def listed_heading(plan: Plan, kinds: list[str], label: str) -> str:
    plan.chapter()
    with plan.passage(label):
        inside = content(plan, kinds)
    return h(inside, level=1, style="Heading_20_1")


def an_inner(plan: Plan, place: Place, mode: str, data: list[Item], *, again: bool) -> str:
    """Return a list in an item: it counts in the same list, also with a style of its own."""
    style = place.style
    if mode == "other" and style != "Late":  # first numbers of two styles in one list are another matter
        style = "Legal" if place.style != "Legal" else "Mixed"
    inside = place._replace(style=style, depth=place.depth + 1)
    plan.waiting.append(mode != "continue" and (again or plan.waiting[-1]))
    made = [an_item(plan, inside, *one) for one in data]
    plan.waiting.pop()
    how = 'text:continue-numbering="true"' if mode == "continue" else ""
    return listed(*made, style=style if mode in {"same", "other"} else "", properties=how)


HEADINGS = ["plain", "plain", "unstyled", "header", "restart", "hidden", "empty"]


def heading(plan: Plan, level: int, kind: str, kinds: list[str]) -> str:
    """Return a heading in the numbering of the text."""
    if level == 1:
        plan.chapter()
    label = ""
    path = plan.headings.setdefault(plan.area, [])
    if len(path) < level - 1 or plan.skips:
        plan.skips, kind = True, "plain" if kind == "header" else kind
    if kind != "header" and plan.outline:
        label = label_of(plan.outline, path, level, 4 if kind == "restart" else None)
    more = {
        "header": 'text:is-list-header="true"',
        "restart": 'text:restart-numbering="true" text:start-value="4"',
    }
    with plan.passage(label), plan.concealed(kinds, conceals=kind == "hidden"):
        inside = content(plan, kinds) if kind != "empty" else ""
    style = "" if kind == "unstyled" else f"Heading_20_{level}"
    inside = span("Hidden", inside) if kind == "hidden" else inside
    return h(inside, level=level, style=style, properties=more.get(kind, ""))


# Blocks

Block = tuple[str, object]
LIST = st.tuples(st.sampled_from(list(LISTS)), st.integers(0, 5), st.lists(ITEM, min_size=1, max_size=4))
SIMPLE = st.one_of(
    st.tuples(st.just("paragraph"), st.tuples(RUNS, st.sampled_from(["", "", "", "HiddenPar", "field"]))),
    st.tuples(st.just("heading"), st.tuples(st.integers(1, 3), st.sampled_from(HEADINGS), FEW)),
    st.tuples(st.just("list"), LIST),
    st.tuples(st.just("numbered"), st.tuples(st.sampled_from(["Mixed", "Legal"]), st.integers(1, 2), FEW)),
)
JOINS = st.tuples(
    st.sampled_from(["paragraphs", "headings", "items"]),
    st.sampled_from(HOSTS),
    st.booleans(),
    st.booleans(),
)
ROWS = st.tuples(
    st.sampled_from(["plain", "wide", "tall", "repeated row", "repeated cell"]),
    st.lists(SIMPLE, max_size=1),
    st.lists(SIMPLE, max_size=1),
)
SECTIONS = ["plain", "hidden", "hidden if true", "shown if false", "notes", "endnotes"]
BLOCKS = st.one_of(
    SIMPLE,
    SIMPLE,
    st.tuples(st.just("joined"), JOINS),
    st.tuples(st.just("table"), st.tuples(st.booleans(), st.lists(ROWS, min_size=1, max_size=3))),
    st.tuples(
        st.just("section"),
        st.tuples(
            st.sampled_from(SECTIONS),
            st.sampled_from(FORMS[:5]),
            st.integers(1, 3),
            st.lists(SIMPLE, max_size=3),
        ),
    ),
)


def block(plan: Plan, kind: str, data: object) -> str:
    return BUILDERS[kind](plan, *data)  # type: ignore[misc]


def numbered(plan: Plan, style: str, level: int, kinds: list[str]) -> str:
    """Return a numbered paragraph, which is an item without a list element."""
    label = plan.counted(Place(style, plan.loose.setdefault(style, {}), level))
    given = f'text:list-id="loose{style}" text:style-name="{style}" text:level="{level}"'
    return f"<text:numbered-paragraph {given}>{plan.paragraph(kinds, label)}</text:numbered-paragraph>"


def joined(plan: Plan, what: str, kind: str, before: bool, after: bool) -> str:  # noqa: FBT001
    """Return two paragraphs with a tracked change of the end of the first.

    Args:
        plan: The plan.
        what: Whether they are paragraphs, headings or items.
        kind: `inserted`, `deleted` or `struck`.
        before: Whether the first paragraph contains text before the change.
        after: Whether the second paragraph contains changed text.
    """
    gone = plan.rejects == (kind == "inserted")
    place = plan.root("Mixed", 0)[0] if what == "items" else None
    words: list[str] = []

    def label() -> str:
        if place is not None:
            return plan.counted(place)
        if what == "headings":
            plan.chapter()
        counts = what == "headings" and plan.outline
        path = plan.headings.setdefault(plan.area, [])
        return label_of(plan.outline, path, 1) if counts else ""

    with plan.passage(label()):
        words.append(plan.word() if before else "")
        with plan.state(gone=plan.gone or gone):
            words.append(plan.word())
            if gone:
                words += [plan.word() if after else "", ""]
        if gone:
            words[3] = plan.word()
    if not gone:
        with plan.passage(label()):
            words += [plan.word() if after else "", plan.word()]

    def around(*inside: str) -> str:
        return h(*inside, style="Heading_20_1") if what == "headings" else p(*inside)

    first, second, third, fourth = words
    if kind == "deleted" and what != "items":
        change = mark(plan.region("deletion", around(second), around(third)))
        return around(first, " " if first else "", change, " ", fourth)
    start, end = plan.marks("struck" if kind == "deleted" else kind)
    parts = around(first, " ", start, second), around(third, end, " ", fourth)
    if what != "items":
        return "".join(parts)
    return listed(*map(item, parts), style="Mixed", name=f"list{len(plan.lists) - 1}")


def a_table(plan: Plan, has_header: bool, rows: list[tuple[str, list[Block], list[Block]]]) -> str:  # noqa: FBT001
    """Return a table of two columns; every row shows a word."""
    made: list[str] = []
    at = len(plan.tables)
    for kind, *cells in rows:
        made += a_row(plan, kind, *cells)
    if plan.shows:
        plan.tables.insert(at, (len(made), 2))
    top = (
        f"<table:table-header-rows>{made.pop(0)}</table:table-header-rows>"
        if has_header and rows[0][0] != "tall"
        else ""
    )
    return odt.table(top, *made, columns=2)


def a_row(plan: Plan, kind: str, left: list[Block], right: list[Block]) -> list[str]:
    """Return a row; two rows if its first cell spans two."""
    if kind == "repeated cell":
        cell = plan.paragraph([])
        plan.passages += plan.passages[-1:] * plan.shows
        return [odt.row(odt.cell(cell, repeated=2))]
    first = plan.paragraph([]) + "".join(block(plan, *one) for one in left)
    if kind in {"wide", "tall"}:
        with plan.state(lost=True):
            covered = odt.covered(p(plan.word(), plan.note()))
    if kind == "wide":
        return [odt.row(odt.cell(first, across=2), covered)]
    second = "".join(block(plan, *one) for one in right)
    if kind == "tall":
        below = odt.row(covered, odt.cell(plan.paragraph([])))
        return [odt.row(odt.cell(first, down=2), odt.cell(second or p())), below]
    return [odt.row(odt.cell(first), odt.cell(second or p()), repeated=3 if kind == "repeated row" else 1)]


def a_section(plan: Plan, kind: str, form: str, start: int, blocks: list[Block]) -> str:
    """Return a section that can be hidden or have note numbers of its own; an inner section keeps them."""
    shape = {
        "hidden": 'text:display="none"',
        "hidden if true": 'text:display="condition" text:condition="ooow:TRUE"',
        "shown if false": 'text:display="none" text:condition="ooow:FALSE"',
    }.get(kind, "")
    style = ""
    notes = {"notes": "footnote", "endnotes": "endnote"}.get(kind, "")
    if notes:
        style = f"Section{len(plan.styles)}"
        inside = (
            f"<style:section-properties>{odt.configuration(notes, form, start)}</style:section-properties>"
        )
        plan.styles.append(f'<style:style style:name="{style}" style:family="section">{inside}</style:style>')
        plan.series[notes].append(Series(form, start))
    plan.count += 1
    name = f"Section{plan.count}"
    with plan.state(hidden=plan.hidden or kind.startswith("hidden"), calm=bool(shape)):
        made = "".join(block(plan, *one) for one in blocks)
    if notes:
        plan.series[notes].pop()
    return odt.section(made, name=name, style=style, properties=shape)


BUILDERS: dict[str, Callable[..., str]] = {
    "paragraph": lambda plan, kinds, style: plan.paragraph(kinds, style=style),
    "heading": heading,
    "list": a_list,
    "numbered": numbered,
    "joined": joined,
    "table": a_table,
    "section": a_section,
}


# Tests

CONFIGURED = st.one_of(
    st.none(),
    st.tuples(
        st.sampled_from(FORMS),
        st.integers(0, 3),
        st.sampled_from(["document", "document", "chapter", "page"]),
    ),
)
Configuration = tuple[str, int, str] | None


def series_of(given: Configuration, form: str) -> Series:
    """Return the numbers of a configuration. Its first number counts from 0; numbers by page always begin at 1."""
    if given is None:
        return Series(form)
    return Series(given[0], 1 if given[2] == "page" else given[1] + 1, given[2])


def written(plan: Plan, blocks: list[Block], foot: Configuration, end: Configuration, *, flat: bool) -> bytes:
    """Return the file of a plan."""
    body = "".join(block(plan, *one) for one in blocks) + plan.paragraph([])
    common = "".join(
        odt.configuration(kind, *one)
        for kind, one in (("footnote", foot), ("endnote", end))
        if one is not None
    )
    common += odt.outline(*plan.outline) if plan.outline else ""
    lists = "".join(odt.list_style(name, *levels) for name, levels in LISTS.items())
    return odt.document(body, common, lists + "".join(plan.styles), "".join(plan.regions), flat=flat)


@settings(max_examples=200, phases=(Phase.explicit, Phase.generate))
@given(
    st.lists(BLOCKS, min_size=1, max_size=8),
    st.sampled_from(list(OUTLINES)),
    CONFIGURED,
    CONFIGURED,
    st.booleans(),
    st.booleans(),
)
def test_random_files_agree(
    blocks: list[Block],
    outline: str,
    foot: Configuration,
    end: Configuration,
    rejects: bool,  # noqa: FBT001
    flat: bool,  # noqa: FBT001
) -> None:
    if end is not None:
        end = (*end[:2], "document")
    plan = Plan(
        rejects, OUTLINES[outline], {"footnote": [series_of(foot, "1")], "endnote": [series_of(end, "i")]}
    )
    data = written(plan, blocks, foot, end, flat=flat)
    name = "x.fodt" if flat else "x.odt"
    changes = "reject" if rejects else "accept"

    census = census_of(data, name, track_changes=changes)
    assert [(one.label, tuple(words(one.text))) for one in census.passages] == list(plan.passages)
    assert [(one.label, tuple(words(one.text))) for one in census.notes] == plan.notes
    assert [(one.rows, one.columns) for one in census.tables] == plan.tables
    unseen = " ".join(one.text for one in census.unseen)
    assert [word for word in plan.unseen if word not in unseen] == []

    content = content_of(prepared(data, name, track_changes=changes).numbered)
    published = [
        (one.label, tuple(word for word in words(one.text) if word.startswith("woord")))
        for one in content.passages
    ]
    assert [text for _, text in published] == [one.words for one in plan.passages]
    assert [one for one in published if words(one[0]) and one not in plan.passages] == []
    labels = [] if foot is not None and foot[2] == "page" else [one[0] for one in plan.notes]
    assert sorted(tuple(words(one.text)) for one in content.notes) == sorted(one[1] for one in plan.notes)
    assert not labels or sorted(one.label for one in content.notes) == sorted(labels)
    assert sorted(content.note_references) == sorted(plan.references)
    assert proved(data, name, track_changes=changes)[1] == []
