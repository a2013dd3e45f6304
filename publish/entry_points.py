"""Load components by name: `module:attribute` targets of built-in components, and entry points of other packages."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import Any, NamedTuple

from msgspec import Struct


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
def added(group: str) -> tuple[Added, ...]:
    """Return the entry points of a group in all installed packages. The first search takes milliseconds: call only if needed."""
    from importlib.metadata import entry_points

    return tuple(
        Added(point.name, point.value, point.dist.name if point.dist else "?")
        for point in entry_points(group=group)
    )
