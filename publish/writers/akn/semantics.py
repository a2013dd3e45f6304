"""Meaning of the text: Akoma Ntoso elements for persons, offices, bodies, dates and publications."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from publish.model import nodes as n
from publish.model import roles
from publish.model.metadata import Related
from publish.model.text import plain_text
from publish.writers.akn.agents import References
from publish.writers.akn.speakers import MEMBER

ROLES = frozenset({roles.PERSON, roles.ORGANISATION, roles.OFFICE, roles.SESSION})
"""Roles of spans that are marked only if `enrich` is set."""

RANGES = ("t/m ", "tot en met ", "–")
"""Start of the last reference in a range."""

LISTS = ("", ",")
"""Text between the references in a list, without spaces."""

Marked = tuple[str, dict[str, str]]
"""Element and its attributes."""


def element_of(
    span: n.TextSpan, context: str, known: References | None, events: Mapping[str, str]
) -> Marked | None:
    """Return the element of a span, or None for a plain span.

    Args:
        span: The span.
        context: The eId of the element that contains the span.
        known: The list to which agents are added; None adds no markup.
        events: The events of dates, by role.
    """
    attrs = span.attrs
    in_preface = context.rpartition("__")[2] in {"preface", "header"}
    if span.role == roles.TITLE and in_preface:
        return "docTitle", {}
    if span.role == roles.DATE and attrs.get("date"):
        event = events.get(attrs.get("event"), "")
        refers = {"refersTo": event} if event and in_preface else {}
        return "docDate" if in_preface else "date", {"date": attrs.get("date")} | refers
    if known is None or span.role not in ROLES:
        return None
    match span.role:
        case roles.PERSON:
            return _person(attrs, known, in_preface=in_preface)
        case roles.ORGANISATION:
            return "organization", {"refersTo": known.organisation(attrs.get("name"))}
        case roles.OFFICE:
            office = attrs.get("office")
            printed = plain_text(span.inlines) if plain_text(span.inlines) != office else ""
            return "role", {"refersTo": known.office(office, attrs.get("body"), printed)}
        case _:
            return "session", {"value": attrs.get("value")}


def _person(attrs: n.Attrs, known: References, *, in_preface: bool) -> Marked:
    person = {"refersTo": known.person(attrs.get("name"))}
    if attrs.get("capacity") == "questioner":
        return "docProponent" if in_preface else "person", person | {"as": known.role(MEMBER)}
    if attrs.get("office"):
        return "person", person | {"as": known.office(attrs.get("office"), attrs.get("body"))}
    return "person", person


def cited(citation: n.Citation, known: References | None, related: Sequence[Related]) -> dict[str, str]:
    """Return the `refersTo` attribute of a link to a publication that the metadata list as related."""
    if known is None or not any(citation.identifier == r.identifier for r in related if r.identifier):
        return {}
    shown = plain_text(citation.inlines)
    return {"refersTo": known.publication(citation.scheme, citation.identifier, shown)}


def grouped(inlines: tuple[n.Inline, ...]) -> Iterator[tuple[str, tuple[n.Inline, ...]]]:
    """Yield inlines one by one, but the references of a range or list together, with the element name for the group."""
    at = 0
    while at < len(inlines):
        end = at + 1
        tag = ""
        if isinstance(inlines[at], n.CrossReference):
            while tag != "rref" and (kind := _goes_on(inlines, end)):
                if kind == "rref" and tag:
                    break
                tag, end = kind, end + 2
        yield tag, inlines[at:end]
        at = end


def _goes_on(inlines: tuple[n.Inline, ...], at: int) -> str:
    """Return the element that joins this text and the next reference to the previous reference, or an empty string."""
    match inlines[at : at + 2]:
        case (n.Text() as gap, n.CrossReference() as following):
            words = plain_text(following.inlines)
            if not gap.text.strip() and words.startswith(RANGES):
                return "rref"
            own = words.removeprefix("en ").strip()
            return "mref" if gap.text.strip() in LISTS and own.isdecimal() else ""
        case _:
            return ""
