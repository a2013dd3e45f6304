"""Load settings: defaults, then `publish.toml`, then the environment, then the command line.

An unknown key is an error: publish must not ignore a misspelt setting.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct, field
from msgspec.structs import asdict, replace

from publish.diagnostics import PublishError
from publish.diagnostics.codes import make
from publish.engine.components import check_options, short_forms, without_short_forms
from publish.engine.paths import below, with_paths
from publish.options import Setting, Value, built, settings_of
from publish.request import Limits, Request

FILE = "publish.toml"
PREFIX = "PUBLISH_"
DEPOSIT = "deposit"
"""The table of `publish.toml` with the settings of `publish deposit`."""

ROOT_MARKS = (".git", ".hg")
"""Folders that identify the root of a project; the search for settings stops there."""


class Settings(Struct, frozen=True):
    """Settings before the command line is applied."""

    request: Request = Request()
    limits: Limits = Limits()
    deposit: dict[str, Any] = field(default_factory=dict)
    """The table `[deposit]`."""
    file: str = ""
    """Path of the settings file; empty if there is none."""


def load(folder: Path | None = None) -> Settings:
    """Load the settings for a folder, by default the current folder.

    Raises:
        PublishError: PUB-C001, with the key and its source, if a setting is unknown or invalid.
    """
    path = find(folder or Path())
    request, limits, deposit = Request(), Limits(), {}
    if path is not None:
        values = _toml(path)
        deposit = values.pop(DEPOSIT, {})
        limits = _with_limits(limits, values, str(path))
        request = _with_values(request, values, str(path))
        folder = path.parent
        request = with_paths(request, lambda _, kind, value: below(folder, kind, value))
    values, origin = dict(_environment()), f"the environment ({PREFIX}…)"
    limits = _with_limits(limits, values, origin)
    request = _with_values(request, values, origin)
    return Settings(request, limits, deposit, str(path) if path is not None else "")


def find(folder: Path) -> Path | None:
    """Return the settings file in a folder or its nearest parent folder, up to the root of the project."""
    start = folder.absolute()
    for place in (start, *start.parents):
        path = place / FILE
        if path.is_file():
            return Path(FILE) if place == Path.cwd() else Path(os.path.relpath(path))
        if any((place / mark).exists() for mark in ROOT_MARKS):
            return None
    return None


def overlaid(
    request: Request, given: Mapping[str, object], options: Mapping[str, Mapping[str, Value]]
) -> Request:
    """Return the request with some fields and options replaced.

    Args:
        request: The request to change.
        given: Fields by name, and options of formats by their short forms; None means not given.
        options: Options by format and name.

    Raises:
        PublishError: PUB-C001, if a setting is unknown or invalid.
    """
    values = {name: value for name, value in given.items() if value is not None}
    for component, own in options.items():
        values.setdefault(component, {})
        values[component] = {**own}
    return _with_values(request, values, "the command line")


def _toml(path: Path) -> dict[str, Any]:
    import tomllib  # most folders have no publish.toml

    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise PublishError(make("PUB-C001", f"Invalid TOML: {error}", source=str(path))) from None


def _with_limits(limits: Limits, values: dict[str, Any], source: str) -> Limits:
    """Return the limits with those that the values contain, and remove these from the values."""
    names = [setting.name for setting in settings_of(Limits) if setting.name in values]
    return built(Limits, {**asdict(limits), **{name: values.pop(name) for name in names}}, source)


def _with_values(request: Request, values: Mapping[str, Any], source: str) -> Request:
    """Return the request with values by field name, by short form, or in a table with the options of a format."""
    if not values:
        return request
    fields: dict[str, object] = {}
    others, options = without_short_forms(values, request.options)
    known = {setting.name for setting in settings_of(Request)}
    names = sorted({*known, *short_forms(), *(setting.name for setting in settings_of(Limits))})
    for key, value in others.items():
        if key in known:
            fields[key] = value
        elif isinstance(value, Mapping):
            options.setdefault(key, {}).update(value)
        else:
            hint = f"keys: {', '.join(names)}; or a table with the options of one format, such as [pdf]"
            raise PublishError(make("PUB-C001", f"Unknown setting: '{key}'", source=source, hint=hint))
    try:
        check_options({name: own for name, own in options.items() if own != request.options.get(name)})
    except PublishError as error:
        raise PublishError([replace(d, source=source) for d in error.diagnostics]) from None
    return built(Request, {**asdict(request), **fields, "options": options}, source)


def _environment() -> Iterator[tuple[str, object]]:
    """Yield the settings in environment variables; options of a format look like `PUBLISH_PDF_VARIANT`."""
    if not any(name.startswith(PREFIX) for name in os.environ) and not os.environ.get("SOURCE_DATE_EPOCH"):
        return
    plain: list[tuple[str, Setting]] = [
        (setting.name, setting) for struct in (Request, Limits) for setting in settings_of(struct)
    ]
    plain += [(short, option.setting) for short, option in short_forms().items()]
    for name, setting in plain:
        text = os.environ.get(setting.variable)
        if text:
            yield name, [part.strip() for part in text.split(",")] if setting.is_list else text
