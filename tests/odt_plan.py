"""A random ODT file, built from a plan, together with what LibreOffice shows of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from typing import NamedTuple

from publish.census.types import BULLET
from publish.census.words import words
from tests.odt import (
    Level,
    annotation,
    bookmark,
    bookmark_reference,
    box,
    h,
    header,
    item,
    listed,
    mark,
    note,
    note_reference,
    p,
    region,
    span,
)

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
    gaps: list[Tree] = field(default_factory=list)
    """Lists that skip a level."""
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
    """Whether the text contains no deletions: LibreOffice counts them in other ways in some sections."""
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
        self.regions.append(region(name, kind, *inside))
        return name

    def marks(self, kind: str) -> tuple[str, str]:
        """Return the marks around an insertion, or around a deletion in the text."""
        name = self.region("insertion" if kind == "inserted" else "deletion")
        return mark(name, "change-start"), mark(name, "change-end")

    # Notes

    def note(self, kind: str = "footnote", label: str = "", body: str = "short") -> str:
        """Return a note. LibreOffice counts hidden notes, but not deleted ones."""
        number = "" if self.lost or self.gone or label else self.series[kind][-1].next()
        self.count += 1
        name = f"n{self.count}"
        visible = self.shows
        with self.state(hidden=not visible, styled=False, words=[], passages=[], boxed=[], area="notes"):
            blocks = NOTES[body if visible else "short"](self)
            text = tuple(w for one in self.passages for w in (*words(one.label), *one.words))
        if visible:
            self.notes.append((label or number, text))
            if number or label:
                self.ids.append((name, label or number))
        return note(name, *blocks, kind=kind, label=label)

    # Lists and headings

    def counted(self, place: Place, start: int | None = None, style: str = "") -> str:
        """Count an item, and return its label."""
        path, levels = place.tree.setdefault(self.area, []), LISTS[style or place.style]
        self.has_gap(place)
        if self.enters() and start is None:
            start = levels[place.depth - 1].start
        return label_of(levels, path, place.depth, start)

    def has_gap(self, place: Place) -> bool:
        """Return whether a list skips a level: then LibreOffice counts in another way after a list header."""
        if len(place.tree.setdefault(self.area, [])) < place.depth - 1:
            self.gaps.append(place.tree)
        return any(tree is place.tree for tree in self.gaps)

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

HOSTS = ("inserted", "deleted", "struck")
"""Kinds of tracked changes."""


def content(plan: Plan, kinds: list[str], *, title: bool = False) -> str:
    """Return text with spaces in it; a plain word comes first."""
    if title:  # LibreOffice counts a deleted note that is stored apart from its heading
        kinds = [kind.replace("deleted note", "struck note") for kind in kinds]
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


def bookmarked(plan: Plan) -> str:
    word = plan.word()
    plan.words += [word] * plan.shows
    name = f"b{plan.count}"
    return f"{bookmark(name, word)} {bookmark_reference(name, word)}"


def referring(plan: Plan, *, raised: bool = False) -> str:
    """Return a reference to the last note that is shown."""
    if not plan.ids:
        return plan.word()
    name, label = plan.ids[-1]
    if raised:
        return span("Raised", note_reference(name))
    if plan.shows:
        plan.references.append(label)
    return note_reference(name)


def commented(plan: Plan) -> str:
    with plan.state(hidden=True):
        return annotation(plan.word())


KINDS: dict[str, Callable[[Plan], str]] = {
    "plain": Plan.word,
    "note": Plan.note,
    "bold": lambda plan: span("Bold", plan.word()),
    "nested": lambda plan: span("Bold", plan.word(), " ", span("Italic", plan.word())),
    "hidden": lambda plan: hidden(plan, plan.word),
    "shown again": shown_again,
    "endnote": lambda plan: plan.note("endnote"),
    "own label": lambda plan: plan.note(label="x)"),
    "reference": referring,
    "raised": lambda plan: referring(plan, raised=True),
    "comment": commented,
    "bookmark": bookmarked,
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
    made = box(*inside, anchor=anchor)
    return span("Hidden", made) if conceals else made


# Lists and headings

Item = tuple[str, list[str], list[tuple[str, list["Item"]]]]
"""Kind, content and inner lists of an item."""


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
    if kind == "header":  # a label with the number of a header above it is another matter
        inner = [one for one in inner if place.style != "Legal" and one[0] != "other"]
    late = kind == "late" and bool(inner)
    if kind == "override" and place.style == "Late":
        kind = "plain"
    if kind == "nested" and not inner and plan.waiting[-1]:
        kind = "plain"  # a list without a paragraph moves its restart to the next item outside
    if kind == "header" and plan.has_gap(place):
        kind = "plain"
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
        return header(*parts)
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
        inside = content(plan, kinds, title=True)
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
        inside = content(plan, kinds, title=True) if kind != "empty" else ""
    style = "" if kind == "unstyled" else f"Heading_20_{level}"
    inside = span("Hidden", inside) if kind == "hidden" else inside
    return h(inside, level=level, style=style, properties=more.get(kind, ""))


NOTES: dict[str, Callable[[Plan], list[str]]] = {
    "short": lambda plan: [plan.paragraph([])],
    "long": lambda plan: [plan.paragraph(["deleted", "hidden"]), plan.paragraph(["inserted"])],
    "list": lambda plan: [plan.paragraph([]), a_list(plan, "Mixed", 0, [("plain", [], []), ("two", [], [])])],
    "list first": lambda plan: [note_list(plan)],
}
"""Bodies of notes."""
