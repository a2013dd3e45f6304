"""The table of censuses, by reader."""

from __future__ import annotations

from importlib import import_module
from typing import Protocol

from publish.census.types import Census, SourceFile


class Take(Protocol):
    """Function that counts what a source shows."""

    def __call__(self, source: SourceFile) -> Census:
        """Return the census of a source."""
        ...


CENSUSES: dict[str, str] = {
    "docx": "publish.census.docx.census:take",
    "odt": "publish.census.odt.census:take",
    "markdown": "publish.census.markdown.census:take",
    "web": "publish.census.web.census:take",
    "pandoc": "publish.census.pandoc:take",
    "extracted": "publish.census.text:take",
    "pdf": "publish.census.pdf:take",
    "akn": "publish.census.akn:take",
    "op": "publish.census.op:take",
}
"""Function for each reader, imported at first use."""


def take(source: SourceFile) -> Census | None:
    """Count what a source shows; None if there is no census for its format.

    Raises:
        Exception: any, if the census cannot read what the reader could; the caller reports it.
    """
    target = CENSUSES.get(source.reader)
    if target is None:
        return None
    module, _, attribute = target.partition(":")
    function: Take = getattr(import_module(module), attribute)
    return function(source)
