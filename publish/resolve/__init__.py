"""Resolve a document: the only code that assigns numbers, ids and link targets.

The package is callable: `publish.resolve(document)` is the function of the Python API, which also supports house styles
and layouts (docs/adr/0002-callable-packages.md). Code in this project calls `publish.resolve.passes.resolve`.
"""

import sys
from importlib import import_module
from types import ModuleType
from typing import Any

from publish.model.nodes import Document
from publish.resolve.numbered import Call, NumberedDocument, NumberedNote
from publish.resolve.passes import PASSES, Resolved, resolve

__all__ = ["PASSES", "Call", "NumberedDocument", "NumberedNote", "Resolved", "resolve"]


class _Callable(ModuleType):
    def __call__(self, document: Document, **settings: Any) -> Resolved:  # noqa: ANN401 - fields of `Request`
        """Call `publish.engine.api.resolve`, imported at the call because it is in a higher layer than this package."""
        resolved: Resolved = import_module("publish.engine.api").resolve(document, **settings)
        return resolved


sys.modules[__name__].__class__ = _Callable
