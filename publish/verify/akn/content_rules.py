"""Rules for the content: the language, the dates, the characters, and the questions with their answers."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from lxml import etree

from publish.verify.akn.tree import AKN, XML, Fault, Tree, child, fault, inside, local, text

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

METADATA = "PUB-V021"
RESIDUE = "PUB-V022"
QUESTIONS = "PUB-V023"

BODIES = frozenset({"body", "mainBody", "debateBody", "judgmentBody", "preface"})
TIMES = ("date", "startTime", "endTime", "time", "start", "end")

FORBIDDEN = frozenset({"Cc", "Cs", "Co", "Cn"})
"""Unicode categories that text must not contain: control characters, surrogates, private and unassigned characters."""
ALLOWED = "\n\t\r"


def languages(tree: Tree) -> Iterator[Fault]:
    """Check the language of the expression, and the languages that its parts specify."""
    for element in tree.named("FRBRlanguage"):
        if not re.fullmatch(r"[a-z]{3}", element.get("language") or ""):
            yield fault(METADATA, f"'{element.get('language')}' is not an ISO 639-2 code", element)
    for document in tree.documents:
        given = {
            _canonical(code)
            for e in document.iter(f"{AKN}FRBRlanguage")
            if tree.owner[e] is document and (code := str(e.get("language") or ""))
        }
        if not given or given & {"mul", "und"}:
            continue
        for name in BODIES:
            part = child(document, name)
            tag = (part.get(f"{{{XML}}}lang") or "") if part is not None else ""
            if part is not None and tag and _canonical(tag) not in given:
                yield fault(METADATA, f"Language is '{tag}', but FRBRlanguage is {sorted(given)}", part)


def _canonical(tag: str) -> str:
    """Return one code for a language, whether `tag` is a BCP 47 tag or a code of ISO 639-2 (B or T)."""
    from langcodes import Language
    from langcodes.tag_parser import LanguageTagError

    try:
        return Language.get(tag).to_alpha3()
    except (LanguageTagError, LookupError):
        return tag.partition("-")[0].lower()


def dates(tree: Tree) -> Iterator[Fault]:
    """Check that dates exist, and that histories are in chronological order."""
    for element in tree.elements:
        for name in TIMES:
            value = element.get(name) or ""
            if re.match(r"\d{4}-\d\d-\d\d", value) and not _is_date(value[:10]):
                yield fault(METADATA, f"{name} '{value}' is not a date", element)
    for history in tree.named("lifecycle", "workflow"):
        steps = [str(e.get("date"))[:10] for e in history if isinstance(e.tag, str) and e.get("date")]
        if steps != sorted(steps):
            yield fault(METADATA, f"Not in chronological order: {', '.join(steps)}", history)


def _is_date(value: str) -> bool:
    try:
        dt.date.fromisoformat(value)
    except ValueError:
        return False
    return True


def printed_metadata(tree: Tree) -> Iterator[Fault]:
    """Check that the printed number and dates agree with the metadata."""
    for document in tree.documents:
        work = child(document, "meta", "identification", "FRBRWork")
        meta = child(document, "meta")
        if work is None or meta is None:
            continue
        numbers = [str(e.get("value") or "") for e in work.findall(f"{AKN}FRBRnumber")]
        printed = [
            e for e in document.iter(f"{AKN}docNumber") if tree.owner[e] is document and not inside(e, "meta")
        ]
        if numbers and printed and not any(_agrees(n, text(e)) for n in numbers for e in printed):
            yield fault(
                METADATA,
                f"Printed number is '{text(printed[0]).strip()}', but FRBRnumber is {numbers}",
                printed[0],
            )
        known = {str(e.get("date"))[:10] for e in meta.iter(etree.Element) if e.get("date")}
        for element in document.iter(f"{AKN}docDate"):
            date = (element.get("date") or "")[:10]
            if date and date not in known and tree.owner[element] is document:
                yield fault(METADATA, f"{date} is not among the dates in the metadata", element)


def _agrees(number: str, printed: str) -> bool:
    """Return whether a number is printed, with any separators between its parts."""

    def letters(words: str) -> str:
        return re.sub(r"\W", "", words).lower()

    return letters(number) in letters(printed)


def characters(tree: Tree) -> Iterator[Fault]:
    """Check that text is in composed form (NFC) and contains no characters that are not allowed in text."""
    everything = "".join(map(str, tree.root.itertext()))
    everything += "\n".join(str(value) for element in tree.elements for value in element.attrib.values())
    strange = Counter(
        character
        for character in everything
        if (unicodedata.category(character) in FORBIDDEN and character not in ALLOWED)
        or character in "\ufffd\ufeff"
    )
    if strange:
        listed = ", ".join(
            f"U+{ord(character):04X} ({count})" for character, count in sorted(strange.items())
        )
        yield Fault(RESIDUE, f"Characters not allowed in text: {listed}", 1)
    if not unicodedata.is_normalized("NFC", everything):
        yield Fault(RESIDUE, "Text contains decomposed characters (not NFC)", 1)


def questions(tree: Tree) -> Iterator[Fault]:
    """Check that questions and answers have an author and consecutive numbers.

    If a debate body contains answers, each question in it must have an answer.
    """
    for body in tree.named("debateBody"):
        for name in ("question", "answer"):
            last = 0
            for element in body.iter(AKN + name):
                if not (element.get("by") or "").strip("# "):
                    yield fault(QUESTIONS, "Author is not stated", element)
                num = child(element, "num")
                for digits in re.findall(
                    r"\d+", text(num, frozenset({"authorialNote"})) if num is not None else ""
                ):
                    if int(digits) != last + 1:
                        yield fault(QUESTIONS, f"Number {digits} follows number {last}", element)
                    last = int(digits)
        if next(body.iter(f"{AKN}answer"), None) is None:
            continue
        for section in body.iter(etree.Element):
            yield from _answered(section)


def _answered(section: Element) -> Iterator[Fault]:
    waiting: Element | None = None
    for element in section:
        if local(element) == "question":
            waiting = element
        elif local(element) in {"answer", "speech"}:
            waiting = None
    if waiting is not None:
        yield fault(QUESTIONS, "No answer follows", waiting)
