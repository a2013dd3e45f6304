"""What is asked of a deposit. It is small, and runs anywhere, as a job does."""

from __future__ import annotations

from msgspec import field

from publish.engine.job import Job

FORMATS = ("pdf", "docx", "odt", "epub", "akn", "html")
"""What is deposited: PDF/A-2a for reading as printed, with the open formats beside it and none embedded in it (docs/deposit.md)."""


class Request(Job, frozen=True):
    """A job whose files are packed."""

    packages: tuple[str, ...] = ("mdto-sip",)
    values: dict[str, str] = field(default_factory=dict)
    """What the archive must be told (`publish.deposit.asked`)."""
    certificate: str = ""
    """A PKCS #12 file by which the PDF and the digests are signed; empty signs nothing."""
    passphrase: str = ""
    """The file with its passphrase."""
    timestamps: str = ""
    """The address of a service for timestamps (RFC 3161)."""
