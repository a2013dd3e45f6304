"""What can lay out a PDF. No engine ever takes the place of another without being asked."""

from __future__ import annotations

from publish.diagnostics import PublishError
from publish.diagnostics.codes import make

ENGINES = {"weasyprint": "publish.writers.pdf.writer", "typst": "publish.writers.typst.writer"}
"""The module of each engine, which has `write` and `pages`; the first is the default."""


def find_engine(name: str) -> str:
    """The module of a PDF engine.

    Raises:
        PublishError: PUB-C001, if there is none of this name.
    """
    module = ENGINES.get(name or next(iter(ENGINES)))
    if module is None:
        hint = f"engines: {', '.join(ENGINES)}"
        raise PublishError(make("PUB-C001", f"Unknown PDF engine: '{name}'", hint=hint))
    return module
