"""Which components there are, by the name of the table that holds their options: readers, writers, profiles, of any package.

A request carries options as plain values, so that it can be sent anywhere. They become the structs that a component declares here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple

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
        """What `-O` calls it: `pdf.variant`."""
        return f"{self.component}.{self.setting.name}"


def _declared(*, installed: bool) -> Iterator[tuple[str, type[Struct] | None]]:
    """Names of components and what they declare; of other packages only when asked, for finding them costs time."""
    for profile in all_profiles() if installed else PROFILES:
        yield profile.name, profile.options if profile is not GENERIC else None
    for reader in all_readers() if installed else READERS:
        yield reader.options_name or reader.name, reader_options(reader)
    for writer in all_writers() if installed else WRITERS:
        yield writer.options_name or writer.name, writer_options(writer)


def structs_of(component: str) -> tuple[type[Struct], ...]:
    """The structs of options that a component declares: one of a reader and one of a writer may share a name.

    Raises:
        PublishError: PUB-C001, if there is no such component, or it has no options.
    """
    for installed in (False, True):
        found = [(name, struct) for name, struct in _declared(installed=installed) if name == component]
        if found:
            return tuple(dict.fromkeys(struct for _, struct in found if struct is not None))
    known = sorted({name for name, struct in _declared(installed=True) if struct is not None})
    message = f"Unknown format: '{component}'"
    raise PublishError(make("PUB-C001", message, hint=f"formats with options: {', '.join(known)}"))


def options_for(component: str, struct: type[Struct], values: Mapping[str, Value]) -> Struct:
    """The options of one struct; values that another struct of the same component declares are left out.

    Raises:
        PublishError: PUB-C001, for an option that nothing declares, or a wrong value.
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
    """The options that a request holds for a reader or writer; None if that has none.

    Raises:
        PublishError: PUB-C001.
    """
    struct = reader_options(entry) if isinstance(entry, ReaderEntry) else writer_options(entry)
    if struct is None:
        return None
    component = entry.options_name or entry.name
    return options_for(component, struct, request.options.get(component, {}))


def check_options(options: Mapping[str, Mapping[str, Value]]) -> None:
    """Reject options that no component declares, and wrong values.

    Raises:
        PublishError: PUB-C001.
    """
    for component, values in options.items():
        structs = structs_of(component)
        if not structs:
            raise PublishError(make("PUB-C001", f"The format '{component}' has no options"))
        for struct in structs:
            options_for(component, struct, values)


@cache
def short_forms() -> dict[str, FormatSetting]:
    """The options of our own components that have a key at the top level of `publish.toml` and an option of the command line."""
    found: dict[str, FormatSetting] = {}
    for component, struct in _declared(installed=False):
        for setting in settings_of(struct) if struct is not None else ():
            if setting.short:
                found.setdefault(setting.short, FormatSetting(component, setting))
    return found


def all_options() -> Iterator[FormatSetting]:
    """Every option of every installed component, each once."""
    seen: set[str] = set()
    for component, struct in _declared(installed=True):
        for setting in settings_of(struct) if struct is not None else ():
            option = FormatSetting(component, setting)
            if option.name not in seen:
                seen.add(option.name)
                yield option
