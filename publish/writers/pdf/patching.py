"""Change the source of a function of WeasyPrint, or fail if the source is not the expected one."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from types import ModuleType
from typing import Any

_SOURCE = "changed_source"
"""Attribute of a changed function that contains its source, because Python reads only the file of the module."""


class EngineChangedError(RuntimeError):
    """WeasyPrint is not the release for which these modules were written."""


def rewritten(
    module: ModuleType, name: str, *changes: tuple[str, str], **names: object
) -> Callable[..., Any]:
    """Return a function of a module with parts of its source replaced; the module keeps the original function.

    Args:
        module: The module; the function looks up names there when it runs.
        name: The name of the function.
        changes: Pairs of a text that occurs once in the source, and its replacement.
        names: Names that the new source uses and the module does not define.

    Raises:
        EngineChangedError: if the source is not the expected one.
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
