"""Convert between the languages of documents (BCP 47) and those of IRIs (ISO 639-2 and 639-3)."""

from __future__ import annotations

from functools import cache

UNDETERMINED = "und"
"""The code of ISO 639-2 for a language that is not known."""


@cache
def three_letters(tag: str) -> str:
    """Return the three-letter code for a language tag, such as `nld` for `nl-BE`; `und` if the language is not known.

    If a language has two codes, this is the terminological one (ISO 639-2/T): `deu`, not `ger`.
    """
    from langcodes import Language
    from langcodes.tag_parser import LanguageTagError

    try:
        return Language.get(tag or UNDETERMINED).to_alpha3()
    except (LanguageTagError, LookupError):
        return UNDETERMINED


@cache
def shortest(code: str) -> str:
    """Return the language tag for the code of an IRI, such as `nl` for `nld`; empty if the language is not known."""
    if three_letters(code) == UNDETERMINED:
        return ""
    from langcodes import Language

    return Language.get(code).language or ""
