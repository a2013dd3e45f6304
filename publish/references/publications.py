"""The identifiers of Dutch official publications, such as `ah-tk-20212022-1558` (officielebekendmakingen.nl).

The forms were tested with the list of all 5.5 million identifiers (1994 to 2025). The same digits have different meanings
in different years, so the years are part of a form. A few dozen identifiers in that list contain errors and match no form.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from functools import cache

from msgspec import Struct

ADDRESS = "https://zoek.officielebekendmakingen.nl/{}.html"

_ROMAN = r"(?=[IVXLC])(?:XC|XL|L?X{0,3}|C{1,3}(?:XC|XL|L?X{0,3}))(?:IX|IV|V?I{0,3})"
_CHAPTER = rf"(?:{_ROMAN})[AB]?|[A-M]|[0-9]{{2}}"
_SESSION = r"(?P<session>(?P<first>(?:19|20)[0-9]{2})(?P<second>(?:19|20)[0-9]{2}))"
_YEAR = r"(?P<year>(?:19|20)[0-9]{2})"
_CHAMBER = r"(?P<chamber>tk|ek|vv)"
_NUMBER = r"[1-9][0-9]{0,3}"
_OBJECT = r"(?P<object>[1-9][0-9]{3,6})"
_EDITION = r"(?:-(?P<edition>[bhnv])(?P<issue>[1-9][0-9]?))?"
_MONTHS = "januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december"


class Publication(Struct, frozen=True):
    """The content of an identifier."""

    identifier: str
    family: str
    """For example `kst` (Kamerstuk), `ah` (Aanhangsel), `h` (Handelingen), `stb` (Staatsblad)."""
    parts: dict[str, str]
    """The parts that the identifier contains: `session`, `chamber`, `dossier`, `chapter`, `number`, `edition` and so on."""

    @property
    def address(self) -> str:
        """The web address of the publication."""
        return ADDRESS.format(self.identifier)


Check = Callable[[dict[str, str]], bool]


def _any(parts: dict[str, str]) -> bool:
    del parts
    return True


def _session(first: int = 1994, last: int = 2100, also: Check = _any) -> Check:
    """Return a check for a session of two consecutive years, with the first year within these limits."""

    def check(parts: dict[str, str]) -> bool:
        begins = int(parts["first"])
        return int(parts["second"]) == begins + 1 and first <= begins <= last and also(parts)

    return check


def _since(year: int, last: int = 2100) -> Check:
    return lambda parts: year <= int(parts["year"]) <= last


def _pages(parts: dict[str, str]) -> bool:
    return int(parts["page"]) <= int(parts["until"])


def _short_session(parts: dict[str, str]) -> bool:
    """Return whether two-digit years are consecutive: `2021` in a number is the session 2020-2021."""
    return (int(parts["from"]) + 1) % 100 == int(parts["to"])


def _date(parts: dict[str, str]) -> bool:
    try:
        return dt.date(int(parts["year"]), int(parts["month"]), int(parts["day"])).year >= 1994
    except ValueError:
        return False


def _old_session_or_none(parts: dict[str, str]) -> bool:
    return "session" not in parts or _session()(parts)


_DOCUMENT = rf"(?:(?P<number>{_NUMBER})(?P<letter>[a-z]{{1,2}}|[A-Z])?|(?P<sign>[A-Z]{{1,2}}))"

FORMS: tuple[tuple[str, str, Check], ...] = (
    # Aanhangsel van de Handelingen: questions with their answers
    ("ah", rf"ah-{_CHAMBER}-{_SESSION}-(?P<number>{_NUMBER})a?{_EDITION}", _session()),
    ("ah", rf"ah-{_CHAMBER}-{_SESSION}-(?:AH)?(?P<number>0?[0-9]{{3,4}})", _session()),
    ("ah", rf"ah-{_OBJECT}", _any),
    # Kamerstukken; those with a session are of the Senate
    ("kst", rf"kst-{_SESSION}-(?P<dossier>[0-9]{{5}})-(?P<number>{_ROMAN}){_EDITION}", _session(last=2002)),
    (
        "kst",
        rf"kst-{_SESSION}-(?P<dossier>[0-9]{{5}})(?:-(?P<chapter>{_CHAPTER})|[A-M])?-{_DOCUMENT}{_EDITION}",
        _session(),
    ),
    (
        "kst",
        rf"kst-(?P<dossier>[0-9]{{5}})(?:-(?P<chapter>{_CHAPTER}|R[0-9]{{4}}))?-{_DOCUMENT}{_EDITION}",
        _any,
    ),
    (
        "kst",
        rf"kst-(?:{_SESSION}-)?(?P<dossier>0{{0,3}}{_ROMAN})-(?P<sign>[A-Z]{{1,2}}){_EDITION}",
        _old_session_or_none,
    ),
    ("kst", r"kst-(?P<object>[1-9][0-9]{5,6})", _any),
    # Questions without an answer yet
    ("kv", rf"kv-(?:{_CHAMBER}-)?{_YEAR}Z(?P<number>[0-9]{{5}}){_EDITION}", _since(2009)),
    ("kv", rf"kv-2(?P<from>[0-9]{{2}})(?P<to>[0-9]{{2}})(?P<number>[0-9]{{5}}){_EDITION}", _short_session),
    (
        "kv",
        rf"kv-(?P<chamber>ek)-2?(?P<from>[0-9]{{2}})(?P<to>[0-9]{{2}})(?P<number>[0-9]{{2,4}}){_EDITION}",
        _short_session,
    ),
    ("kv", rf"kv-{_OBJECT}", _any),
    # Handelingen: by sitting and item since 2010, before that by pages
    (
        "h",
        rf"h-{_CHAMBER}-{_SESSION}-(?P<sitting>[1-9][0-9]{{0,2}})-(?P<item>[1-9][0-9]{{0,2}}){_EDITION}",
        _session(2010),
    ),
    (
        "h",
        rf"h-{_CHAMBER}-{_SESSION}-(?P<sitting>[1-9][0-9]{{0,2}})-(?P<page>{_NUMBER})(?:_[1-9])?",
        _session(2009, 2009),
    ),
    (
        "h",
        rf"h-{_CHAMBER}-{_SESSION}-(?P<sitting>[1-9][0-9]{{0,2}})-(?P<page>{_NUMBER})-(?P<until>{_NUMBER})(?:[-_][1-9][0-9]?)?",
        _session(last=2009, also=_pages),
    ),
    (
        "h",
        rf"h-{_CHAMBER}-{_SESSION}-(?P<page>{_NUMBER})-(?P<until>{_NUMBER})(?:[-_][1-9][0-9]?)?",
        _session(1996, 2009, _pages),
    ),
    (
        "h",
        rf"h-{_CHAMBER}-{_SESSION}-VV-(?P<page>[1-9][0-9]?)(?:-(?:VV-)?(?P<until>[1-9][0-9]?))?",
        _session(),
    ),
    ("h", rf"h-{_OBJECT}", _any),
    # Agendas, annexes, documents outside dossiers
    ("ag", rf"ag-{_CHAMBER}-{_YEAR}-(?P<month>[0-9]{{2}})-(?P<day>[0-9]{{2}}){_EDITION}", _date),
    ("ag", rf"ag-{_OBJECT}", _any),
    ("blg", rf"blg-(?:{_OBJECT}|(?P<dossier>[0-9]{{5}})-(?P<number>{_NUMBER})[A-Z]?)", _any),
    ("nds", rf"nds-(?:(?P<chamber>tk)-)?{_YEAR}D(?P<number>[0-9]{{5}}){_EDITION}", _since(2008)),
    ("nds", r"nds-(?P<ministry>[a-z]{2,4})0[3-8](?P<number>[0-9]{4,6})-b(?P<issue>[1-9][0-9]?)", _any),
    ("nds", rf"nds-{_OBJECT}", _any),
    # Gazettes
    ("stb", rf"stb-{_YEAR}-(?P<number>{_NUMBER}){_EDITION}", _since(1945)),
    ("trb", rf"trb-{_YEAR}-(?:(?P<number>[1-9][0-9]{{0,2}})|(?P<month>{_MONTHS})){_EDITION}", _since(1951)),
    ("stcrt", rf"stcrt-{_YEAR}-(?P<number>[1-9][0-9]{{0,4}}){_EDITION}", _since(2008)),
    (
        "stcrt",
        rf"stcrt-{_YEAR}-(?P<number>[1-9][0-9]{{0,2}}A?)-p(?P<page>0|{_NUMBER})(?:-v[1-9])?-SC(?P<serial>[1-9][0-9]{{3,4}})[A-Z]?",
        _since(1994, 2009),
    ),
    (
        "stcrt",
        rf"stcrt-{_YEAR}-(?P<number>[1-9][0-9]{{0,2}})-CAO(?P<serial>[1-9][0-9]{{2,3}})",
        _since(1994, 2009),
    ),
    ("gmb", rf"gmb-{_YEAR}-(?P<number>[1-9][0-9]{{0,5}})", _since(2013)),
    ("prb", rf"prb-{_YEAR}-(?P<number>[1-9][0-9]{{0,4}})", _since(2013)),
    ("wsb", rf"wsb-{_YEAR}-(?P<number>[1-9][0-9]{{0,4}})", _since(2013)),
    ("bgr", rf"bgr-{_YEAR}-(?P<number>[1-9][0-9]{{0,4}})", _since(2015)),
)
"""Family, form and check of its parts; `parse` takes the first that matches."""


@cache
def _forms(family: str) -> list[tuple[re.Pattern[str], Check]]:
    """Compile the forms of one family, because compiling all families takes longer than reading a document."""
    return [(re.compile(pattern, re.ASCII), check) for name, pattern, check in FORMS if name == family]


def parse(identifier: str) -> Publication | None:
    """Parse an identifier; return None if it matches no form."""
    family = identifier.partition("-")[0]
    for pattern, check in _forms(family):
        match = pattern.fullmatch(identifier)
        if match is None:
            continue
        parts = {name: value for name, value in match.groupdict().items() if value is not None}
        if check(parts):
            return Publication(identifier, family, parts)
    return None
