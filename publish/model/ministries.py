"""Dutch ministries, under the names that they have or had."""

from __future__ import annotations

import re

MINISTRIES = {
    "Algemene Zaken": "az",
    "Binnenlandse Zaken en Koninkrijksrelaties": "bzk",
    "Buitenlandse Zaken": "bz",
    "Defensie": "def",
    "Economische Zaken": "ez",
    "Economische Zaken en Klimaat": "ezk",
    "Financiën": "fin",
    "Infrastructuur en Waterstaat": "ienw",
    "Justitie en Veiligheid": "jenv",
    "Landbouw, Natuur en Voedselkwaliteit": "lnv",
    "Onderwijs, Cultuur en Wetenschap": "ocw",
    "Economische Zaken, Landbouw en Innovatie": "eli",
    "Klimaat en Groene Groei": "kgg",
    "Asiel en Migratie": "aenm",
    "Volkshuisvesting en Ruimtelijke Ordening": "vro",
    "Landbouw, Visserij, Voedselzekerheid en Natuur": "lvvn",
    "Infrastructuur en Milieu": "ienm",
    "Veiligheid en Justitie": "venj",
    "Justitie": "just",
    "Sociale Zaken en Werkgelegenheid": "szw",
    "Volksgezondheid, Welzijn en Sport": "vws",
}
"""Dutch ministries and the abbreviations that they use themselves."""


def split(text: str) -> list[str]:
    """The ministries of "Justitie en Veiligheid en Binnenlandse Zaken en Koninkrijksrelaties", one by one.

    A text in which no ministry is known is one part.
    """
    out: list[str] = []
    rest = text.strip()
    while rest:
        known = [name for name in _SPELLINGS if rest == name or rest.startswith((f"{name} en ", f"{name}, "))]
        if not known:
            return [*out, rest]
        name = max(known, key=len)
        out.append(name)
        rest = rest[len(name) :].removeprefix(",").strip().removeprefix("en ").strip()
    return out


_OFFICE = re.compile(
    r"(?P<office>Minister-President|Ministers?|Staatssecretaris(?:sen)?)(?:\s+(?:(?:van|voor)\s+)?(?P<body>.+))?",
    re.IGNORECASE,
)


def office_of(text: str) -> tuple[str, str]:
    """An office and its ministry, of a text such as "Staatssecretaris van Justitie en Veiligheid".

    The ministry is empty where the text names none; a text that is no office of a government is an office as a whole.
    """
    match = _OFFICE.fullmatch(text.strip())
    return (match["office"], match["body"] or "") if match else (text.strip(), "")


_SPELLINGS = (*MINISTRIES, "Binnenlandse Zaken en Koninkrijkrelaties")
"""Also as letters misspell them."""
