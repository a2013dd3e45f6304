"""Parsers of XML that open no other file."""

from __future__ import annotations

from typing import Any

from lxml import etree


class _Nothing(etree.Resolver):
    """Resolver for which every external file is empty."""

    def resolve(self, system_url: Any, public_id: Any, context: Any) -> Any:  # type: ignore[override]  # noqa: ANN401 - types of lxml
        del system_url, public_id
        return self.resolve_string(" ", context, base_url=None)


def closed_parser(**options: Any) -> etree.XMLParser:  # noqa: ANN401 - Booleans
    """Return a parser that reads no entity and opens no file; with `collect_ids=False`, lxml alone would open a DTD.

    Args:
        options: More options of `lxml.etree.XMLParser`.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, **options)
    parser.resolvers.add(_Nothing())
    return parser
