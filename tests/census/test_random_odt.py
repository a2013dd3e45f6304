"""Random OpenDocument texts: what the file was made to show, the census and the document agree.

The test writes each file from a plan, so that it knows what LibreOffice shows: a third witness next to census and reader.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from publish.census.words import words
from publish.verify.source.content import content_of
from tests import odt
from tests.census.support import census_of, prepared, proved
from tests.odt import h, item, listed, mark, p
from tests.odt_plan import (
    FORMS,
    HOSTS,
    LISTS,
    OUTLINES,
    Item,
    Place,
    Plan,
    Series,
    a_list,
    heading,
    label_of,
)

pytestmark = pytest.mark.timeout(900)
"""The test writes and reads hundreds of files, and must not time out on a slow machine."""


# Content

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

ITEMS = [
    "plain", "plain", "start", "override", "two", "sandwich", "heading", "empty", "hidden", "header", "nested", "late",
]  # fmt: skip
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
)
HEADINGS = ["plain", "plain", "unstyled", "header", "restart", "hidden", "empty"]


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
    with plan.state(hidden=plan.hidden or kind.startswith("hidden"), calm=bool(shape or notes)):
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
