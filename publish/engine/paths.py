"""Find and change the paths in the settings and options of a request, for example to resolve them against a folder."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from msgspec.structs import replace

from publish.engine.components import structs_of
from publish.options import PathKind, settings_of
from publish.request import Request
from publish.storage import STANDARD_STREAM, as_path, is_existing, is_remote


class InputPath(NamedTuple):
    """A path in a request to an input file."""

    setting: str
    """Name of the field, or `format.option`."""
    path: str


def _paths(request: Request) -> Iterator[tuple[str, PathKind, str]]:
    for setting in settings_of(Request):
        value = getattr(request, setting.name)
        if setting.path and value:
            yield setting.name, setting.path, value
    for component, values in request.options.items():
        for setting in (s for struct in structs_of(component) for s in settings_of(struct) if s.path):
            value = str(values.get(setting.name, ""))
            if value:
                yield f"{component}.{setting.name}", setting.path, value


def input_paths(request: Request) -> tuple[InputPath, ...]:
    """Return the input files in the options of a request, without names of built-in resources."""
    return tuple(
        InputPath(name, value)
        for name, kind, value in _paths(request)
        if "." in name and (kind == "input" or (kind == "name" and is_file_name(value)))
    )


def is_file_name(value: str) -> bool:
    """Return whether the value is the path of an existing local file or folder."""
    return not is_remote(value) and is_existing(Path(value))


def with_paths(request: Request, change: Callable[[str, PathKind, str], str]) -> Request:
    """Return the request with changed paths.

    Args:
        request: A request.
        change: Function that returns the new value for the name of a setting, the type of path and the old value.
    """
    options = {component: dict(values) for component, values in request.options.items()}
    fields: dict[str, str] = {}
    for name, kind, value in _paths(request):
        component, dot, option = name.partition(".")
        if dot:
            options[component][option] = change(name, kind, value)
        else:
            fields[name] = change(name, kind, value)
    return replace(request, options=options, **fields)


def below(folder: Path, kind: PathKind, value: str) -> str:
    """Resolve a path relative to a folder; keep a name unless a file with that name exists."""
    if is_remote(value) or value == STANDARD_STREAM or os.path.isabs(value):  # noqa: PTH117 - text of any system
        return value
    path = folder / value
    return value if kind == "name" and not is_existing(path) else str(path)


def absolute(request: Request) -> Request:
    """Return the request with paths that do not depend on the current folder."""
    here = Path.cwd()
    moved = with_paths(request, lambda _, kind, value: below(here, kind, value))
    if request.data is not None or is_remote(request.source) or not request.source:
        return moved
    return replace(moved, source=str(as_path(request.source).absolute()))
