"""Resolve: the only place where anything gets a number, an id or a link target.

The package can be called: `publish.resolve(document)` is `publish.resolve.resolve(document)`.
"""

import sys
from collections.abc import Mapping
from types import ModuleType

from publish.model.nodes import Document
from publish.resolve.numbered import Call, NumberedDocument, NumberedNote
from publish.resolve.passes import PASSES, Resolved, resolve

__all__ = ["PASSES", "Call", "NumberedDocument", "NumberedNote", "Resolved", "resolve"]


class _Callable(ModuleType):
    def __call__(self, document: Document, pages: Mapping[str, int] | None = None) -> Resolved:
        return resolve(document, pages)


sys.modules[__name__].__class__ = _Callable
