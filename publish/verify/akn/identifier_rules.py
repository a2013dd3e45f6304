"""Identifiers of elements: eId, wId and GUID (Naming Convention, 5)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from publish.verify.akn.schema_rules import identified
from publish.verify.akn.tree import Fault, Tree, child, fault, inside, local, text

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

CODE = "PUB-V018"

ABBREVIATED = {
    "alinea": "al", "amendmentBody": "body", "article": "art", "attachment": "att", "blockList": "list",
    "body": "body", "chapter": "chp", "citation": "cit", "citations": "cits", "clause": "cl",
    "component": "cmp", "componentRef": "cref", "components": "cmpnts", "debateBody": "body",
    "debateSection": "dbsect", "division": "dvs", "documentRef": "dref", "eventRef": "eref",
    "judgmentBody": "body", "listIntroduction": "intro", "listWrapUp": "wrapup", "mainBody": "body",
    "paragraph": "para", "quotedStructure": "qstr", "quotedText": "qtext", "recital": "rec",
    "recitals": "recs", "section": "sec", "subchapter": "subchp", "subclause": "subcl",
    "subdivision": "subdvs", "subparagraph": "subpara", "subsection": "subsec", "temporalGroup": "tmpg",
    "wrapUp": "wrapup",
}  # fmt: skip
"""Abbreviations of element names in an eId (Naming Convention, 5.4.2); other names are not abbreviated."""

ALSO = {"listWrapUp": "wrap"}
"""A second abbreviation that the convention lists for the same element."""

FREE = frozenset(
    {"keyword", "component", "componentData", "original", "passiveRef", "activeRef", "jurisprudence"}
)
FREE |= {"hasAttachment", "attachmentOf"}
"""Elements of the metadata whose eId the author chooses freely, like the eIds of ontology elements (TLC…)."""

CONTEXTS = frozenset({"eop", "eol", "mod", "component", "attachment"})
"""Elements whose eId may be the prefix of the eId of an element outside them."""

_FORBIDDEN = re.compile(r"[#/?\"'<>&]")
_LAST = re.compile(r"(?P<name>[A-Za-z]+)(?:_(?P<number>.+))?")
_PLAIN = re.compile(r"\d+|nn(_\d+)?")


def characters(tree: Tree) -> Iterator[Fault]:
    """Check that identifiers can be used in a fragment, and that no part of them is empty."""
    for element in tree.elements:
        for name in ("eId", "wId", "GUID"):
            value = element.get(name)
            if value is None:
                continue
            if not value or re.search(r"\s", value):
                yield fault(CODE, f"{name} '{value}' is empty or contains white space", element)
            elif name != "GUID" and (not all(value.split("__")) or _FORBIDDEN.search(value)):
                message = (
                    f"{name} '{value}' has an empty part or a character that is not allowed in a fragment"
                )
                yield fault(CODE, message, element)


def uniqueness(tree: Tree) -> Iterator[Fault]:
    """Check that an eId occurs once in a document."""
    for element in tree.elements:
        eid = element.get("eId")
        if eid and tree.ids[tree.owner[element], eid] is not element:
            yield fault(CODE, "Duplicate eId", element)


def presence(tree: Tree) -> Iterator[Fault]:
    """Check that each element that requires an eId has one, if the file uses eIds."""
    used = any(e.get("eId") and not inside(e, "meta") for e in tree.elements)
    for element in tree.elements:
        if (
            local(element) in identified()
            and not element.get("eId")
            and (used or inside(element, "references"))
        ):
            yield fault(CODE, "Missing eId", element)


def shape(tree: Tree) -> Iterator[Fault]:
    """Check that an eId consists of the eId of an enclosing element, the name of the element, and its number."""
    for element in tree.elements:
        eid, name = element.get("eId"), local(element)
        if not eid or name in FREE or name.startswith(("TLC", "FRBR")):
            continue
        prefix, _, last = eid.rpartition("__")
        match = _LAST.fullmatch(last)
        wanted = ABBREVIATED.get(name, name)
        if match is None or match["name"] not in {wanted, ALSO.get(name)}:
            yield fault(CODE, f"'{last}' should be {wanted} followed by a number", element)
            continue
        yield from _number(element, match["number"])
        if prefix and not any(above.get("eId") == prefix for above in element.iterancestors()):
            target = tree.target(element, prefix)
            if target is None or local(target) not in CONTEXTS:
                yield fault(CODE, f"'{prefix}' is not the eId of an enclosing element", element)


def _number(element: Element, number: str | None) -> Iterator[Fault]:
    """Check that the number in an eId is that of `num`, or else a sequence number (Naming Convention, 5.4.3)."""
    num = child(element, "num")
    printed = text(num, frozenset({"authorialNote"})).strip() if num is not None else ""
    if number is None:
        return
    forms = spellings(printed)
    if not forms:  # no number, or only a sign such as a bullet
        if not _PLAIN.fullmatch(number):
            yield fault(CODE, f"'{number}' is not a sequence number", element)
    elif not any(number == form or re.fullmatch(re.escape(form) + r"_\d+", number) for form in forms):
        yield fault(CODE, f"'{number}' differs from the printed number '{printed}'", element)


def spellings(printed: str) -> set[str]:
    """Return the forms of the text of a `num` in an eId: the whole text, or the text from any of its words to the end."""

    def clean(part: str) -> str:
        return re.sub(r"\W+", "-", re.sub(r"^[\W_]+|[\W_]+$", "", part))

    words = printed.split()
    forms = {clean("".join(words[k:])) for k in range(len(words))} | {clean(word) for word in words}
    return forms - {""}
