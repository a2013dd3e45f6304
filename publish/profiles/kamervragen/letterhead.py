"""Lines of a covering letter: letterhead, addresses, references, salutation, covering sentence and signature.

Each rule recognises one kind of line. A line that no rule recognises is text of the paper.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from publish.profiles.kamervragen.dates import DATE
from publish.profiles.kamervragen.letter_text import (
    CASE,
    NAME_WORDS,
    covering_sentence,
    head_of_answers,
    is_office,
    on_behalf,
    signatures,
)

LABELS = frozenset(
    {
        "auteur", "behandeld door", "bezoekadres", "bijlage", "bijlagen", "bijlage(n)", "betreft", "contactpersoon", "datum",
        "doorkiesnummer", "dossier", "e-mail", "inlichtingen bij", "kenmerk", "kopie aan", "onderwerp", "ons kenmerk",
        "onze referentie", "postadres", "projectnaam", "telefoon", "uw brief", "uw brief (kenmerk)", "uw brief van", "uw kenmerk",
        "uw referentie", "zaaknummer",
    }
)  # fmt: skip
"""Labels in the reference block of a letter; the value is on the same line or on the next."""

FREE = frozenset({"betreft", "onderwerp"})
"""Labels after which any text on the same line is the value, without a tab or a colon."""

LONGEST_SUBJECT = 300
"""Maximum number of characters of a subject."""

MOST_WORDS = 6
"""Maximum number of words of the value of another label, such as a name or a number of annexes."""

_STREET = re.compile(rf"{NAME_WORDS} \d{{1,4}}\s?[a-zA-Z]?")
"""A street with a number, which is one only next to another line of an address."""

_LINES = re.compile(
    "|".join(
        [
            r">?\s*Retouradres\b.{0,120}",
            r"(?:Aan )?[Dd]e (?:heer |mevrouw )?[Vv]oorzitter\b.{0,80}",
            r"[Vv]oorzitter van de (?:Tweede|Eerste) Kamer\b.{0,40}",
            r"(?:de )?(?:Tweede|Eerste) Kamer der Staten-Generaal",
            r"der Staten-Generaal",
            r"Postbus\s+\d{1,6}(?:\s+\d{4}\s?[A-Z]{2}\s+.{1,40})?",
            r"Binnenhof\s+\d{1,3}\s?[A-Za-z]?",
            r"\d{4}\s?[A-Z]{2}\s+['’]?[A-Za-z][\w .'’-]{1,40}",
            r"(?:[TFM]|Tel|Fax|Telefoon|Mobiel)\b[\s.:]*\+?[\d\s()-]{7,25}",
            r"\+?[\d\s()-]{9,20}",
            r"(?:https?://|www\.)\S{3,100}",
            r"\S{1,60}@\S{3,60}",
            r"(?:Den Haag|’s-Gravenhage|'s-Gravenhage|Nederland)",
            r"Pagina\s+\d{1,4}(?:\s+van\s+\d{1,4})?",
            rf"(?:Ministerie|Directoraat-Generaal|Directie|Hoofddirectie|Afdeling|Programma|Bureau|Cluster|DG|Bestuursdepartement)(?: {NAME_WORDS})?(?<!\.)",
            r"Bij beantwoording de datum en ons kenmerk vermelden\b.{0,120}",
            r"Correspondentie uitsluitend richten aan\b.{0,160}",
            r"Geachte (?:mevrouw |heer |leden |mevrouw de |heer de )?[Vv]oorzitter\s*,?",
            r"Geachte (?:heer|mevrouw|leden)\b.{0,60},",
            r"(?:Hoogachtend|Met vriendelijke groet(?:en)?|Met hoogachting)\s*,?",
            rf"(?:Den Haag|’s-Gravenhage|'s-Gravenhage)\s*,\s*{DATE}",
            CASE.pattern,
        ]
    )
)  # fmt: skip


class Labelled(Struct, frozen=True):
    """A label of the reference block, with its value."""

    label: str
    """In lower case, without a colon."""
    value: str
    lines: tuple[int, ...]
    """Numbers of its lines."""


def recognised(lines: Sequence[str]) -> frozenset[int]:
    """Return the numbers of the lines that belong to the letter and not to the paper."""
    found = {k for k, line in enumerate(lines) if _LINES.fullmatch(line) or on_behalf(line)}
    blocks = list(labelled(lines))
    found.update(k for one in blocks for k in one.lines)
    # Some letters repeat the subject, as the name of a project.
    subjects = {one.value for one in blocks if one.label in FREE and one.value}
    found.update(k for k, line in enumerate(lines) if line in subjects)
    streets = [k for k, line in enumerate(lines) if _STREET.fullmatch(line)]
    found.update(k for k in streets if {k - 1, k + 1} & found)
    found.update(covering_sentence(lines)[1])
    found.update(head_of_answers(lines)[1])
    found.update(k for one in signatures(lines) for k in one.lines)
    found.update(k for k, line in enumerate(lines) if is_office(line))
    return frozenset(found)


def labelled(lines: Sequence[str]) -> Iterator[Labelled]:
    """Yield the labels of the reference block with their values, on the same line or on the next."""
    for k, line in enumerate(lines):
        label, value = _parts(line)
        if label not in LABELS or (value and not _is_value(label, value)):
            continue
        following = lines[k + 1].strip() if k + 1 < len(lines) else ""
        is_value = following and _parts(following)[0] not in LABELS and _is_value(label, following)
        if value or not is_value:
            yield Labelled(label, value, (k,))
        else:
            yield Labelled(label, following, (k, k + 1))


def _parts(line: str) -> tuple[str, str]:
    """Return the label at the beginning of a line, in lower case, and the text after it."""
    separator = "\t" if "\t" in line else ":"
    label, _, value = line.partition(separator)
    first, _, rest = line.partition(" ")
    is_date = first.lower() == "datum" and re.fullmatch(DATE, rest.strip())
    if label.strip().lower() not in LABELS and (first.lower() in FREE or is_date):
        label, value = first, rest
    return label.strip().rstrip(":").lower(), value.strip()


def _is_value(label: str, text: str) -> bool:
    """Return whether a text can be the value of a label; a sentence is text of the paper."""
    if label in FREE:
        return len(text) <= LONGEST_SUBJECT and not (text.endswith(".") and len(text.split()) > 12)
    if label == "datum":
        return re.fullmatch(DATE, text) is not None
    return len(text.split()) <= MOST_WORDS and not text.endswith(".")
