"""Level of headings."""

from __future__ import annotations

from publish.model import roles
from publish.resolve.numbered import NumberedDocument


def top_level(numbered: NumberedDocument) -> int:
    """Return the heading level of top-level sections: 2 under a title, else 1."""
    document = numbered.document
    titled = document.title or any(getattr(b, "role", "") == roles.DOCUMENT_TYPE for b in document.front)
    return 2 if titled else 1
