"""Notes of a Word file, with the labels that Word displays (17.11)."""

from __future__ import annotations

from collections.abc import Sequence

from publish.census.docx.numbering import formatted
from publish.census.docx.package import Element, W, at, integer, val
from publish.census.docx.shown import Call, Files
from publish.census.docx.story import Story
from publish.census.numbers import symbol
from publish.census.types import SourceNote, Unseen, note_text

KINDS = ("footnote", "endnote")
DEFAULT_FORMATS = {"footnote": "decimal", "endnote": "lowerRoman"}


def labels(calls: Sequence[Call], document: Element, settings: Element | None) -> dict[tuple[str, str], str]:
    """Return the label of each called note, by kind and id; empty if the pages give it.

    Each section has its own format, first number and restart (17.11.11, 17.11.19, 17.11.20).
    """
    ends = list(document.iter(W + "sectPr"))
    changes = {id(e) for change in document.iter(W + "sectPrChange") for e in change}
    ends = [e for e in ends if id(e) not in changes] or [Element("none")]
    out: dict[tuple[str, str], str] = {}
    count = dict.fromkeys(KINDS, 0)
    last: dict[str, int] = {}
    for call in calls:
        key = (call.kind, call.id)
        if key in out:
            continue
        if call.mark:
            out[key] = call.mark
            continue
        section = min(call.section, len(ends) - 1)
        form, restart, start = _numbering(call.kind, ends[section], settings)
        fresh = call.kind not in last or (restart == "eachSect" and last[call.kind] != section)
        count[call.kind] = start if fresh else count[call.kind] + 1
        last[call.kind] = section
        shown = symbol(count[call.kind]) if form == "chicago" else formatted(count[call.kind], form)
        out[key] = "" if restart == "eachPage" and call.kind == "footnote" else shown
    return out


def _numbering(kind: str, section: Element, settings: Element | None) -> tuple[str, str, int]:
    def given(name: str) -> str:
        return at(section, f"{kind}Pr/{name}") or at(settings, f"{kind}Pr/{name}")

    restart = given("numRestart") or "continuous"
    return given("numFmt") or DEFAULT_FORMATS[kind], restart, max(integer(given("numStart"), 1), 1)


def bookmarks_around_calls(document: Element) -> frozenset[str]:
    """Return the names of the bookmarks that contain the call of a note."""
    opened: dict[str, str] = {}
    found: set[str] = set()
    for element in document.iter():
        if element.tag == W + "bookmarkStart":
            opened[val(element, "id")] = val(element, "name")
        elif element.tag == W + "bookmarkEnd":
            opened.pop(val(element, "id"), None)
        elif element.tag in {W + "footnoteReference", W + "endnoteReference"}:
            found |= set(opened.values())
    return frozenset(found)


def notes(
    calls: Sequence[Call], shown: dict[tuple[str, str], str], files: Files
) -> tuple[list[SourceNote], list[Story], list[Unseen]]:
    """Return the called notes in the order of their first calls, their stories, and the notes without a call."""
    elements: dict[tuple[str, str], Element] = {}
    for kind in KINDS:
        part = files.package.part(f"{kind}s")
        for element in part.findall(W + kind) if part is not None else ():
            if val(element, "type") in {"", "normal"}:
                elements.setdefault((kind, val(element, "id")), element)
    out: list[SourceNote] = []
    stories: list[Story] = []
    times: dict[tuple[str, str], int] = {}
    first: dict[tuple[str, str], Call] = {}
    for call in calls:
        key = (call.kind, call.id)
        times[key] = times.get(key, 0) + 1
        first.setdefault(key, call)
    for key, call in first.items():
        if key not in elements:
            continue
        story = Story(files, files.package.name_of(f"{call.kind}s"), call.span)
        text = note_text(story.read(elements.pop(key), inside_note=True).passages)
        text = text.removeprefix(call.mark) if call.mark else text
        out.append(SourceNote(shown[key], text, times[key], call.span))
        stories.append(story)
    uncalled = [
        Unseen("note without call", " ".join(e.text or "" for e in element.iter(W + "t")))
        for element in elements.values()
    ]
    return out, stories, [u for u in uncalled if u.text.strip()]
