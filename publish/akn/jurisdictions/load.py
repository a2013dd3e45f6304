"""Find and read the file of a jurisdiction."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from publish.akn.jurisdictions.tables import Jurisdiction
from publish.conversion import converted
from publish.diagnostics import PublishError
from publish.diagnostics.codes import make
from publish.storage import MEGABYTE, read_regular
from publish.toml_merge import merged

HERE = Path(__file__).parent
GENERIC = "generic"
SHIPPED = ("nl", "eu", GENERIC)
LARGEST = MEGABYTE
"""Bytes of the largest file of a jurisdiction."""


def find(name: str, country: str) -> Jurisdiction:
    """Return the requested jurisdiction, else the jurisdiction of the country, else the generic one.

    Args:
        name: A jurisdiction that comes with publish, or the path of a file.
        country: ISO 3166-1 alpha-2.

    Raises:
        PublishError: PUB-C001, if the jurisdiction is not found or its file is invalid.
    """
    if name:
        return load(name)
    return load(country.lower() if country.lower() in SHIPPED else GENERIC)


def load(name: str) -> Jurisdiction:
    """Load a jurisdiction by name or by the path of its file. The generic jurisdiction supplies missing values.

    Raises:
        PublishError: PUB-C001, if the jurisdiction is not found or its file is invalid.
    """
    if name in SHIPPED:
        return _shipped(name)
    try:
        text = read_regular(Path(name), LARGEST).decode()
    except (OSError, ValueError) as error:
        hint = f"Use one of: {', '.join(SHIPPED)}, or the path of a .toml file"
        reason = getattr(error, "strerror", None) or error
        message = f"Jurisdiction not found: '{name}': {reason}"
        raise PublishError(make("PUB-C001", message, hint=hint)) from None
    return _parsed(name, text)


@cache
def _shipped(name: str) -> Jurisdiction:
    return _parsed(name, (HERE / f"{name}.toml").read_text("utf-8"))


def _parsed(name: str, text: str) -> Jurisdiction:
    try:
        values = tomllib.loads(text)
        if name != GENERIC:
            values = merged(_generic(), values)
        return converted(values, Jurisdiction)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise PublishError(make("PUB-C001", f"Invalid jurisdiction: {error}", source=name)) from None


def _generic() -> dict[str, Any]:
    return tomllib.loads((HERE / f"{GENERIC}.toml").read_text("utf-8"))


@cache
def event_roles() -> dict[str, str]:
    """Return the roles of dates by the eIds of the events that dates of a file refer to, for all shipped jurisdictions."""
    out: dict[str, str] = {}
    for name in SHIPPED:
        for role, entity in load(name).events.items():
            out.setdefault(entity.eid or role, role)
    return out
