"""Codes PUB-X…: cross-references and citations."""

from __future__ import annotations

from publish.diagnostics.rule import Code
from publish.diagnostics.types import Severity

CODES = (
    Code(
        "PUB-X001",
        "reference-target-not-found",
        Severity.WARNING,
        "Cross-reference target not found",
        "A link points to an id that no heading or other node of the document has. It is published as plain text.",
        "Check the id; `publish inspect` lists the ids of a document.",
    ),
    Code(
        "PUB-X002",
        "duplicate-id",
        Severity.WARNING,
        "Duplicate id",
        "Two nodes have the same id. The second one gets another id.",
        "Give one of them another id.",
    ),
    Code(
        "PUB-X003",
        "unresolved-citation",
        Severity.INFO,
        "Unresolved citation",
        "The text begins like a citation of a Kamerstuk, an Aanhangsel or another publication, but the cited publication is not known. It is published unchanged, without a link.",
        "Check the citation for an error, such as a wrong session.",
    ),
)
