"""Common parts of all CSS: rules, lengths, and the style of headings of sections with a role."""

from __future__ import annotations

from publish.style.tokens import Style

Rules = list[str]


def pt(value: float) -> str:
    """Return a length in points as CSS."""
    return f"{value:g}pt"


def _class(role: str) -> str:
    return role.replace(":", "-")


def emphasis(weight: str | None, slant: str | None) -> str:
    """Return declarations for weight and slant; empty if both are inherited."""
    out = [f"font-weight: {weight};"] if weight else []
    return " ".join([*out, f"font-style: {slant};"] if slant else out)


def roles(style: Style) -> Rules:
    """Return the rules for headings of sections with a role."""
    return [
        f".{_class(role)} > .heading {{ {emphasis(line.weight, line.slant)} }}"
        for role, line in style.roles.items()
    ]
