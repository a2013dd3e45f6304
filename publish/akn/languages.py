"""Convert between the languages of documents (BCP 47) and those of IRIs (ISO 639-2 and 639-3)."""

from __future__ import annotations

from functools import cache

UNDETERMINED = "und"
"""The code of ISO 639-2 for a language that is not known."""


COMMON = {
    "bg": "bul", "cs": "ces", "da": "dan", "de": "deu", "el": "ell", "en": "eng", "es": "spa", "et": "est", "fi": "fin",
    "fr": "fra", "fy": "fry", "ga": "gle", "hr": "hrv", "hu": "hun", "it": "ita", "lt": "lit", "lv": "lav", "mt": "mlt",
    "nl": "nld", "pl": "pol", "pt": "por", "ro": "ron", "sk": "slk", "sl": "slv", "sv": "swe",
}  # fmt: skip
"""Codes of the official languages of the EU, and of Frisian. The import of langcodes takes a fifth of a short command."""


@cache
def three_letters(tag: str) -> str:
    """Return the three-letter code for a language tag, such as `nld` for `nl-BE`; `und` if the language is not known.

    If a language has two codes, this is the terminological one (ISO 639-2/T): `deu`, not `ger`.
    """
    language = tag.partition("-")[0].lower()
    if language in COMMON:
        return COMMON[language]
    from langcodes import Language
    from langcodes.tag_parser import LanguageTagError

    try:
        return Language.get(tag or UNDETERMINED).to_alpha3()
    except (LanguageTagError, LookupError):
        return UNDETERMINED


@cache
def shortest(code: str) -> str:
    """Return the language tag for the code of an IRI, such as `nl` for `nld`; empty if the language is not known."""
    for short, long in COMMON.items():
        if code == long:
            return short
    if three_letters(code) == UNDETERMINED:
        return ""
    from langcodes import Language

    return Language.get(code).language or ""
