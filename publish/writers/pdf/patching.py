"""Changing a function of WeasyPrint by its source, and refusing to where the source is not the one that was read."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from types import ModuleType
from typing import Any

_SOURCE = "changed_source"
"""The attribute in which a changed function carries its source: Python looks only in the module's file."""


class EngineChangedError(RuntimeError):
    """WeasyPrint is not the release that these modules were written for."""


def rewritten(
    module: ModuleType, name: str, *changes: tuple[str, str], **names: object
) -> Callable[..., Any]:
    """A function of a module with parts of its source replaced; the module itself keeps the function that it has.

    Args:
        module: The module; what the function calls is looked up there when it runs.
        name: The function's name.
        changes: Pairs of a text that stands in the source once, and what takes its place.
        names: What the new source calls and the module does not know.

    Raises:
        EngineChangedError: the source is not the one that was read.
    """
    original = module.__dict__[name]
    source = getattr(original, _SOURCE, None) or inspect.getsource(original)
    for old, new in changes:
        if source.count(old) != 1:
            raise EngineChangedError(f"{module.__name__}.{name} has changed")
        source = source.replace(old, new)
    module.__dict__.update(names)
    exec(compile(source, str(module.__file__), "exec"), module.__dict__)  # noqa: S102
    function: Callable[..., Any] = module.__dict__[name]
    module.__dict__[name] = original
    setattr(function, _SOURCE, source)
    return function
