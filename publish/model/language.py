"""Language tags."""

from __future__ import annotations

import re

_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")


def is_language(tag: str) -> bool:
    """Whether a text has the form of a BCP 47 language tag (RFC 5646, 2.1), such as `nl` or `en-GB`."""
    return _TAG.fullmatch(tag) is not None
