"""The forms in which publications cite other publications, as data, and the meaning of each form.

The normal forms are those of the Aanwijzingen voor de regelgeving, 3.43 to 3.45. Publications vary them; the variants here
were seen in print. A form applies only if its identifier is well-formed; a full stop after it is never part of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache

from msgspec import Struct

from publish.references import laws
from publish.references.publications import ADDRESS, parse


class Found(Struct, frozen=True):
    """A reference in a text."""

    start: int
    end: int
    scheme: str
    identifier: str
    href: str = ""
    """The address of the cited publication, if known."""


Meaning = Callable[[re.Match[str]], Iterator[Found]]

_ROMAN = r"[IVXLC]{1,7}[AB]?"
_SESSION = r"\d{4}\s*[/–-]\s*-?\s*\d{2,4}"
_DOSSIER = (
    rf"(?P<dossier>\d{{2}}[ \u00a0]?\d{{3}})(?:[ -](?P<chapter>{_ROMAN}|\d{{2}}(?!\d)|[A-M](?![A-Za-z])))?"
)
_NUMBERS = r"\d{1,4}(?:(?:, | en |, en )\d{1,4}(?!\d|\s?\d{3}))*"


def session(text: str) -> str:
    """Return a session as in identifiers (`20222023`) for `2022/23`, `2022/-23` or `2022–2023`; empty if it is invalid."""
    years = re.findall(r"\d+", text)
    if len(years) != 2 or len(years[0]) != 4 or len(years[1]) not in {2, 4}:
        return ""
    second = years[1] if len(years[1]) == 4 else str(int(years[0]) + 1)[:2] + years[1]
    return years[0] + second if int(second) == int(years[0]) + 1 else ""


def _published(match: re.Match[str], identifier: str, scheme: str) -> Iterator[Found]:
    if parse(identifier) is not None:
        yield Found(*match.span(), scheme, identifier, ADDRESS.format(identifier))


def _numbered(match: re.Match[str], series: str, scheme: str) -> Iterator[Found]:
    """Yield a reference for each number, such as two references for "nrs. 12 en 14"."""
    numbers = list(re.finditer(r"\d+|[A-Z]{1,2}", match["numbers"]))
    start = match.start("numbers")
    for number in numbers:
        identifier = f"{series}-{number[0]}"
        span = match.span() if len(numbers) == 1 else (start + number.start(), start + number.end())
        if parse(identifier) is not None:
            yield Found(*span, scheme, identifier, ADDRESS.format(identifier))


def _paper(match: re.Match[str]) -> Iterator[Found]:
    """Yield references to Kamerstukken."""
    groups = match.groupdict()
    dossier = re.sub(r"\D", "", match["dossier"])
    parts = ["kst", dossier, *([match["chapter"]] if match["chapter"] else [])]
    said = session(groups.get("session") or "")
    if groups.get("house") == "I" and said and int(said[:4]) < 2010:
        parts.insert(1, said)  # before 2010, the identifiers of Senate documents contain the session
    yield from _numbered(match, "-".join(parts), "kamerstuk")


def _annex(match: re.Match[str]) -> Iterator[Found]:
    """Yield references to the Aanhangsel van de Handelingen; none if the session is invalid."""
    chamber = "ek" if match["house"] == "I" else "tk"
    yield from _numbered(match, f"ah-{chamber}-{session(match['session'])}", "aanhangsel")


def _proceedings(match: re.Match[str]) -> Iterator[Found]:
    chamber = "ek" if match["house"] == "I" else "tk"
    identifier = f"h-{chamber}-{session(match['session'])}-{match['sitting']}-{match['item']}"
    yield from _published(match, identifier, "handelingen")


def _gazette(match: re.Match[str]) -> Iterator[Found]:
    family = {"s": "stb", "t": "trb"}[match["name"][0].lower()]
    family = "stcrt" if match["name"].lower().startswith(("stcrt", "staatscourant")) else family
    yield from _published(match, f"{family}-{match['year']}-{int(match['number'])}", "publicatieblad")


def _identifier(match: re.Match[str]) -> Iterator[Found]:
    yield from _published(match, match[0], "publicatie")


def _article(match: re.Match[str]) -> Iterator[Found]:
    identifier = laws.target(match)
    if identifier:
        yield Found(*match.span(), "jci", identifier, f"https://wetten.overheid.nl/{identifier}")


def _law_identifier(match: re.Match[str]) -> Iterator[Found]:
    yield Found(
        *match.span(),
        "jci" if match[0].startswith("jci") else "bwb",
        match[0],
        f"https://wetten.overheid.nl/{match[0]}",
    )


def _case(match: re.Match[str]) -> Iterator[Found]:
    identifier = match[0].rstrip(".")
    href = (
        f"https://deeplink.rechtspraak.nl/uitspraak?id={identifier}"
        if identifier.startswith("ECLI:NL:")
        else ""
    )
    yield Found(match.start(), match.start() + len(identifier), "ecli", identifier, href)


_EU_TYPES = {
    "richtlijn": ("L", "dir"),
    "directive": ("L", "dir"),
    "verordening": ("R", "reg"),
    "regulation": ("R", "reg"),
    "besluit": ("D", "dec"),
    "beschikking": ("D", "dec"),
    "decision": ("D", "dec"),
}
_EU_CURRENT, _EU_LAST_SHORT = 2015, 1998


def _european(match: re.Match[str]) -> Iterator[Found]:
    """Yield a reference to EU legislation.

    Until 2015 the number of a regulation came before the year, and until 1998 years had two digits.
    """
    letter, kind = _EU_TYPES[match["type"].lower()]
    first, second = match["first"], match["second"]
    number_first = kind != "dir" and (match["nr"] or len(second) == 4)
    year, number = (second, first) if number_first else (first, second)
    if len(year) == 2:
        year = f"19{year}"
    if len(year) != 4 or not 1951 <= int(year) <= 2100 or not 0 < int(number) < 10000:
        return
    identifier = f"3{year}{letter}{int(number):04}"
    yield Found(
        *match.span(), "celex", identifier, f"http://data.europa.eu/eli/{kind}/{year}/{int(number)}/oj"
    )


def _celex(match: re.Match[str]) -> Iterator[Found]:
    yield Found(
        *match.span("celex"),
        "celex",
        match["celex"],
        f"https://eur-lex.europa.eu/legal-content/NL/TXT/?uri=CELEX:{match['celex']}",
    )


class Rule(Struct, frozen=True):
    """A form of citation and its meaning."""

    words: tuple[str, ...]
    """Words in lower case. `recognise` uses the form only if the text contains at least one of them."""
    form: str
    meaning: Meaning
    flags: re.RegexFlag = re.NOFLAG


RULES: tuple[Rule, ...] = (
    Rule(
        ("kamerstuk",),
        rf"(?:Bijlage bij )?Kamerstuk(?:ken)?,?\s+(?:(?P<house>II?)\s*,?\s+)?(?:(?:vergaderjaar\s+)?(?P<session>{_SESSION})\s*,\s*)?"
        rf"{_DOSSIER}(?:,?\s*(?:nrs?\.?\s*)|,\s*|-)(?P<numbers>{_NUMBERS}|[A-Z]{{1,2}}(?![A-Za-z]))",
        _paper,
    ),
    Rule(("nr",), rf"(?<![\d.,/–-])(?<!\d ){_DOSSIER},\s*nrs?\.\s*(?P<numbers>{_NUMBERS})", _paper),
    Rule(
        ("aanhangsel",),
        r"Aanhangsel(?: van de| der)? Handelingen,?\s+(?:(?P<house>II?)\s*,?\s+)?(?:der Tweede Kamer,?\s+)?(?:vergaderjaar\s+)?"
        rf"(?P<session>{_SESSION}),?\s*(?:nrs?\.?\s*)?(?P<numbers>{_NUMBERS})",
        _annex,
    ),
    Rule(
        ("handelingen",),
        rf"Handelingen\s+(?P<house>II?)\s+(?:vergaderjaar\s+)?(?P<session>{_SESSION}),?\s*nr\.\s*(?P<sitting>\d{{1,3}}),?\s*item\s*(?P<item>\d{{1,2}})",
        _proceedings,
    ),
    Rule(
        ("stb", "staatsblad", "stcrt", "staatscourant", "trb", "tractatenblad"),
        r"\b(?P<name>Stb|Staatsblad|Stcrt|Staatscourant|Trb|Tractatenblad)\.?\s+(?P<year>(?:19|20)\d{2}),?\s*(?:nr\.\s*)?(?P<number>\d{1,5})(?!\d)",
        _gazette,
    ),
    Rule(
        ("ah-", "kst-", "h-", "kv-", "stb-", "stcrt-", "trb-", "gmb-", "prb-", "wsb-", "bgr-", "blg-"),
        r"\b(?:ah-[te]k|kst|h-[te]k|kv-tk|stb|stcrt|trb|gmb|prb|wsb|bgr|blg)-[\w-]*\d\w*(?:-\w+)*",
        _identifier,
    ),
    Rule(("artikel",), laws.ARTICLE, _article),
    Rule(
        ("bwb",),
        r"\bjci1\.\d{1,2}:[cv]:BWB[RVW]\d{7}(?:&(?:amp;)?[a-z]+=[\w:.-]+)*|\bBWB[RVW]\d{7}\b",
        _law_identifier,
    ),
    Rule(("ecli",), r"\bECLI:[A-Z]{2}:[A-Z0-9]{1,7}:\d{4}:[A-Z0-9.]{1,25}", _case),
    Rule(("celex",), r"\bCELEX:?\s*(?P<celex>3\d{4}[LRD]\d{4})\b", _celex),
    Rule(
        tuple(_EU_TYPES),
        r"\b(?P<type>Richtlijn|Verordening|Besluit|Beschikking|Directive|Regulation|Decision)\s+(?:\((?:EU|EG|EC|EEG|EEC|Euratom)(?:, Euratom)?\)\s*)?"
        r"(?P<nr>nr\.\s*|No\.?\s*)?(?P<first>\d{1,4})/(?P<second>\d{1,4})(?:/(?:EU|EG|EC|EEG|EEC|JBZ|JHA|GBVB))?(?![\d/])",
        _european,
        re.IGNORECASE,
    ),
)
"""The rules in order of priority: if two references overlap, the first takes precedence."""


@cache
def _pattern(form: str, flags: re.RegexFlag) -> re.Pattern[str]:
    """Compile a form at first use, because most documents use only two or three of these forms."""
    return re.compile(form, flags)


NEARLY_WORDS = ("kamerstuk", "handelingen", "stb.", "stcrt.", "trb.", "ecli:")
NEARLY = re.compile(
    r"(?:Kamerstuk(?:ken)?[ ,][^.;()]{0,40}?\d{2}[ \u00a0]?\d{3}"
    r"|(?:Aanhangsel(?: van de| der)? Handelingen|Handelingen\s+II?|Stb\.|Stcrt\.|Trb\.|ECLI:)[ ,][^.;()]{0,40}?\d)"
    r"[^\s,;)]*(?:,?\s+nr\.?\s*\d+)?"
)
"""The start of a possible reference, which is reported if no rule applies. It contains one of `NEARLY_WORDS`."""

_WORDS = tuple({word for rule in RULES for word in rule.words}.union(NEARLY_WORDS))

_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|\b[\w-]+(?:\.[\w-]+)*\.(?:nl|com|eu|org|net)/\S*")


class Free:
    """The characters of a text that no reference contains."""

    def __init__(self, text: str, taken: Iterable[tuple[int, int]] = ()) -> None:
        self._taken = bytearray(len(text))
        for start, end in taken:
            self.take(start, end)

    def has(self, start: int, end: int) -> bool:
        """Return whether all characters from `start` to `end` are free."""
        return self._taken.find(1, start, end) < 0

    def take(self, start: int, end: int) -> bool:
        """Take these characters if all are free; return whether they were."""
        free = self.has(start, end)
        self._taken[start:end] = b"\1" * (end - start)
        return free


def addresses(text: str) -> list[tuple[int, int]]:
    """Return the positions of web addresses in a text; they contain no references."""
    return [match.span() for match in _ADDRESS.finditer(text)]


def recognise(text: str, closed: Sequence[tuple[int, int]] = ()) -> tuple[list[Found], list[tuple[int, int]]]:
    """Find the references in a text, and possible references that no rule recognises.

    Args:
        text: A paragraph.
        closed: Positions in which nothing may be linked, such as links.

    Returns:
        The references in order, without overlaps; and the positions of unresolved references.
    """
    contains = text.lower().__contains__
    if not any(map(contains, _WORDS)):
        return [], []
    rules = [rule for rule in RULES if any(map(contains, rule.words))]
    nearly = NEARLY.finditer(text) if any(map(contains, NEARLY_WORDS)) else ()
    free = Free(text, [*closed, *addresses(text)])
    found: list[Found] = []
    for rule in rules:
        for match in _pattern(rule.form, rule.flags).finditer(text):
            found += (x for x in rule.meaning(match) if free.take(x.start, x.end))
    unresolved = [match.span() for match in nearly if free.has(*match.span())]
    return sorted(found, key=lambda reference: reference.start), unresolved
