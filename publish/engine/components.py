"""All readers, writers and profiles of all packages, by the name of their options table.

A request contains options as plain values, so that it can be serialised. This module converts them to the structs that a
component declares.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple

import msgspec
from msgspec import Struct

from publish.diagnostics import PublishError
from publish.diagnostics.codes import make
from publish.options import Setting, Value, built, settings_of
from publish.profiles.registry import GENERIC, PROFILES, all_profiles
from publish.readers.registry import READERS, ReaderEntry, all_readers, reader_options
from publish.request import Request
from publish.writers.registry import WRITERS, WriterEntry, all_writers, writer_options


class FormatSetting(NamedTuple):
    """An option of a component."""

    component: str
    setting: Setting

    @property
    def name(self) -> str:
        """Name for `-O`, such as `pdf.variant`."""
        return f"{self.component}.{self.setting.name}"


def _declared(*, installed: bool) -> Iterator[tuple[str, type[Struct] | None]]:
    """Yield component names and options structs; include other packages only if `installed`, because the search is slow."""
    for profile in all_profiles() if installed else PROFILES:
        yield profile.name, profile.options if profile is not GENERIC else None
    for reader in all_readers() if installed else READERS:
        yield reader.options_name or reader.name, reader_options(reader)
    for writer in all_writers() if installed else WRITERS:
        yield writer.options_name or writer.name, writer_options(writer)


def structs_of(component: str) -> tuple[type[Struct], ...]:
    """Return the options structs of a component. A reader and a writer can share a name. Empty if it has no options.

    Raises:
        PublishError: PUB-C001, if the component is unknown.
    """
    for installed in (False, True):
        found = [(name, struct) for name, struct in _declared(installed=installed) if name == component]
        if found:
            return tuple(dict.fromkeys(struct for _, struct in found if struct is not None))
    known = sorted({name for name, struct in _declared(installed=True) if struct is not None})
    message = f"Unknown format: '{component}'"
    raise PublishError(make("PUB-C001", message, hint=f"formats with options: {', '.join(known)}"))


def options_for(component: str, struct: type[Struct], values: Mapping[str, Value]) -> Struct:
    """Convert values to one options struct; ignore values for another struct of the same component.

    Raises:
        PublishError: PUB-C001, if an option is unknown or a value is invalid.
    """
    structs = structs_of(component)
    known = {info.name for kind in structs for info in msgspec.structs.fields(kind)}
    unknown = sorted(set(values) - known)
    if unknown:
        hint = f"options: {', '.join(f'{component}.{name}' for name in sorted(known))}" if known else ""
        raise PublishError(make("PUB-C001", f"Unknown option: '{component}.{unknown[0]}'", hint=hint))
    own = {info.name for info in msgspec.structs.fields(struct)}
    return built(
        struct, {name: value for name, value in values.items() if name in own}, f"options of '{component}'"
    )


def options_of(entry: ReaderEntry | WriterEntry, request: Request) -> Struct | None:
    """Return the options in a request for a reader or writer; None if it declares no options.

    Raises:
        PublishError: PUB-C001, if an option is unknown or a value is invalid.
    """
    struct = reader_options(entry) if isinstance(entry, ReaderEntry) else writer_options(entry)
    if struct is None:
        return None
    component = entry.options_name or entry.name
    return options_for(component, struct, request.options.get(component, {}))


def check_options(options: Mapping[str, Mapping[str, Value]]) -> None:
    """Reject unknown options and invalid values.

    Raises:
        PublishError: PUB-C001, if a component or option is unknown or a value is invalid.
    """
    for component, values in options.items():
        structs = structs_of(component)
        if not structs:
            raise PublishError(make("PUB-C001", f"The format '{component}' has no options"))
        for struct in structs:
            options_for(component, struct, values)


@cache
def short_forms() -> dict[str, FormatSetting]:
    """Return the options of built-in components that have a top-level key in `publish.toml` and a command line option."""
    found: dict[str, FormatSetting] = {}
    for component, struct in _declared(installed=False):
        for setting in settings_of(struct) if struct is not None else ():
            if setting.short:
                found.setdefault(setting.short, FormatSetting(component, setting))
    return found


def without_short_forms(
    values: Mapping[str, Any], options: Mapping[str, Mapping[str, Value]]
) -> tuple[dict[str, Any], dict[str, dict[str, Value]]]:
    """Move the options that `values` contains by their short form into a copy of `options`; return both."""
    known = short_forms()
    moved = {component: dict(own) for component, own in options.items()}
    for key, value in values.items():
        if key in known:
            component, setting = known[key]
            moved.setdefault(component, {})[setting.name] = value
    return {key: value for key, value in values.items() if key not in known}, moved


def all_options() -> Iterator[FormatSetting]:
    """Yield each option of all installed components once."""
    seen: set[str] = set()
    for component, struct in _declared(installed=True):
        for setting in settings_of(struct) if struct is not None else ():
            option = FormatSetting(component, setting)
            if option.name not in seen:
                seen.add(option.name)
                yield option
