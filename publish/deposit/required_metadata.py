"""Information that an archive requires and no manuscript contains. publish asks for it by name and never invents it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from publish.diagnostics import PublishError
from publish.diagnostics.codes import make


class Question(Struct, frozen=True):
    """Information that an archive requires."""

    name: str
    about: str
    needed: tuple[str, ...] = ("mdto-sip", "bagit", "eark", "ro-crate")
    """The package kinds that require it."""


QUESTIONS: tuple[Question, ...] = (
    Question("archiefvormer", "the organisation responsible for the paper"),
    Question(
        "waardering",
        "B (kept permanently) or V (kept temporarily), according to the selection list",
        ("mdto-sip",),
    ),
    Question("beperkingGebruik", "the restriction on its use, such as Openbaar"),
    Question("identificatie", "the identifier of the paper, if the manuscript has none"),
    Question("identificatieBron", "the source of the identifier of the paper", ()),
    Question("naam", "the name of the paper, if the manuscript has no title"),
    Question("contactpersoon", "the contact for questions about the delivery", ("mdto-sip",)),
    Question("locatie", "the location in the archive, as given by the archive", ("mdto-sip",)),
    Question("bewaartermijn", "the retention period in ISO 8601, such as P20Y; required with V", ()),
    Question("informatiecategorie", "the category in the selection list", ()),
    Question("selectielijst", "the selection list of that category", ()),
    Question(
        "isOnderdeelVan",
        "the identifier that the archive uses for the aggregation that contains the paper",
        (),
    ),
    Question("isOnderdeelVanNaam", "the name of that aggregation", ()),
    Question("beperkingGebruikBegrippenlijst", "the list that defines the restriction on use", ()),
    Question("bijzonderheden", "special features of the material", ()),
)
"""The names are from MDTO (Nationaal Archief, metagegevensschema 1.0.1) and the delivery note (SIP specification 1.0)."""

NAMES = frozenset(question.name for question in QUESTIONS)
VALUES = {"waardering": frozenset({"B", "V"})}


def divided(words: list[str]) -> tuple[list[str], list[str]]:
    """Return the `name=value` arguments that an archive requires, and the others, which are metadata of the manuscript."""
    required = [word for word in words if word.partition("=")[0].strip() in NAMES]
    return required, [word for word in words if word not in required]


def given(words: list[str]) -> dict[str, str]:
    """Read `name=value` arguments.

    Raises:
        PublishError: PUB-C001, if a name is unknown or a value is invalid.
    """
    out: dict[str, str] = {}
    for word in words:
        name, equals, value = word.partition("=")
        if not equals or name not in NAMES:
            hint = f"Use one of: {', '.join(question.name for question in QUESTIONS)}"
            raise PublishError(make("PUB-C001", f"--set {word}: unknown name '{name}'", hint=hint))
        out[name] = value.strip()
    return checked(out)


def checked(values: Mapping[str, str]) -> dict[str, str]:
    """Return the same values if each name and value is valid.

    Raises:
        PublishError: PUB-C001, if a name is unknown or a value is invalid.
    """
    for name, value in values.items():
        if name not in NAMES:
            raise PublishError(make("PUB-C001", f"Unknown key in [deposit]: '{name}'"))
        if name in VALUES and value not in VALUES[name]:
            message = f"Invalid value for {name}: '{value}'; use {' or '.join(sorted(VALUES[name]))}"
            raise PublishError(make("PUB-C001", message))
    return dict(values)


def missing(values: Mapping[str, str], kinds: Sequence[str], source: str) -> None:
    """Report all missing information at once.

    Raises:
        PublishError: PUB-D001, for each item that is missing.
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
                    f"'{question.name}' is missing: {question.about}",
                    source=source,
                    hint=f'Use --set {question.name}=…, or add {question.name} = "…" under [deposit] in publish.toml',
                )
                for question in found
            )
        )
