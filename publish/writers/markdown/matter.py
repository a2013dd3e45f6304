"""Metadata of a document as the front matter that the reader accepts."""

from __future__ import annotations

from typing import Any

import msgspec
import yaml

from publish.model.metadata import Agent, Metadata
from publish.model.nodes import Document
from publish.model.policy import NotePolicy
from publish.model.structure import PLAIN

TEXTS = {
    "subtitle": "subtitle",
    "type": "kind",
    "language": "lang",
    "country": "country",
    "body": "body",
    "series": "series",
    "session": "session",
    "number": "number",
    "dossier": "dossier",
    "reference": "reference",
    "place": "place",
    "subject": "subject",
    "rights": "rights",
}
"""Keys of the front matter by field of the metadata."""

STRUCTURE = {
    "sections": "numbered-sections",
    "captions": "numbered-captions",
    "page_references": "page-references",
}


def front_matter(document: Document, title: str, policy: NotePolicy) -> str:
    """Return the front matter of a manuscript, with its delimiter lines; empty if there are no values.

    Args:
        document: The document.
        title: Its title, in Markdown; empty if it shows none.
        policy: The numbering of its notes.
    """
    values = {"title": title} if title else {}
    values |= _texts(document.metadata)
    values |= _others(document)
    notes = msgspec.to_builtins(policy)
    if notes:
        values["notes"] = notes
    if not values:
        return ""
    text = yaml.safe_dump(values, allow_unicode=True, sort_keys=False, default_flow_style=False, width=2**20)
    return f"---\n{text}---\n"


def _texts(metadata: Metadata) -> dict[str, Any]:
    pairs = (
        (key, str(getattr(metadata, "kind" if field == "type" else field))) for field, key in TEXTS.items()
    )
    return {key: value for key, value in pairs if value}


def _others(document: Document) -> dict[str, Any]:
    metadata = document.metadata
    out: dict[str, Any] = {}
    if metadata.keywords:
        out["keywords"] = list(metadata.keywords)
    identifiers = {i.scheme: i.value for i in metadata.identifiers if not i.derived}
    if identifiers:
        out["identifiers"] = identifiers
    dates = {d.role: d.date for d in metadata.dates}
    if published := dates.pop("published", None):
        out["date"] = published
    if dates:
        out["dates"] = dates
    for agent in metadata.agents:
        out.setdefault(agent.capacity, []).append(_agent(agent))
    if related := [r.text for r in metadata.related if r.text]:
        out["see-also"] = related
    structure = document.structure or PLAIN
    out |= {key: True for field, key in STRUCTURE.items() if getattr(structure, field)}
    if structure.contents:
        out["contents"] = structure.contents
    return out | {key: value for key, value in document.settings.items() if value}


def _agent(agent: Agent) -> Any:  # noqa: ANN401 - a YAML value
    fields = {name: getattr(agent, name) for name in ("name", "office", "organisation", "party")}
    known = {name: value for name, value in fields.items() if value}
    return agent.name if list(known) == ["name"] else known
