"""Current and former names of Dutch ministries."""

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
"""Names of Dutch ministries, with the abbreviations that the ministries use."""


def split(text: str) -> list[str]:
    """Split a text such as "Justitie en Veiligheid en Binnenlandse Zaken en Koninkrijksrelaties" into ministries.

    Return text without a known ministry as one part.
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
    """Split a text such as "Staatssecretaris van Justitie en Veiligheid" into office and ministry.

    The ministry is empty if the text contains none. If the text is not a government office, return all of it as the office.
    """
    match = _OFFICE.fullmatch(text.strip())
    return (match["office"], match["body"] or "") if match else (text.strip(), "")


MISSPELLED = {
    "Binnenlandse Zaken en Koninkrijkrelaties": "Binnenlandse Zaken en Koninkrijksrelaties",
    "Binnenlandse Zaken en Koninkrijkszaken": "Binnenlandse Zaken en Koninkrijksrelaties",
}
"""Names that occur in letters, and the names of the ministries."""

_SPELLINGS = (*MINISTRIES, *MISSPELLED)
