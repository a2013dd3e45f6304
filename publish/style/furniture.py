"""The values of the placeholders in page furniture."""

from __future__ import annotations

import re

from publish.localisation import terms
from publish.model.metadata import Metadata
from publish.style.tokens import Furniture

PAGE = "{page}"

SHORT_NAMES = {
    "Tweede Kamer der Staten-Generaal": ("Tweede Kamer", "2"),
    "Eerste Kamer der Staten-Generaal": ("Eerste Kamer", "1"),
    "Aanhangsel van de Handelingen": ("Aanhangsel", ""),
}
"""The short name of a body or series, and the digit that identifies a chamber."""


def values(metadata: Metadata, title: str) -> dict[str, str]:
    """Return the value of each placeholder except `{page}`; a value is empty if the document does not contain it."""
    body, series = metadata.body, metadata.series
    published = metadata.date("published")
    return {
        "title": title,
        "body": body,
        "short_body": SHORT_NAMES.get(body, (body, ""))[0],
        "chamber": SHORT_NAMES.get(body, ("", ""))[1],
        "series": series,
        "short_series": SHORT_NAMES.get(series, (series, ""))[0],
        "session": metadata.session.replace("-", "–"),
        "number": metadata.number,
        "official_id": metadata.identifier("officielebekendmakingen"),
        "issn": metadata.identifier("issn"),
        "place": metadata.place,
        "year": str(published.year) if published else "",
        "date": terms(metadata.language).date(published) if published else "",
        "dossier": metadata.dossier,
        "reference": metadata.reference,
        "publisher": next((a.shown for a in metadata.agents_as("publisher")), ""),
        "author": ", ".join(a.shown for a in metadata.agents_as("author")),
        "subject": metadata.subject,
    }


def lines(furniture: Furniture, known: dict[str, str]) -> tuple[str, ...]:
    """Return the lines with their values. Keep `{page}`, and omit lines that need an unknown value."""
    out: list[str] = []
    for line in furniture.lines:
        names = [name for name in re.findall(r"\{(\w+)\}", line) if name != "page"]
        if all(known.get(name) for name in names):
            out.append(re.sub(r"\{(\w+)\}", lambda m: known.get(m[1], m[0]), line))
    return tuple(out) if any(line.strip() for line in out) else ()
