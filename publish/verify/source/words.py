"""Balance of words: what the source shows, what the document shows, and the difference that the account does not explain."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain

from publish.census.types import BULLET, Census, Passage
from publish.census.words import first_words, words
from publish.diagnostics.types import Span
from publish.model.account import AccountEntry
from publish.verify.compare import Finding
from publish.verify.source.content import Content

SOURCE = "source"
"""Name of the source among the formats of a proof."""

QUOTED = 8
"""Number of words that a message quotes."""


class Balance:
    """Words that are lost, and words that are in the document only."""

    def __init__(
        self, census: Census, account: Sequence[AccountEntry], content: Content, labels: Mapping[str, str]
    ) -> None:
        """Compare the words.

        Args:
            census: What the source shows.
            account: What reader and profile left out or added on purpose.
            content: What the document shows.
            labels: Label of each note, by key.
        """
        self.census = census
        self.content = content
        self.labelled = "labels" in census.counted
        self.source = _count_of(
            (self._shown(p) for p in census.passages), (note.text for note in census.notes)
        )
        document = _count_of(
            (self._shown(p) for p in content.passages), (note.text for note in content.notes)
        )
        left_out, added = (
            _count_of(e.text for e in account if e.kind == "words" and e.added == wanted)
            for wanted in (False, True)
        )
        self.lost = self.source - document - left_out - _count_of(content.metadata)
        self.extra = document - self.source - added
        self.possible = _count_of(census.possible)
        self._join()
        self.extra -= self.possible
        self._allow_references(account, labels)

    def _shown(self, passage: Passage) -> str:
        """Return the words of a passage, with its label if the census counts labels."""
        if passage.label == BULLET or not self.labelled:
            return passage.text
        return f"{passage.label} {passage.text}"

    def _join(self) -> None:
        """Allow for words of the source that are one word in the document."""
        for first, second in self.census.joins:
            whole = first + second
            for _ in range(self.extra[whole]):
                if not all(self.lost[part] or self.possible[part] for part in (first, second)):
                    break
                self.extra -= Counter([whole])
                self.lost -= Counter([first, second])

    def _allow_references(self, account: Sequence[AccountEntry], labels: Mapping[str, str]) -> None:
        """Allow for references whose words are computed: to notes, and without words in the source."""
        keys = (e.text for e in account if e.kind == "note reference")
        self.extra -= Counter(labels[key] for key in keys if key in labels)
        if self.census.computed:
            self.extra -= _count_of(self.content.references)
        renumbered = self.extra & _count_of(self.content.note_references)
        self.extra -= renumbered
        old = [word for word in self.lost.elements() if word.isdecimal()]
        self.lost -= Counter(old[: renumbered.total()])

    def findings(self, path: str) -> Iterator[Finding]:
        """Yield a finding for each passage with words that are lost, and for each with words that are not in the source."""
        passages = [
            *(Passage(self._shown(p), p.span) for p in self.census.passages),
            *(Passage(note.text, note.span, note.label) for note in self.census.notes),
        ]
        for passage, missing in _placed(self.lost, passages):
            what = f"{_number(missing)} of the source {_are(missing)} not published"
            yield _finding(
                "PUB-V030", path, f"{what}: {_quoted(missing, passage)}", passage.span, passage.label
            )
        passages = [*(Passage(self._shown(p), p.span) for p in self.content.passages), *self.content.notes]
        for passage, added in _placed(self.extra, passages):
            reason = self._unseen_reason(added)
            if reason:
                what = f"{_number(added)} that the source does not show ({reason}) {_are(added)} published"
            else:
                what = f"{_number(added)} {_are(added)} not in the source"
            code = "PUB-V032" if reason else "PUB-V031"
            yield _finding(code, path, f"{what}: {_quoted(added, passage)}", passage.span, passage.label)

    def _unseen_reason(self, added: list[str]) -> str:
        """Return why the source does not show these words; empty if it does not contain them."""
        wanted = Counter(added)
        found = [(wanted & Counter(words(u.text)), u.reason) for u in self.census.unseen]
        together: Counter[str] = Counter()
        for shared, _ in found:
            together |= shared
        if wanted - together:
            return ""
        return max(found, key=lambda pair: pair[0].total())[1]


def _finding(code: str, path: str, message: str, span: Span | None, note: str) -> Finding:
    return Finding(code, SOURCE, path, message, note, span.line if span else 0)


def _count_of(*texts: Iterable[str]) -> Counter[str]:
    return Counter(words("\n".join(chain.from_iterable(texts))))


def _placed(missing: Counter[str], passages: Sequence[Passage]) -> Iterator[tuple[Passage, list[str]]]:
    """Yield the passages that most probably contain missing words, in order, each with these words."""
    if not missing:
        return
    left = Counter(missing)
    scored: list[tuple[float, int, list[str]]] = []
    for index, passage in enumerate(passages):
        all_words = words(passage.text)
        hits = [word for word in all_words if word in left]
        if hits:
            scored.append((-len(hits) / len(all_words), index, hits))
    found: list[tuple[int, list[str]]] = []
    for _, index, hits in sorted(scored):
        taken: list[str] = []
        for word in hits:
            if left[word] > 0:
                left[word] -= 1
                taken.append(word)
        if taken:
            found.append((index, taken))
    yield from ((passages[index], taken) for index, taken in sorted(found))


def _number(found: list[str]) -> str:
    return "A word" if len(found) == 1 else f"{len(found)} words"


def _are(found: list[str]) -> str:
    return "is" if len(found) == 1 else "are"


def _quoted(found: list[str], passage: Passage) -> str:
    quoted = f"'{' '.join(found[:QUOTED])}{' …' if len(found) > QUOTED else ''}'"
    if len(found) < len(words(passage.text)):
        quoted += f" in '{first_words(passage.text.strip())}'"
    return quoted
