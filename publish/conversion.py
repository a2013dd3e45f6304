"""Conversion of plain values to typed values, from any thread."""

from __future__ import annotations

import threading
from typing import TypeVar

import msgspec

Typed = TypeVar("Typed")

_LOCK = threading.RLock()
"""msgspec describes a type when it first converts to it. Two threads that do so at the same time can crash the
process. The lock is reentrant, because a struct can convert other values when it is created."""


def decoded(data: bytes, kind: type[Typed]) -> Typed:
    """Decode JSON that can come from an untrusted source.

    Raises:
        msgspec.MsgspecError: if it is not JSON in UTF-8, is nested too deeply, or does not fit the type.
    """
    try:
        return msgspec.json.decode(data, type=kind)
    except (UnicodeDecodeError, RecursionError) as error:
        raise msgspec.DecodeError(f"JSON is malformed: {error}") from None


def converted(value: object, kind: type[Typed], *, strict: bool = True) -> Typed:
    """Convert a value of plain types to a struct.

    Args:
        value: Mappings, lists, strings and numbers.
        kind: Type of the result.
        strict: Whether text is not converted to numbers and booleans.

    Raises:
        msgspec.ValidationError: if the value does not fit the type.
    """
    with _LOCK:
        return msgspec.convert(value, kind, strict=strict)


def encoded(value: object) -> bytes:
    """Return a value as JSON with keys in a fixed order; bytes of file names that are not UTF-8 become escapes."""
    try:
        return msgspec.json.encode(value, order="deterministic")
    except UnicodeEncodeError:
        return msgspec.json.encode(_escaped(msgspec.to_builtins(value)), order="deterministic")


def _escaped(value: object) -> object:
    match value:
        case str():
            return value.encode("utf-8", "backslashreplace").decode()
        case list() | tuple():
            return [_escaped(item) for item in value]
        case dict():
            return {_escaped(key): _escaped(item) for key, item in value.items()}
        case _:
            return value
