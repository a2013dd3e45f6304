"""Dutch laws by the names used in citations, and their identifiers in the national database (BWB, wetten.overheid.nl).

publish does not link a law that is not in the table, and does not guess identifiers.
"""

from __future__ import annotations

import re

LAWS = {
    "Algemene Ouderdomswet": "BWBR0002221",
    "Algemene wet bestuursrecht": "BWBR0005537",
    "Algemene wet inzake rijksbelastingen": "BWBR0002320",
    "Auteurswet": "BWBR0001886",
    "Faillissementswet": "BWBR0001860",
    "Grondwet": "BWBR0001840",
    "Jeugdwet": "BWBR0034925",
    "Omgevingswet": "BWBR0037885",
    "Participatiewet": "BWBR0015703",
    "Uitvoeringswet Algemene verordening gegevensbescherming": "BWBR0040940",
    "Vreemdelingenwet 2000": "BWBR0011823",
    "Wegenverkeerswet 1994": "BWBR0006622",
    "Wet basisregistratie personen": "BWBR0033715",
    "Wet langdurige zorg": "BWBR0035917",
    "Wet op de ondernemingsraden": "BWBR0002747",
    "Wet op het financieel toezicht": "BWBR0020368",
    "Wet open overheid": "BWBR0045754",
    "Wetboek van Burgerlijke Rechtsvordering": "BWBR0001827",
    "Wetboek van Strafrecht": "BWBR0001854",
    "Wetboek van Strafvordering": "BWBR0001903",
    "Zorgverzekeringswet": "BWBR0018450",
}

SHORT = {
    "AOW": "Algemene Ouderdomswet",
    "Awb": "Algemene wet bestuursrecht",
    "Sr": "Wetboek van Strafrecht",
    "Sv": "Wetboek van Strafvordering",
    "UAVG": "Uitvoeringswet Algemene verordening gegevensbescherming",
    "WVW 1994": "Wegenverkeerswet 1994",
    "Wft": "Wet op het financieel toezicht",
    "Wlz": "Wet langdurige zorg",
    "Woo": "Wet open overheid",
    "Zvw": "Zorgverzekeringswet",
}
"""Abbreviations; they are case-sensitive."""

CIVIL_CODE = {"2": "BWBR0003045", "6": "BWBR0005289", "7": "BWBR0005290"}
"""Books of the Burgerlijk Wetboek: `artikel 6:162 BW`."""

ORDINALS = (
    "eerste",
    "tweede",
    "derde",
    "vierde",
    "vijfde",
    "zesde",
    "zevende",
    "achtste",
    "negende",
    "tiende",
)

_BY_NAME = {law.lower(): identifier for law, identifier in LAWS.items()}
_NAMES = "|".join(re.escape(name) for name in sorted((*LAWS, "Burgerlijk Wetboek"), key=len, reverse=True))
_SHORT_NAMES = "|".join(re.escape(name) for name in sorted((*SHORT, "BW"), key=len, reverse=True))

ARTICLE = (
    r"\b[Aa]rtikel\s+(?P<article>\d{1,4}[a-z]{0,3}(?:[.:]\d{1,3}[a-z]{0,2})*)"
    rf"(?:\s*,?\s*(?:(?P<ordinal>{'|'.join(ORDINALS)})\s+lid|lid\s+(?P<lid>\d{{1,2}})))?"
    r"(?:\s*,?\s*(?:aanhef\s+en\s+)?(?:onder|onderdeel|sub)\s+[a-z0-9]{1,3}(?:\s*,?\s*(?:onder)?\s*\d{1,2}°)?)?"
    r"\s*,?\s*(?:van\s+)?(?:de\s+|het\s+)?"
    rf"(?:(?P<name>(?i:{_NAMES}))|(?P<short>{_SHORT_NAMES}))\b"
)
"""A reference to an article, followed by the name of its law."""


def target(match: re.Match[str]) -> str:
    """Return the JCI (Juriconnect, BWB 1.3.1) of the cited article; empty if the law is unknown."""
    article = match["article"]
    name = match["name"] or SHORT.get(match["short"] or "", match["short"] or "")
    if name in {"BW", "Burgerlijk Wetboek"}:
        law = CIVIL_CODE.get(article.partition(":")[0], "") if ":" in article else ""
        article = article.partition(":")[2]
    else:
        law = _BY_NAME.get(name.lower(), "")
    if not law:
        return ""
    lid = match["lid"] or (str(ORDINALS.index(match["ordinal"].lower()) + 1) if match["ordinal"] else "")
    return f"jci1.3:c:{law}&artikel={article}" + (f"&lid={lid}" if lid else "")
