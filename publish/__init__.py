"""Publish one manuscript as PDF, DOCX, EPUB, Akoma Ntoso and HTML, with the same footnotes in each format.

The public API consists of the names in this module:

    import publish

    publish.convert("paper.md", to=["pdf", "docx"], style="rapport")   # files in output/, read back and compared
    publish.convert(data, to=["epub"], output=None, name="paper.md")   # bytes in, bytes out

    prepared = publish.prepare("paper.md", style="rapport")            # with all numbers, ids and links
    output = publish.write(prepared, "epub")                           # bytes
    report = publish.verify(["output/paper.pdf", "output/paper.epub"])
    changes = publish.diff("first.docx", "second.docx")

A manuscript is a path or URL, bytes, or a binary stream. Each name is imported on first use, so that `import publish` is fast.
Every function can be called from several threads.
"""

from __future__ import annotations

from publish.version import __version__ as __version__

TYPE_CHECKING = False
"""The name that type checkers recognise. Importing it from `typing` would take half as long as starting Python."""

if TYPE_CHECKING:
    from publish.diagnostics import Diagnostic, PublishError, Severity, Span
    from publish.engine.api import convert, diff, prepare, read, write
    from publish.model.nodes import Document
    from publish.request import Limits, Request
    from publish.resolve import NumberedDocument, resolve
    from publish.verify import verify

__all__ = [
    "Diagnostic",
    "Document",
    "Limits",
    "NumberedDocument",
    "PublishError",
    "Request",
    "Severity",
    "Span",
    "convert",
    "diff",
    "prepare",
    "read",
    "resolve",
    "verify",
    "write",
]

_HOMES = {
    "Diagnostic": "publish.diagnostics",
    "PublishError": "publish.diagnostics",
    "Severity": "publish.diagnostics",
    "Span": "publish.diagnostics",
    "Document": "publish.model.nodes",
    "Limits": "publish.request",
    "NumberedDocument": "publish.resolve",
    "Request": "publish.request",
    "convert": "publish.engine.api",
    "diff": "publish.engine.api",
    "prepare": "publish.engine.api",
    "read": "publish.engine.api",
    "write": "publish.engine.api",
}
"""Module of each name. `resolve` and `verify` are callable subpackages (docs/adr/0002-callable-packages.md)."""


def __getattr__(name: str) -> object:
    """Import a public name on first use (PEP 562)."""
    from importlib import import_module

    if name in {"resolve", "verify"}:
        return import_module(f"publish.{name}")
    if name not in _HOMES:
        raise AttributeError(f"module 'publish' has no attribute '{name}'")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    """Return the public names."""
    return sorted([*__all__, "__version__"])
