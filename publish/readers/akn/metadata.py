"""Conversion of the metadata of an Akoma Ntoso document to metadata of the model."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from publish.akn.jurisdictions import event_roles
from publish.akn.languages import shortest
from publish.akn.names import NAMESPACE
from publish.model.metadata import Agent, DocumentDate, Identifier, Metadata
from publish.readers.trees import local, words

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

AKN = f"{{{NAMESPACE}}}"

_NOTES = frozenset({"authorialNote"})

PROFILES = {("debate", "aanhangsel"): "kamervragen"}
"""Document types by document element and name."""


def profile_of(document: Element) -> str:
    """Return the document type that a document declares."""
    return PROFILES.get((local(document), document.get("name", "")), "")


def metadata_of(document: Element, meta: Element | None) -> Metadata:
    """Return typed metadata; unknown values stay empty."""
    title = _text(next(document.iter(f"{AKN}docTitle"), None))
    heading = _text(next(document.iter(f"{AKN}heading"), None))
    if meta is None:
        return Metadata(title=title or heading)
    work = meta.find(f"{AKN}identification/{AKN}FRBRWork")
    language = meta.find(f"{AKN}identification/{AKN}FRBRExpression/{AKN}FRBRlanguage")
    shown = {
        str(e.get("eId")): str(e.get("showAs", "")) for e in meta.iter() if e.get("showAs") and e.get("eId")
    }
    return Metadata(
        title=title or _alias(work) or heading,
        subject=title,
        language=_language(document)
        or shortest(language.get("language", "") if language is not None else ""),
        country=_value(work, "FRBRcountry").lower()[:2],
        number=_value(work, "FRBRnumber"),
        body=_publisher(work, shown),
        identifiers=_identifiers(work),
        dates=_dates(document, work),
        agents=tuple(_agents(document, shown)),
    )


def _text(element: Element | None) -> str:
    """Return the text of an element without its notes."""
    return words(element, _NOTES) if element is not None else ""


def _value(work: Element | None, name: str) -> str:
    element = work.find(AKN + name) if work is not None else None
    return str(element.get("value", "")) if element is not None else ""


def _alias(work: Element | None) -> str:
    """Return a title from the aliases of the work."""
    aliases = work.findall(f"{AKN}FRBRalias") if work is not None else []
    found = next((a for a in aliases if a.get("name") in {"title", "shortTitle", "alias"}), None)
    return str(found.get("value", "")) if found is not None else ""


def _language(document: Element) -> str:
    tag = "{http://www.w3.org/XML/1998/namespace}lang"
    return next((str(e.get(tag)) for e in document.iter() if e.get(tag)), "")


def _publisher(work: Element | None, shown: dict[str, str]) -> str:
    author = work.find(f"{AKN}FRBRauthor") if work is not None else None
    return shown.get(str(author.get("href", "")).lstrip("#"), "") if author is not None else ""


def _identifiers(work: Element | None) -> tuple[Identifier, ...]:
    aliases = work.findall(f"{AKN}FRBRalias") if work is not None else []
    skipped = {"title", "shortTitle", "alias"}
    return tuple(
        Identifier(str(a.get("name", "")), str(a.get("value", "")))
        for a in aliases
        if a.get("name") not in skipped
    )


def _dates(document: Element, work: Element | None) -> tuple[DocumentDate, ...]:
    out: dict[str, DocumentDate] = {}
    for printed in document.iter(f"{AKN}docDate"):
        role = event_roles().get(printed.get("refersTo", "").lstrip("#"), "published")
        date = _date(printed.get("date", ""))
        if date is not None:
            out.setdefault(role, DocumentDate(role, date, _text(printed)))
    element = work.find(f"{AKN}FRBRdate") if work is not None else None
    date = _date(str(element.get("date", ""))) if element is not None else None
    if date is not None and not out:
        out["published"] = DocumentDate("published", date)
    return tuple(out.values())


def _date(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text[:10])
    except ValueError:
        return None


def _agents(document: Element, shown: dict[str, str]) -> list[Agent]:
    """Return the persons who ask and answer, each once."""
    out: dict[tuple[str, str], Agent] = {}
    for element in document.iter(f"{AKN}question", f"{AKN}answer"):
        capacity = "questioner" if local(element) == "question" else "answerer"
        name = shown.get(element.get("by", "").lstrip("#"), "")
        office = shown.get(element.get("as", "").lstrip("#"), "") if capacity == "answerer" else ""
        if name:
            out.setdefault((capacity, name), Agent(capacity, name, office))  # type: ignore[arg-type]
    return list(out.values())
