"""Resolve: the only place where anything gets a number, an id or a link target."""

from publish.resolve.numbered import Call, NumberedDocument, NumberedNote
from publish.resolve.passes import PASSES, Resolved, resolve

__all__ = ["PASSES", "Call", "NumberedDocument", "NumberedNote", "Resolved", "resolve"]
