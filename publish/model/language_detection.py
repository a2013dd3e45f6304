"""Language of a text, by its function words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

_FUNCTION_WORDS: dict[str, str] = {
    "nl": (
        "de het een en van in op te dat die is voor met zijn niet aan er om ook als bij door of uit maar dan nog naar "
        "over wordt worden deze dit heeft hebben kan u tot zich geen wel"
    ),
    "en": (
        "the of and to in a is that for it as with on be by this are was at from or an which not have has will its "
        "their they been but were would there can"
    ),
    "fr": (
        "le la les de des du un une et à en que qui est dans pour au aux par sur ne pas plus avec ce cette se sont il "
        "elle ou son ses leur mais été"
    ),
    "de": (
        "der die das und in den von zu mit des dem ist nicht für auf im ein eine einer sich als auch an werden aus "
        "nach bei wird sind oder durch über zum zur dass hat"
    ),
    "af": (
        "die en van in 'n is het nie vir dat met op te aan wat wees was deur om ook as hulle word sal kan moet hierdie "
        "of sy ons"
    ),
    "da": (
        "og i at det er en til af på for med den der som de ikke et har fra eller blev kan vil om ved efter skal "
        "være også"
    ),
    "sv": (
        "och i att det är en som på för av med den till inte om ett har från de eller kan ska vid efter var "
        "också"
    ),
    "es": (
        "el la los las de del y en que un una es por con para no se al lo su como más o pero sus este ha son "
        "entre"
    ),
    "it": (
        "il lo la i gli le di del della e in che un una è per con non si al da dei nel come più o ma sono alla "
        "anche"
    ),
    "pt": (
        "o a os as de do da dos das e em que um uma é por com para não se ao no na como mais ou mas são pela "
        "foi"
    ),
    "fy": (
        "de it in en fan op te dat is foar mei net oan der om ek as by troch of út mar dan noch nei oer wurdt dizze dit "
        "hat kin jo syn"
    ),
}
"""Frequent function words. The last seven languages are here only so that their texts are not taken for one of the first four."""

FUNCTION_WORDS = {language: frozenset(words.split()) for language, words in _FUNCTION_WORDS.items()}

DETECTED = frozenset({"nl", "en", "fr", "de"})
FEWEST_WORDS = 40
SHARE = 0.15
"""Lowest share of function words in a text."""
LEAD = 0.7
"""Highest ratio between the second language and the first."""

_WORD = re.compile(r"'?[^\W\d_]+")


def detected_language(texts: Iterable[str]) -> str:
    """Return `nl`, `en`, `fr` or `de` if the texts are clearly in that language; otherwise an empty string.

    Texts with fewer than 40 words are never clear.
    """
    words = Counter(word for text in texts for word in _WORD.findall(text.lower()))
    total = words.total()
    if total < FEWEST_WORDS:
        return ""
    counts = {language: sum(words[word] for word in known) for language, known in FUNCTION_WORDS.items()}
    (first, most), (_, second), *_ = Counter(counts).most_common()
    sure = most / total >= SHARE and second / most <= LEAD
    return first if sure and first in DETECTED else ""
