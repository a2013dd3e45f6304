"""Conversion of YAML front matter to typed metadata, with the line and column of each error."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec.structs import replace

from publish.conversion import converted
from publish.diagnostics import Diagnostic, PublishError, Span
from publish.diagnostics.codes import make
from publish.model.language import is_language
from publish.model.metadata import Agent, DocumentDate, Identifier, Metadata, Related
from publish.model.policy import NotePolicy
from publish.model.structure import Structure

if TYPE_CHECKING:
    import yaml  # loading it takes as long as reading a manuscript, and most manuscripts have no front matter

TEXT_KEYS = {
    "type": "kind",
    "title": "title",
    "subtitle": "subtitle",
    "subject": "subject",
    "country": "country",
    "body": "body",
    "series": "series",
    "session": "session",
    "vergaderjaar": "session",
    "number": "number",
    "dossier": "dossier",
    "reference": "reference",
    "kenmerk": "reference",
    "place": "place",
    "rights": "rights",
}
"""Keys whose value is one text, and the field of `Metadata` for each."""

CAPACITIES = {
    "author": "author",
    "authors": "author",
    "publisher": "publisher",
    "questioner": "questioner",
    "questioners": "questioner",
    "addressee": "addressee",
    "answerer": "answerer",
    "on-behalf": "on-behalf",
}
"""Keys whose value is a name, a mapping of the fields of an agent, or a list of these."""

CONTENTS_DEPTH = 3
"""Levels of a table of contents that is requested without a number."""

STRUCTURE = {
    "numbered-sections": "sections",
    "numbered-captions": "captions",
    "page-references": "page_references",
    "contents": "contents",
}
"""Keys that specify what is numbered and listed, and the field of `Structure` for each."""

SETTINGS = frozenset({"profile", "style", "jurisdiction"})
"""Keys that specify how a document is published; they are passed on separately from the metadata."""


class FrontMatter(msgspec.Struct):
    """Content of the lines at the top of a manuscript."""

    metadata: Metadata
    note_policy: NotePolicy
    settings: dict[str, str]
    diagnostics: list[Diagnostic]
    structure: Structure | None = None


class _Wrong(Exception):  # noqa: N818 - a signal within this module
    """A value does not have the type that its key requires."""


class _Reader:
    def __init__(self, source: str, first_line: int) -> None:
        self.source = source
        self.first_line = first_line
        self.fields: dict[str, Any] = {}
        self.extra: dict[str, str] = {}
        self.settings: dict[str, str] = {}
        self.policy = NotePolicy()
        self.structure: Structure | None = None
        self.found: list[Diagnostic] = []

    def span(self, mark: yaml.Mark | None) -> Span:
        if mark is None:
            return Span(self.first_line)
        return Span(mark.line + self.first_line, mark.column + 1)

    def key(self, key: str, value: Any, where: yaml.Mark | None) -> None:  # noqa: ANN401 - YAML values
        try:
            self._key(key, value, where)
        except _Wrong as wrong:
            message = f"Front matter: {key}: {wrong}"
            self.found.append(make("PUB-R008", message, span=self.span(where), source=self.source))

    def _key(self, key: str, value: Any, where: yaml.Mark | None) -> None:  # noqa: ANN401
        if key in {"lang", "language"}:
            self.fields["language"] = _language(value)
        elif key in TEXT_KEYS:
            self.fields[TEXT_KEYS[key]] = _text(value)
        elif key in CAPACITIES:
            self.add("agents", _agents(CAPACITIES[key], value))
        elif key == "keywords":
            self.fields["keywords"] = tuple(_text(v) for v in _many(value))
        elif key == "date":
            self.add("dates", (DocumentDate("published", _date(value)),))
        elif key == "dates":
            self.add("dates", tuple(DocumentDate(str(k), _date(v)) for k, v in _mapping(value).items()))
        elif key in {"identifiers", "identifier"}:
            self.add("identifiers", _identifiers(value))
        elif key in {"issn", "isbn"}:
            self.add("identifiers", (Identifier(key, _text(value)),))
        elif key in {"see-also", "related"}:
            self.add("related", tuple(Related("see-also", _text(v)) for v in _many(value)))
        elif key == "notes":
            self.policy = _policy(value)
        elif key in STRUCTURE:
            self.structure = _structure(self.structure, key, value)
        elif key in SETTINGS:
            self.settings[key] = _text(value)
        else:
            message = f"Front matter: unknown key '{key}'"
            self.found.append(make("PUB-R006", message, span=self.span(where), source=self.source))
            import yaml

            plain = not isinstance(value, dict | list)
            self.extra[key] = str(value) if plain else yaml.safe_dump(value, default_flow_style=True).strip()

    def add(self, field: str, values: tuple[Any, ...]) -> None:
        self.fields[field] = (*self.fields.get(field, ()), *values)


TEXT = frozenset({"lang", "language", *TEXT_KEYS})
"""Keys whose value is text, even if YAML 1.1 reads it as a Boolean value."""


MOST_VALUES = 10_000
"""Largest number of values in front matter, with those that aliases repeat."""


def _check_size(node: yaml.Node | None, known: dict[int, int], reader: _Reader) -> int:
    """Return the number of values in a node, with those that its aliases repeat.

    Raises:
        PublishError: PUB-R005, if there are too many, or if a node contains itself.
    """
    if node is None or isinstance(node.value, str):
        return 1
    if id(node) not in known:
        known[id(node)] = MOST_VALUES  # a node that contains itself repeats without end
        inside = [x for pair in node.value for x in (pair if isinstance(pair, tuple) else (pair,))]
        known[id(node)] = 1 + sum(_check_size(child, known, reader) for child in inside)
    if known[id(node)] > MOST_VALUES:
        message = f"Front matter has more than {MOST_VALUES:,} values, with those that aliases repeat"
        raise PublishError(
            make("PUB-R005", message, span=reader.span(node.start_mark), source=reader.source, hint=_HINT)
        )
    return known[id(node)]


def read_front_matter(text: str, source: str, first_line: int = 2) -> FrontMatter:
    """Read the text between the two `---`.

    Args:
        text: The YAML text.
        source: Name of the manuscript for diagnostics.
        first_line: The line of the manuscript on which the text begins, counted from 1.

    Raises:
        PublishError: PUB-R005, if the text is not a YAML mapping.
    """
    import yaml

    reader = _Reader(source, first_line)
    try:
        tree = yaml.compose(text, Loader=yaml.SafeLoader)
        _check_size(tree, {}, reader)
        values = yaml.safe_load(text)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        span = reader.span(mark)
        message = f"Invalid YAML in front matter: {error.problem or error.context}"
        raise PublishError(make("PUB-R005", message, span=span, source=source, hint=_HINT)) from None
    except (yaml.YAMLError, ValueError) as error:
        message = f"Invalid YAML in front matter: {error}"
        raise PublishError(make("PUB-R005", message, span=Span(first_line), source=source)) from None
    if tree is not None and not isinstance(tree, yaml.MappingNode):
        message = "Front matter is not a list of `key: value` lines"
        raise PublishError(
            make("PUB-R005", message, span=reader.span(tree.start_mark), source=source, hint=_HINT)
        )
    nodes = {k.value: (k, v) for k, v in tree.value} if tree is not None else {}
    for key, value in (values or {}).items():
        key_node, value_node = nodes.get(str(key), (None, None))
        if isinstance(value, bool) and key in TEXT and isinstance(value_node, yaml.ScalarNode):
            # YAML 1.1 reads `no` as false; YAML 1.2 reads it as text, such as the country or the language.
            value = value_node.value  # noqa: PLW2901
        reader.key(str(key), value, key_node.start_mark if key_node is not None else None)
    metadata = Metadata(extra=reader.extra, **reader.fields)
    return FrontMatter(metadata, reader.policy, reader.settings, reader.found, reader.structure)


_HINT = "Put quotation marks around a value that contains ': ' or begins with a special character"


def _text(value: object) -> str:
    if isinstance(value, bool) or value is None or isinstance(value, dict | list):
        raise _Wrong("expected a single text value")
    return str(value)


def _language(value: object) -> str:
    tag = _text(value)
    if not is_language(tag):
        raise _Wrong(f"invalid language tag: '{tag}' (examples: nl, en-GB)")
    return tag


def _many(value: object) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _mapping(value: object) -> dict[Any, Any]:
    if not isinstance(value, dict):
        raise _Wrong("expected `key: value` lines")
    return value


def _date(value: object) -> dt.date:
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    try:
        return dt.date.fromisoformat(str(value))
    except ValueError:
        raise _Wrong(f"invalid date: '{value}' (example: 2022-02-03)") from None


def _identifiers(value: object) -> tuple[Identifier, ...]:
    if isinstance(value, dict):
        return tuple(Identifier(str(k), _text(v)) for k, v in value.items())
    return tuple(Identifier("local", _text(v)) for v in _many(value))


def _agents(capacity: str, value: object) -> tuple[Agent, ...]:
    def agent(one: object) -> Agent:
        fields = one if isinstance(one, dict) else {"name": _text(one)}
        if "organization" in fields:
            fields = {
                **{k: v for k, v in fields.items() if k != "organization"},
                "organisation": fields["organization"],
            }
        unknown = set(fields) - {"name", "office", "organisation", "party"}
        if unknown:
            raise _Wrong(f"unknown key '{min(unknown)}'; expected name, office, organisation or party")
        return Agent(capacity, **{str(k): _text(v) for k, v in fields.items()})  # type: ignore[arg-type]

    return tuple(agent(one) for one in _many(value))


def _structure(structure: Structure | None, key: str, value: object) -> Structure:
    if key == "contents" and isinstance(value, bool):
        value = CONTENTS_DEPTH if value else 0
    if isinstance(value, bool) == (key == "contents") or not isinstance(value, int) or not 0 <= value <= 6:
        raise _Wrong(
            "expected a number of levels from 0 to 6, or true"
            if key == "contents"
            else "expected true or false"
        )
    return replace(structure or Structure(), **{STRUCTURE[key]: value})


def _policy(value: object) -> NotePolicy:
    try:
        policy = converted(value, NotePolicy, strict=False)
    except msgspec.ValidationError as error:
        raise _Wrong(str(error)) from None
    if policy.kind == "table":
        raise _Wrong("only a series can have the kind `table`")
    for name, series in (("", policy), *policy.series.items()):
        where = f" in series {name}" if name else ""
        if series.scope == "page" and series.kind != "foot":
            raise _Wrong(f"`scope: page` requires footnotes{where}")
        if (series.scope == "role") != bool(series.role):
            raise _Wrong(f"`scope: role` and `role` must be used together{where}")
        if name and not name.isidentifier():
            raise _Wrong(f"invalid series name: '{name}' (use only letters, digits and _)")
    return policy
