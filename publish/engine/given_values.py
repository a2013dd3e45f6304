"""Metadata that the user gives next to the manuscript, with `--set NAME=VALUE`: what only the office knows, such as the number."""

from __future__ import annotations

import json
from collections.abc import Sequence

from msgspec.structs import asdict, replace

from publish.diagnostics import PublishError
from publish.diagnostics.codes import make
from publish.model import nodes as n
from publish.model.account import AccountEntry
from publish.model.metadata import Metadata
from publish.model.text import plain_text

HINT = "Use a name of the front matter, such as number, session, title, date, issn or dates.answered"


def given_values(words: Sequence[str]) -> Metadata:
    """Return the metadata of `name=value` words, with the names of the front matter; `dates.answered` names an inner value.

    Raises:
        PublishError: PUB-C001, if a name is unknown or a value is invalid.
    """
    if not words:
        return Metadata()
    values: dict[str, object] = {}
    for word in words:
        name, equals, value = word.partition("=")
        outer, dot, inner = name.strip().partition(".")
        if not equals or not outer:
            raise PublishError(make("PUB-C001", f"--set {word}: '=' is missing", hint=HINT))
        if not dot:
            values[outer] = value.strip()
            continue
        group = values.setdefault(outer, {})
        if not isinstance(group, dict):
            raise PublishError(make("PUB-C001", f"--set {word}: '{outer}' has a value already", hint=HINT))
        group[inner] = value.strip()
    from publish.readers.markdown.front_matter import read_front_matter  # loads YAML

    found = read_front_matter(json.dumps(values, ensure_ascii=False), "--set", 1)
    for diagnostic in found.diagnostics:
        message = diagnostic.message.removeprefix("Front matter: ")
        raise PublishError(make("PUB-C001", f"--set: {message}", hint=HINT))
    if found.settings:
        name = next(iter(found.settings))
        raise PublishError(make("PUB-C001", f"--set {name}: use --{name}"))
    return found.metadata


def with_values(document: n.Document, given: Metadata) -> tuple[n.Document, tuple[AccountEntry, ...]]:
    """Return a document whose metadata is replaced by what the user gives, and the account of a replaced title."""
    if given == Metadata():
        return document, ()
    known = document.metadata
    fields = {name: value for name, value in asdict(given).items() if isinstance(value, str) and value}
    capacities = {agent.capacity for agent in given.agents}
    roles = {date.role for date in given.dates}
    schemes = {identifier.scheme for identifier in given.identifiers}
    metadata = replace(
        known,
        **fields,
        keywords=given.keywords or known.keywords,
        agents=(*given.agents, *(a for a in known.agents if a.capacity not in capacities)),
        dates=(*given.dates, *(d for d in known.dates if d.role not in roles)),
        identifiers=(*given.identifiers, *(i for i in known.identifiers if i.scheme not in schemes)),
        related=given.related or known.related,
    )
    if not given.title:
        return replace(document, metadata=metadata), ()
    before = plain_text(document.title)
    account = [AccountEntry("given", given.title, added=True)]
    account += [AccountEntry("given", before)] if before else []
    return replace(document, metadata=metadata, title=(n.Text(given.title),)), tuple(account)
