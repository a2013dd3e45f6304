"""Codes PUB-D…: packages for archives."""

from __future__ import annotations

from publish.diagnostics.rule import Code
from publish.diagnostics.types import Severity

CODES = (
    Code(
        "PUB-D001",
        "missing-archive-metadata",
        Severity.ERROR,
        "Information required by the archive is missing",
        "An archive accepts no package without this information, and the manuscript does not give it. publish does not invent a value.",
        "Set it with `--set NAME=VALUE`, or under `[deposit]` in publish.toml.",
    ),
    Code(
        "PUB-D002",
        "deposit-package-not-installed",
        Severity.ERROR,
        "Python package for deposits not installed",
        "`pygfried` identifies formats, `bagit` makes bags, and `pyhanko` makes signatures.",
        "Run the command in the hint; in a checkout it is `python3 -m publish.bootstrap add deposit sign`.",
    ),
    Code(
        "PUB-D003",
        "not-a-package",
        Severity.ERROR,
        "Not a package",
        "The given path is not a package of a known type, or cannot be read.",
        "Give the folder of a package: one with a pakbon.xml, a bagit.txt, a METS.xml or an ro-crate-metadata.json.",
    ),
    Code(
        "PUB-D004",
        "changed-package",
        Severity.ERROR,
        "Package has changed",
        "A file is missing, was added, or has changed since its digest was taken.",
        "Restore the file from another copy of the package.",
    ),
    Code(
        "PUB-D005",
        "failed-validation",
        Severity.ERROR,
        "Validation failed",
        "An external validator reports that a file does not conform to its standard; no package is made.",
        "Read its message; if the error is in publish, report it.",
    ),
    Code(
        "PUB-D006",
        "cannot-sign",
        Severity.ERROR,
        "Cannot sign",
        "The key cannot be used, the timestamp service does not answer, or the PDF cannot take a signature.",
        "Check the key file, its passphrase, and the address of the service.",
    ),
    Code(
        "PUB-D007",
        "invalid-signature",
        Severity.ERROR,
        "Invalid signature",
        "The signed content was changed afterwards, or the signature does not cover all of it.",
        "Do not trust the file; use another copy.",
    ),
    Code(
        "PUB-D008",
        "cannot-rebuild",
        Severity.ERROR,
        "Publication cannot be rebuilt",
        "A file rebuilt from the packaged source has different bytes or different content.",
        "If another version of publish or of a library made the package, use that version; deposit.json lists the versions.",
    ),
    Code(
        "PUB-D009",
        "format-mismatch",
        Severity.WARNING,
        "File format does not match the metadata",
        "The PRONOM tools identify a file as a different format from the one in its metadata.",
        "Check the file; the metadata may be wrong.",
    ),
    Code(
        "PUB-D010",
        "other-versions",
        Severity.WARNING,
        "Made with other versions",
        "The package was made with versions of publish, its libraries or its fonts that differ from those installed here.",
        "To make the same bytes, install the versions in deposit.json.",
    ),
    Code(
        "PUB-D011",
        "same-content-other-bytes",
        Severity.INFO,
        "Bytes differ, content is the same",
        "A rebuilt file has the same content, but another library compressed it.",
        "No action needed. The canonical digest does not depend on compression and is the same.",
    ),
)
