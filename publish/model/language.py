"""Language tags."""

from __future__ import annotations

import re

from publish.model.nodes import Attrs

_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")


def as_tag(text: str) -> str:
    """Convert the language in a manuscript to a BCP 47 tag with hyphens: `fr_BE` becomes `fr-BE`."""
    return text.replace("_", "-")


def is_language(tag: str) -> bool:
    """Return whether a text has the form of a BCP 47 language tag (RFC 5646, 2.1), such as `nl` or `en-GB`."""
    return _TAG.fullmatch(tag) is not None


_LEFTWARD = frozenset(
    ["ar", "arc", "ckb", "dv", "fa", "he", "ks", "pnb", "ps", "sd", "syr", "ug", "ur", "yi"]
)
"""Languages that are written from right to left if their tag contains no script."""

_LEFTWARD_SCRIPTS = frozenset({"arab", "hebr", "nkoo", "syrc", "thaa"})

RTL_LETTERS = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"
"""Letters of these scripts, for a character class in a regular expression."""


def is_rtl(tag: str) -> bool:
    """Return whether the language of a BCP 47 tag is written from right to left."""
    language, *rest = tag.lower().split("-")
    script = next((part for part in rest if len(part) == 4 and part.isalpha()), "")
    return script in _LEFTWARD_SCRIPTS if script else language in _LEFTWARD


def runs_to_the_left(attrs: Attrs) -> bool:
    """Return whether `dir`, or else `lang`, makes text with these attributes run from right to left."""
    if not attrs.values:
        return False
    direction = attrs.get("dir").lower()
    return direction == "rtl" or (direction != "ltr" and is_rtl(attrs.get("lang")))
