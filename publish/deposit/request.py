"""The request for a deposit: a request for a build, and the settings of the packages."""

from __future__ import annotations

from typing import Annotated

from msgspec import Struct, field

from publish.options import setting
from publish.request import Request

FORMATS = ("pdf", "docx", "odt", "epub", "akn", "html")
"""Formats of a deposit: PDF/A-2a for reading as printed, and the open formats next to it, not in it (docs/deposit.md)."""


class DepositRequest(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A request whose files are packed. It is small and can be sent to another process."""

    request: Request = Request(formats=FORMATS)
    packages: Annotated[
        tuple[str, ...],
        setting("mdto-sip (default), bagit, eark, ro-crate; repeatable", metavar="KIND", flag="package"),
    ] = ("mdto-sip",)
    values: dict[str, str] = field(default_factory=dict)
    """Information that the archive requires (`publish.deposit.required_metadata`)."""
    certificate: Annotated[
        str, setting("sign the PDF and the digests", metavar="CERT.p12", flag="sign", path="input")
    ] = ""
    passphrase: Annotated[
        str, setting("file with the passphrase of the certificate", metavar="FILE", path="input")
    ] = ""
    replace: Annotated[bool, setting("replace the package of an earlier version of the manuscript")] = False
    timestamp: Annotated[str, setting("service for timestamps (RFC 3161)", metavar="URL")] = ""
