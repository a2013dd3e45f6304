"""Identify PRONOM formats with Siegfried, from the bytes of a file and not only from its name."""

from __future__ import annotations

from publish.deposit.content import Format
from publish.diagnostics import PublishError
from publish.diagnostics.codes import make
from publish.extras import hint as extra_hint
from publish.temporary import temporary_folder

NAMES = {
    "fmt/95": "Acrobat PDF/A 1a", "fmt/354": "Acrobat PDF/A 1b", "fmt/476": "Acrobat PDF/A 2a", "fmt/477": "Acrobat PDF/A 2b",
    "fmt/478": "Acrobat PDF/A 2u", "fmt/479": "Acrobat PDF/A 3a", "fmt/480": "Acrobat PDF/A 3b", "fmt/481": "Acrobat PDF/A 3u",
    "fmt/276": "Acrobat PDF 1.7", "fmt/1129": "Acrobat PDF 2.0",
    "fmt/412": "Microsoft Word for Windows 2007 onwards", "fmt/483": "ePub format", "fmt/101": "Extensible Markup Language 1.0",
    "fmt/1724": "Akoma Ntoso XML", "fmt/471": "Hypertext Markup Language 5", "fmt/291": "OpenDocument Text 1.2",
    "fmt/1756": "OpenDocument Text 1.3", "fmt/290": "OpenDocument Text 1.1", "fmt/817": "JSON Data Interchange Format",
    "fmt/880": "JSON-LD", "fmt/1149": "Markdown", "x-fmt/111": "Plain Text File", "fmt/11": "Portable Network Graphics 1.0",
    "fmt/12": "Portable Network Graphics 1.1", "fmt/13": "Portable Network Graphics 1.2", "fmt/43": "JPEG File Interchange Format 1.01",
    "fmt/44": "JPEG File Interchange Format 1.02", "fmt/92": "Scalable Vector Graphics 1.1", "fmt/2065": "Tom's Obvious Minimal Language",
    "x-fmt/391": "Exchangeable Image File Format (Compressed) 2.2",
}  # fmt: skip
"""PRONOM names of the formats in a package."""

BY_SUFFIX = {
    ".json": "fmt/817",
    ".md": "fmt/1149",
    ".txt": "x-fmt/111",
    ".toml": "fmt/2065",
    ".html": "fmt/471",
}
"""Text formats that only the file name identifies; for these Siegfried finds no format, or several."""

UNKNOWN = "UNKNOWN"


def identify(files: dict[str, bytes]) -> dict[str, Format]:
    """Return the format of each file.

    Raises:
        PublishError: PUB-D002, if `pygfried` is not installed.
    """
    try:
        import pygfried
    except ImportError:
        raise PublishError(
            make("PUB-D002", "Package not installed: pygfried", hint=extra_hint("deposit"))
        ) from None
    out: dict[str, Format] = {}
    with temporary_folder() as folder:
        for name, data in files.items():
            path = folder / name
            path.write_bytes(data)
            try:
                puid = str(pygfried.identify(str(path)))
            except (pygfried.EmptySourceError, pygfried.GoError):
                puid = UNKNOWN
            if puid in {UNKNOWN, ""}:
                puid = BY_SUFFIX.get(path.suffix.lower(), UNKNOWN)
            out[name] = Format(puid, NAMES.get(puid, puid))
            path.unlink()
    return out


def register() -> str:
    """Return the name and version of the identification program and of its registry."""
    import pygfried

    found = pygfried.version()
    return f"Siegfried {found}" if isinstance(found, str) else "Siegfried " + " ".join(map(str, found))
