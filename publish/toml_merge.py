"""Tables of TOML that inherit from one another: house styles, and jurisdictions."""

from __future__ import annotations

from typing import Any


def merged(inherited: dict[str, Any], own: dict[str, Any]) -> dict[str, Any]:
    """Tables are merged key by key; anything else, lists among them, takes the place of what was inherited."""
    out = dict(inherited)
    for key, value in own.items():
        old = out.get(key)
        out[key] = merged(old, value) if isinstance(old, dict) and isinstance(value, dict) else value
    return out
