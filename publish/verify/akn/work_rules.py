"""Rules for the identification of the work: complete FRBR metadata, and matching IRIs (Naming Convention, 4)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from msgspec import Struct

from publish.verify.akn.tree import AKN, Fault, Tree, child, fault, local

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

CODE = "PUB-V017"

VALUES = {"FRBRdate": "date", "FRBRauthor": "href", "FRBRlanguage": "language"}
"""The attribute that contains the value of an element, if it is not `value`."""

EVERY = ("FRBRthis", "FRBRuri", "FRBRdate", "FRBRauthor")
NEEDED = {
    "FRBRWork": (*EVERY, "FRBRcountry"),
    "FRBRExpression": (*EVERY, "FRBRlanguage"),
    "FRBRManifestation": (*EVERY, "FRBRformat"),
}
"""Required elements of each level (Naming Convention, 4.4 to 4.7)."""

NULL_DATE = "0001-01-01"

_COUNTRY = re.compile(r"[a-z]{2}(-[A-Za-z0-9]+)?")
_DATE = re.compile(r"\d{4}(-\d\d-\d\d(T.*)?)?")


class Level(Struct):
    """One FRBR level of a document."""

    element: Element

    def values(self, name: str) -> list[str]:
        """Return the values of its elements with a given name, in order."""
        key = VALUES.get(name, "value")
        return [str(e.get(key) or "").strip() for e in self.element.findall(AKN + name)]

    def value(self, name: str) -> str:
        """Return the first of these values; empty if there are none."""
        return next(iter(self.values(name)), "")


def completeness(tree: Tree) -> Iterator[Fault]:
    """Check that the required levels and elements are present and have values."""
    for document in tree.documents:
        identification = child(document, "meta", "identification")
        if identification is None:
            yield fault(CODE, "Missing identification", document)
            continue
        for name, needed in NEEDED.items():
            element = child(identification, name)
            if element is None:
                yield fault(CODE, f"{name} is missing", identification)
                continue
            level = Level(element)
            for wanted in needed:
                values = level.values(wanted)
                if not values:
                    yield fault(CODE, f"{wanted} is missing", element)
                elif not values[0].strip("#"):
                    yield fault(CODE, f"{wanted} is empty", element)
                elif values[0].startswith(NULL_DATE):
                    yield fault(CODE, f"{wanted} is not a date: {NULL_DATE}", element)
        work = child(identification, "FRBRWork")
        if work is not None and not Level(work).values("FRBRnumber") + Level(work).values("FRBRname"):
            yield fault(CODE, "Missing FRBRnumber or FRBRname", work)


def iris(tree: Tree) -> Iterator[Fault]:
    """Check that IRIs extend each other from work to manifestation, and agree with the other metadata."""
    for document in tree.documents:
        levels = [child(document, "meta", "identification", name) for name in NEEDED]
        if any(level is None for level in levels):
            continue
        work, expression, manifestation = (Level(level) for level in levels if level is not None)
        if not all(level.value("FRBRuri") for level in (work, expression, manifestation)):
            continue
        if not work.value("FRBRuri").startswith("/akn/"):
            yield from _foreign(work)
            continue
        yield from _chain(work, expression, manifestation)
        yield from _parts(document, work)
        yield from _version(work, expression)
        suffix = manifestation.value("FRBRuri").rpartition(".")[2]
        given = manifestation.value("FRBRformat")
        if given and suffix != "akn" and suffix not in re.split(r"[/+]", given):
            yield fault(
                CODE, f"Format is '{suffix}' in the IRI, but '{given}' in FRBRformat", manifestation.element
            )


def _foreign(work: Level) -> Iterator[Fault]:
    """Check that the parts of an IRI in another convention can be identified (Naming Convention, 4.12)."""
    if not work.values("FRBRalias") and not work.values("FRBRsubtype"):
        message = f"IRI '{work.value('FRBRuri')}' does not begin with /akn/, and the metadata does not state what the IRI identifies"
        yield fault(CODE, message, work.element)


def _chain(work: Level, expression: Level, manifestation: Level) -> Iterator[Fault]:
    own, below = work.value("FRBRuri"), expression.value("FRBRuri")
    if not re.fullmatch(re.escape(own) + r"/[a-z]{3}([@:].*)?", below):
        yield fault(CODE, f"'{below}' is not the work IRI plus a language and a version", expression.element)
    stem, dot, _ = manifestation.value("FRBRuri").rpartition(".")
    if not dot or not (stem == below or stem.startswith(f"{below}/")):
        message = f"'{manifestation.value('FRBRuri')}' is not the expression IRI plus a format"
        yield fault(CODE, message, manifestation.element)
    for level, iri in ((work, own), (expression, below), (manifestation, stem)):
        this = level.value("FRBRthis")
        if level is manifestation:
            this = this.rpartition(".")[0] or this
        if this != iri and not re.fullmatch(re.escape(iri) + r"/![^/].*", this):
            message = f"FRBRthis '{level.value('FRBRthis')}' is not FRBRuri plus a component"
            yield fault(CODE, message, level.element)


def _parts(document: Element, work: Level) -> Iterator[Fault]:
    """Check the parts of a work IRI: country, document type, subtype, actor, date, number (Naming Convention, 4.4)."""
    parts = work.value("FRBRuri").strip("/").split("/")[1:]
    if len(parts) < 3 or not all(parts):
        yield fault(CODE, f"IRI '{work.value('FRBRuri')}' has too few parts", work.element)
        return
    country, kind = parts[:2]
    if not _COUNTRY.fullmatch(country):
        yield fault(CODE, f"'{country}' is not an ISO 3166 country code in lower case", work.element)
    if country != work.value("FRBRcountry"):
        message = f"Country is '{country}' in the IRI, but '{work.value('FRBRcountry')}' in FRBRcountry"
        yield fault(CODE, message, work.element)
    if kind != local(document):
        yield fault(
            CODE,
            f"Document type is '{kind}' in the IRI, but the document is a '{local(document)}'",
            work.element,
        )
    at = next((k for k, part in enumerate(parts) if k > 1 and _DATE.fullmatch(part)), None)
    if at is None:
        yield fault(CODE, f"IRI '{work.value('FRBRuri')}' has no date", work.element)
        return
    if not any(date.startswith(parts[at]) for date in work.values("FRBRdate")):
        yield fault(
            CODE, f"Date is '{parts[at]}' in the IRI, but {work.values('FRBRdate')} in FRBRdate", work.element
        )
    yield from _middle(document, work, parts[2:at])
    names = work.values("FRBRnumber") + work.values("FRBRname")
    after = parts[at + 1 :]
    if after and after[0] != "nn" and after[0] not in names:
        yield fault(
            CODE,
            f"Number or name is '{after[0]}' in the IRI, but {names} in FRBRnumber or FRBRname",
            work.element,
        )
    if not after and work.values("FRBRnumber"):
        yield fault(CODE, f"FRBRnumber '{work.value('FRBRnumber')}' is not in the IRI", work.element)


def _middle(document: Element, work: Level, middle: list[str]) -> Iterator[Fault]:
    """Check subtype and actor, which are between document type and date and are both optional."""
    subtype = work.value("FRBRsubtype") or document.get("name", "")
    if work.value("FRBRsubtype") and middle[:1] != [subtype]:
        yield fault(CODE, f"FRBRsubtype '{subtype}' is not in the IRI", work.element)
    elif len(middle) == 2 and middle[0] != subtype:
        yield fault(
            CODE, f"Subtype is '{middle[0]}' in the IRI, but '{subtype}' in FRBRsubtype", work.element
        )
    if len(middle) > 2:
        yield fault(CODE, f"IRI has more than subtype and actor before the date: {middle}", work.element)
        return
    actor = middle[-1] if len(middle) == 2 or (middle and middle[0] != subtype) else ""
    authors = [href.rpartition("/")[2].lstrip("#") for href in work.values("FRBRauthor")]
    if actor and not any(
        author == actor or author.endswith((f".{actor}", f"__{actor}")) for author in authors
    ):
        yield fault(CODE, f"Author is '{actor}' in the IRI, but {authors} in FRBRauthor", work.element)


def _version(work: Level, expression: Level) -> Iterator[Fault]:
    match = re.fullmatch(
        re.escape(work.value("FRBRuri")) + r"/([a-z]{3})(?:[@:]([^/]*))?", expression.value("FRBRuri")
    )
    if match is None:
        return
    language, version = match[1], (match[2] or "").partition(";")[0]
    if language not in {"mul", expression.value("FRBRlanguage")}:
        message = (
            f"Language is '{language}' in the IRI, but '{expression.value('FRBRlanguage')}' in FRBRlanguage"
        )
        yield fault(CODE, message, expression.element)
    known = expression.values("FRBRdate") + expression.values("FRBRversionNumber")
    if version and not any(value.startswith(version) for value in known):
        yield fault(
            CODE, f"Version is '{version}' in the IRI, but {known} in the metadata", expression.element
        )
