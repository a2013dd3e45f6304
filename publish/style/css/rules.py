"""What every kind of CSS needs: rules, lengths, and how headings of sections with a role look."""

from __future__ import annotations

from publish.style.tokens import Style

Rules = list[str]


def pt(value: float) -> str:
    """A length in points."""
    return f"{value:g}pt"


def _class(role: str) -> str:
    return role.replace(":", "-")


def emphasis(weight: str | None, slant: str | None) -> str:
    """Declarations for what is given; nothing where both are inherited."""
    out = [f"font-weight: {weight};"] if weight else []
    return " ".join([*out, f"font-style: {slant};"] if slant else out)


def roles(style: Style) -> Rules:
    """How headings of sections with a role differ from others."""
    return [
        f".{_class(role)} > .heading {{ {emphasis(line.weight, line.slant)} }}"
        for role, line in style.roles.items()
    ]
