"""Languages as IRIs and as documents name them."""

from __future__ import annotations

LANGUAGES = {
    "nl": "nld",
    "en": "eng",
    "fr": "fra",
    "de": "deu",
    "es": "spa",
    "it": "ita",
    "pt": "por",
    "sv": "swe",
    "fi": "fin",
    "da": "dan",
    "ga": "gle",
    "el": "ell",
    "pl": "pol",
    "ro": "ron",
    "cs": "ces",
    "hu": "hun",
    "fy": "fry",
    "pap": "pap",
    "bg": "bul",
    "hr": "hrv",
    "et": "est",
    "lv": "lav",
    "lt": "lit",
    "mt": "mlt",
    "sk": "slk",
    "sl": "slv",
    "cy": "cym",
    "la": "lat",
}
"""ISO 639-1 codes, as documents give them, and the ISO 639-2 codes that IRIs need."""


def two_letters(code: str) -> str:
    """The ISO 639-1 code for one of ISO 639-2, such as `nl` for `nld`; empty where there is none."""
    return next((short for short, long in LANGUAGES.items() if code.lower() in {long, short}), "")
