"""Layout engines for PDF. publish replaces one engine by another only on request."""

from __future__ import annotations

from publish.diagnostics import PublishError
from publish.diagnostics.codes import make

ENGINES = {"weasyprint": "publish.writers.pdf.writer", "typst": "publish.writers.typst.writer"}
"""Module of each engine, with functions `write` and `pages`; the first engine is the default."""


def find_engine(name: str) -> str:
    """Return the module of a PDF engine.

    Raises:
        PublishError: PUB-C001, if the engine is unknown.
    """
    module = ENGINES.get(name or next(iter(ENGINES)))
    if module is None:
        hint = f"engines: {', '.join(ENGINES)}"
        raise PublishError(make("PUB-C001", f"Unknown PDF engine: '{name}'", hint=hint))
    return module
