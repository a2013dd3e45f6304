"""Addresses that a document can link to."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

LINK_SCHEMES = frozenset({"http", "https", "mailto", "ftp", "tel"})

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")


def is_address(href: str) -> bool:
    """Return whether every format can contain this address: a known scheme, and a host if the scheme requires one."""
    scheme = _SCHEME.match(href)
    if scheme is None or scheme[1].lower() not in LINK_SCHEMES:
        return False
    try:
        parts = urlsplit(href)
        _ = parts.port  # raises ValueError if the port is not a number
    except ValueError:
        return False
    brackets = any(c in parts.netloc for c in "[]%<>\"' ")
    return parts.scheme not in {"http", "https", "ftp"} or (bool(parts.hostname) and not brackets)
