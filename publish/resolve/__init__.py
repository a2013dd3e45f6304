"""Resolve: the only place where anything gets a number, an id or a link target.

The package can be called: `publish.resolve(document)` is the function of the Python API, which also knows house styles
and layouts (docs/adr/0002-callable-packages.md). Code of this project calls `publish.resolve.passes.resolve`.
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
        """As `publish.engine.api.resolve`, which is above this package and is looked up when it is called."""
        resolved: Resolved = import_module("publish.engine.api").resolve(document, **settings)
        return resolved


sys.modules[__name__].__class__ = _Callable
