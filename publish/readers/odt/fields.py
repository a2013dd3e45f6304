"""Fields: text that a program computes, and references (ODF 1.3, part 3, 7)."""

from __future__ import annotations

from publish.readers.odt.names import LOEXT, TEXT

UNWRAPPED = frozenset(
    {TEXT + "span", TEXT + "meta", TEXT + "meta-field", LOEXT + "content-control", TEXT + "ruby-base"}
)
"""Elements around text that do not change it; a span can have a style."""

SILENT = frozenset(
    TEXT + name
    for name in (
        "alphabetical-index-mark", "alphabetical-index-mark-start", "alphabetical-index-mark-end", "change",
        "change-start", "change-end", "hidden-paragraph", "soft-page-break", "toc-mark", "toc-mark-end",
        "toc-mark-start", "user-index-mark", "user-index-mark-end", "user-index-mark-start", "number", "note-citation",
        "sequence-decls", "variable-decls", "user-field-decls", "dde-connection-decls", "tracked-changes",
        "alphabetical-index-auto-mark-file", "execute-macro-decls", "script",
    )
)  # fmt: skip
"""Elements that show nothing at their place."""

UPDATED = frozenset(
    TEXT + name
    for name in (
        "author-initials", "author-name", "chapter", "character-count", "creation-date", "creation-time", "creator",
        "date", "editing-cycles", "editing-duration", "file-name", "image-count", "modification-date",
        "modification-time", "object-count", "page-continuation", "page-count", "page-number", "page-variable-get",
        "paragraph-count", "print-date", "print-time", "printed-by", "sheet-name", "table-count", "template-name",
        "time", "word-count", "database-display", "database-name", "database-row-number", "dde-connection", "expression",
        "formula",
    )
)  # fmt: skip
"""Fields that a program updates when it opens or prints the file."""
