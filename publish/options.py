"""Settings: fields of a frozen struct, each declared once with `setting(...)`.

The request declares the settings of a build. Each reader, writer and profile declares its own struct. Command line,
`publish.toml`, environment and Python API are built from these declarations.
"""

from __future__ import annotations

import types
from collections.abc import Mapping
from functools import cache
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

import msgspec
from msgspec import Meta, Struct

from publish.conversion import converted
from publish.diagnostics import PublishError
from publish.diagnostics.codes import make

PathKind = Literal["", "input", "name", "output"]
"""Whether a value is a path: of an input file, of a file unless the value is a known name, or of an output."""

Value = bool | int | float | str | list[str]
"""Value of an option in a settings file, on the command line or in a request."""

Options = TypeVar("Options", bound=Struct)


class Setting(Struct, frozen=True):
    """The declaration of one setting."""

    name: str
    """Name of the field, which is also the key in `publish.toml` and the argument in Python."""
    type: Any
    default: Any
    help: str
    metavar: str = ""
    path: PathKind = ""
    flag: str = ""
    """Option on the command line, without dashes; a Boolean that is true by default gets the prefix `--no-`."""
    short: str = ""
    """Key of a format option at the top level of `publish.toml`; flag and environment variable are derived from it."""
    environment: str = ""

    @property
    def option(self) -> str:
        """Option as written on the command line, such as `--style` or `--no-verify`."""
        word = self.flag or (self.short or self.name).replace("_", "-")
        return f"--no-{word}" if self.is_switch and self.default else f"--{word}"

    @property
    def is_switch(self) -> bool:
        """Whether the setting is a Boolean."""
        return self.type is bool

    @property
    def is_list(self) -> bool:
        """Whether the setting can be given several times."""
        return get_origin(self.type) is tuple

    @property
    def choices(self) -> tuple[str, ...]:
        """Permitted values, if the setting has a fixed list of them."""
        return get_args(self.type) if get_origin(self.type) is Literal else ()

    @property
    def variable(self) -> str:
        """Name of the environment variable."""
        return self.environment or f"PUBLISH_{(self.short or self.name).upper()}"


def setting(help_text: str, **more: str) -> Meta:
    """Declare a setting in the annotation of a field, as in `publish/request.py`.

    Args:
        help_text: Description of the setting, for `--help` and the documentation.
        more: Other fields of `Setting`.
    """
    return Meta(description=help_text, extra={"setting": more})


@cache
def settings_of(struct: type[Struct]) -> tuple[Setting, ...]:
    """Return the settings that a struct declares, in order; skip fields without `setting(...)`."""
    hints = get_type_hints(struct, include_extras=True)
    found = []
    for info in msgspec.structs.fields(struct):
        hint = hints[info.name]
        meta = next((m for m in getattr(hint, "__metadata__", ()) if isinstance(m, Meta) and m.extra), None)
        if meta is None or meta.extra is None or "setting" not in meta.extra:
            continue
        plain = get_args(hint)[0] if get_origin(hint) is Annotated else hint
        if get_origin(plain) in {Union, types.UnionType}:
            plain = next(part for part in get_args(plain) if part is not types.NoneType)
        found.append(Setting(info.name, plain, info.default, meta.description or "", **meta.extra["setting"]))
    return tuple(found)


def built(struct: type[Options], values: Mapping[str, object], source: str) -> Options:
    """Create a struct from values by field name; the values can be text.

    Args:
        struct: Type of the struct.
        values: Field names and values.
        source: Origin of the values, for the message.

    Raises:
        PublishError: PUB-C001, if a name or value is invalid; the hint lists the existing names.
    """
    try:
        return converted(dict(values), struct, strict=False)
    except msgspec.ValidationError as error:
        hint = f"keys: {', '.join(info.encode_name for info in msgspec.structs.fields(struct))}"
        raise PublishError(make("PUB-C001", str(error), source=source, hint=hint)) from None


def assigned(words: list[str]) -> dict[str, dict[str, Value]]:
    """Read arguments of the form `-O format.option=value`.

    Raises:
        PublishError: PUB-C001, if an argument has another form.
    """
    out: dict[str, dict[str, Value]] = {}
    for word in words:
        name, equals, value = word.partition("=")
        namespace, dot, option = name.strip().partition(".")
        if not (equals and dot and namespace and option):
            message = f"Not an option: '{word}'"
            raise PublishError(
                make("PUB-C001", message, hint="write -O FORMAT.OPTION=VALUE, such as -O pdf.variant=2b")
            )
        out.setdefault(namespace, {})[option.replace("-", "_")] = value.strip()
    return out
