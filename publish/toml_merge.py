"""Merge TOML tables that inherit from each other: house styles and jurisdictions."""

from __future__ import annotations

from typing import Any


def merged(inherited: dict[str, Any], own: dict[str, Any]) -> dict[str, Any]:
    """Merge tables key by key; any other value, including a list, replaces the inherited value."""
    out = dict(inherited)
    for key, value in own.items():
        old = out.get(key)
        out[key] = merged(old, value) if isinstance(old, dict) and isinstance(value, dict) else value
    return out
