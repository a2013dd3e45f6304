"""Load components by name: `module:attribute` targets of built-in components, and entry points of other packages."""

from __future__ import annotations

import contextlib
import re
import sys
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

from msgspec import Struct

_GROUP = re.compile(r"^\s*\[\s*(publish\.\w+)\s*\]", re.MULTILINE)


class Added(NamedTuple):
    """An entry point of another package."""

    name: str
    target: str
    package: str

    @property
    def about(self) -> str:
        """Description of the package, for lists."""
        return f"from the package {self.package}"


def load(target: str) -> Any:  # noqa: ANN401 - the caller knows the type
    """Import the object of a `module:attribute` target."""
    module, _, attribute = target.partition(":")
    return getattr(import_module(module), attribute)


def declared_options(target: str, options: str, *, installed: bool) -> type[Struct] | None:
    """Return the options struct of a reader or writer; None if it has no options.

    Args:
        target: `module:attribute` of its function.
        options: `module:attribute` of the struct; empty if it has none.
        installed: Whether another package provides it: its function names the struct in an attribute `options`.
    """
    found: Any = load(options) if options else None
    if found is None and installed:
        found = getattr(load(target), "options", None)
    return found  # type: ignore[no-any-return]


@cache
def _named() -> frozenset[str]:
    """Return the groups of publish that files with entry points name. An import of `importlib.metadata` takes longer."""
    found: set[str] = set()
    for folder in sys.path:
        for path in Path(folder).glob("*.*-info/entry_points.txt"):
            with contextlib.suppress(OSError):
                found.update(_GROUP.findall(path.read_text("utf-8", "replace")))
    return frozenset(found)


@cache
def added(group: str) -> tuple[Added, ...]:
    """Return the entry points of a group in all installed packages. The first search takes milliseconds: call only if needed."""
    if group not in _named():
        return ()
    from importlib.metadata import entry_points

    return tuple(
        Added(point.name, point.value, point.dist.name if point.dist else "?")
        for point in entry_points(group=group)
    )
