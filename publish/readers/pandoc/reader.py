"""Read a file with pandoc.

pandoc does not report positions, and duplicates a note that is called twice. PUB-R016 reports this once per document.
"""

from __future__ import annotations

import re

from msgspec.structs import replace

from publish.diagnostics import PublishError
from publish.diagnostics.codes import make
from publish.readers.archives import Archive
from publish.readers.base import ReadResult, Source
from publish.readers.pandoc.kinds import format_of
from publish.readers.pandoc.latex import rewrite_notes, with_latex_notes
from publish.readers.pandoc.program import pandoc_tree
from publish.readers.pandoc.tree import TreeReader

_DELETED = re.compile(rb"\\deleted(?:1)?(?![0-9a-z])")
"""Mark of text that a tracked change deletes (RTF 1.9.1, track changes)."""


def read(source: Source) -> ReadResult:
    """Read a file with pandoc.

    Raises:
        PublishError: PUB-R009, if pandoc rejects the file or exceeds the time limit.
    """
    kind = format_of(source.name, source.data)
    archive = Archive(source) if source.data.startswith(b"PK") else None
    data = source.data
    if kind == "rtf":
        if _DELETED.search(data):
            hint = "Accept or reject the changes in Word, or save the file as .docx"
            message = "RTF contains tracked deletions, which pandoc would publish"
            raise PublishError(make("PUB-R032", message, source=source.name, hint=hint))
        # LibreOffice marks notes as ignorable, and pandoc ignores them (RTF 1.9.1, destinations and footnotes).
        data = data.replace(b"{\\*\\footnote", b"{\\footnote")
    elif kind == "latex":
        text = data.decode("utf-8", "surrogateescape")
        rewritten = rewrite_notes(text)
        data = rewritten.encode("utf-8", "surrogateescape") if rewritten != text else data
    tree, lost = pandoc_tree(source, data, kind)
    result = TreeReader(source, archive).document(tree)
    document = with_latex_notes(result.document) if kind == "latex" else result.document
    return replace(result, document=document, diagnostics=(*result.diagnostics, *lost))
