"""Undamaged files of each kind, small enough to be damaged and read many times."""

from __future__ import annotations

from functools import cache

import publish
from publish.resolve import resolve
from tests.conftest import ROOT, SEED, SHARED
from tests.word import everything

READERS: dict[str, tuple[str, ...]] = {
    "markdown": (".md",),
    "extracted": (".md", ".txt"),
    "json": (".json",),
    "docx": (".docx",),
    "pdf": (".pdf",),
    "akn": (".xml",),
    "op": (".xml",),
    "web": (".html", ".epub"),
    "odt": (".odt", ".fodt"),
    "pandoc": (".rtf", ".rst", ".org", ".tex", ".jats", ".docbook", ".wiki"),
}
"""The readers, and the file types with which each is tested."""

WRITTEN = {
    ".docx": "docx", ".pdf": "pdf", ".html": "html", ".epub": "epub", ".odt": "odt", ".rtf": "rtf", ".rst": "rst", ".org": "org",
    ".tex": "latex", ".jats": "jats", ".docbook": "docbook", ".wiki": "mediawiki",
}  # fmt: skip
"""File types that publish can write, with their format."""

CORPUS = {
    "docx": ("docx", "letters"),
    "akn": ("akn",),
    "op": ("koop",),
    "extracted": ("text",),
    "web": ("epub",),
    "odt": ("odt",),
    "pandoc": ("markdown",),
}
"""Folders of real files, used if they exist."""


@cache
def seeds(reader: str) -> tuple[tuple[str, bytes], ...]:
    """Return undamaged manuscripts that are small enough to be read many times."""
    papers = [ROOT / "tests" / "golden" / "notes.md", SEED]
    out: list[tuple[str, bytes]] = [("alles.docx", everything())] if reader == "docx" else []
    for paper in papers:
        document = resolve(publish.read(paper).document).document
        for suffix in READERS[reader]:
            if suffix in {".md", ".txt"}:
                out.append((paper.stem + suffix, paper.read_bytes()))
            elif suffix == ".fodt":
                continue  # flat files are in the corpus
            elif suffix in WRITTEN:
                out.append((paper.stem + suffix, publish.write(document, WRITTEN[suffix]).data))
            else:
                out.append((paper.stem + suffix, publish.write(document, reader).data))
    for folder in CORPUS.get(reader, ()):
        real = [
            path for path in sorted((SHARED / "corpus" / folder).glob("*")) if path.suffix in READERS[reader]
        ]
        out += [(path.name, path.read_bytes()) for path in real if path.stat().st_size < 300_000]
    return tuple(out)
