"""Settings of an office: defaults, then publish.toml, then the environment, then the command line.

An unknown key is an error: a misspelt setting must not be silent.
"""

from __future__ import annotations

import os
from pathlib import Path

import msgspec
from msgspec import field

from publish.diagnostics import PublishError
from publish.diagnostics.codes import make
from publish.model.options import Options

FILE = "publish.toml"
PREFIX = "PUBLISH_"


class Settings(Options, frozen=True, forbid_unknown_fields=True):
    """What `publish` does where the command line does not say: how it reads, and what it makes."""

    formats: tuple[str, ...] = ("all",)
    """Environment: PUBLISH_FORMATS, names with commas between them."""
    output: str = "output"
    style: str = ""
    profile: str = ""
    verify: bool = True
    pdf_variant: str = ""
    pdf_engine: str = ""
    docx_template: str = ""
    jurisdiction: str = ""
    enrich: bool = True
    deposit: dict[str, str] = field(default_factory=dict)
    """What an archive must be told (`publish.deposit.asked`)."""


def load(folder: Path | None = None) -> Settings:
    """The settings that hold in a folder; without one, in the current folder.

    Raises:
        PublishError: PUB-C001, naming the key and the place.
    """
    path = (folder or Path()) / FILE
    values: dict[str, object] = {}
    if path.is_file():
        import tomllib  # most folders have no such file

        try:
            values = tomllib.loads(path.read_text("utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
            raise PublishError(make("PUB-C001", f"not TOML: {error}", source=str(path))) from None
    values = _convert(values, str(path))
    environment: dict[str, object] = {}
    for name in Settings.__struct_fields__:
        if name == "deposit":
            continue  # a table, which no variable holds
        given = os.environ.get(PREFIX + name.upper())
        if given:
            environment[name] = [part.strip() for part in given.split(",")] if name == "formats" else given
    _convert(environment, f"the environment ({PREFIX}…)")
    return msgspec.convert({**values, **environment}, Settings, strict=False)


def _convert(values: dict[str, object], place: str) -> dict[str, object]:
    try:
        msgspec.convert(values, Settings, strict=False)
    except msgspec.ValidationError as error:
        keys = ", ".join(Settings.__struct_fields__)
        raise PublishError(make("PUB-C001", str(error), source=place, hint=f"keys: {keys}")) from None
    return values
