"""What an archive must be told and no paper says. It is asked for by name, and never invented."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from publish.diagnostics import PublishError
from publish.diagnostics.codes import make


class Question(Struct, frozen=True):
    """Something that an archive must be told."""

    name: str
    about: str
    needed: tuple[str, ...] = ("mdto-sip", "bagit", "eark", "ro-crate")
    """The kinds of packages that cannot be without it."""


QUESTIONS: tuple[Question, ...] = (
    Question("archiefvormer", "the organisation that is responsible for the paper"),
    Question("waardering", "B (kept for good) or V (kept for a time), by the selection list", ("mdto-sip",)),
    Question("beperkingGebruik", "the limit to its use, such as Openbaar"),
    Question("identificatie", "the paper's identifier, where the manuscript has none"),
    Question("identificatieBron", "where that identifier comes from", ()),
    Question("naam", "the paper's name, where the manuscript has no title"),
    Question("contactpersoon", "who can be asked about the delivery", ("mdto-sip",)),
    Question("locatie", "where the archive puts it, as the archive told", ("mdto-sip",)),
    Question("bewaartermijn", "how long it is kept, as ISO 8601: P20Y; asked for with V", ()),
    Question("informatiecategorie", "its category in the selection list", ()),
    Question("selectielijst", "the selection list of that category", ()),
    Question("isOnderdeelVan", "the aggregation that it is part of: its identifier in the archive", ()),
    Question("isOnderdeelVanNaam", "the name of that aggregation", ()),
    Question("beperkingGebruikBegrippenlijst", "the list of that limit", ()),
    Question("bijzonderheden", "what is special about the material", ()),
)
"""The names are those of MDTO (Nationaal Archief, metagegevensschema 1.0.1) and of the delivery note (SIP specification 1.0)."""

NAMES = frozenset(question.name for question in QUESTIONS)
VALUES = {"waardering": frozenset({"B", "V"})}


def given(words: list[str]) -> dict[str, str]:
    """Read `name=value` words.

    Raises:
        PublishError: PUB-C001, for a name that no archive asks for.
    """
    out: dict[str, str] = {}
    for word in words:
        name, equals, value = word.partition("=")
        if not equals or name not in NAMES:
            hint = f"names: {', '.join(question.name for question in QUESTIONS)}"
            raise PublishError(make("PUB-C001", f"--set {word}: '{name}' is not asked for", hint=hint))
        out[name] = value.strip()
    return checked(out)


def checked(values: Mapping[str, str]) -> dict[str, str]:
    """The same values, where each is one that it may have.

    Raises:
        PublishError: PUB-C001.
    """
    for name, value in values.items():
        if name not in NAMES:
            raise PublishError(make("PUB-C001", f"[deposit] has an unknown key '{name}'"))
        if name in VALUES and value not in VALUES[name]:
            message = f"{name} is '{value}', and may be {' or '.join(sorted(VALUES[name]))}"
            raise PublishError(make("PUB-C001", message))
    return dict(values)


def missing(values: Mapping[str, str], kinds: Sequence[str], source: str) -> None:
    """Ask for everything at once that is missing.

    Raises:
        PublishError: PUB-D001, for each thing that is missing.
    """
    found = [
        question
        for question in QUESTIONS
        if set(question.needed) & set(kinds) and not values.get(question.name)
    ]
    if values.get("waardering") == "V":
        found += [q for q in QUESTIONS if q.name == "bewaartermijn" and not values.get(q.name)]
    if found:
        raise PublishError(
            tuple(
                make(
                    "PUB-D001",
                    f"'{question.name}' is not known: {question.about}",
                    source=source,
                    hint=f'--set {question.name}=…, or {question.name} = "…" below [deposit] in publish.toml',
                )
                for question in found
            )
        )
