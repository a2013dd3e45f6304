"""Signatures: PAdES in the PDF, and a detached signature of the digests of a package.

pyHanko rewrites the XMP metadata of a file when it signs it, which would remove the identifiers of PDF/A and PDF/UA
(https://github.com/MatthiasValvekens/pyHanko/issues/755); this module keeps the metadata unchanged.
"""

from __future__ import annotations

import asyncio
import io
import logging
from pathlib import Path
from typing import TYPE_CHECKING, Any

from publish.diagnostics import PublishError
from publish.diagnostics.codes import make
from publish.extras import hint as extra_hint

if TYPE_CHECKING:
    from types import ModuleType

DETACHED = ".p7s"
FIELD = "Signature"


class Signer:
    """A signer with the key of a PKCS #12 file."""

    def __init__(self, certificate: str, passphrase: str, timestamps: str) -> None:
        """Load the key.

        Args:
            certificate: The PKCS #12 file.
            passphrase: A file whose first line is its passphrase; empty for none.
            timestamps: The URL of a timestamp service (RFC 3161); empty for none.

        Raises:
            PublishError: PUB-D002, if pyHanko is not installed; PUB-D006, if the key cannot be used.
        """
        hanko = _pyhanko()
        logging.getLogger("pyhanko").setLevel(logging.CRITICAL)  # publish reports each failure once
        try:
            word = Path(passphrase).read_text("utf-8").splitlines()[0].encode() if passphrase else None
            self.signer = hanko.SimpleSigner.load_pkcs12(certificate, passphrase=word)
        except (OSError, ValueError, IndexError) as error:
            raise PublishError(make("PUB-D006", f"Cannot use {certificate}: {error}")) from None
        if self.signer is None:
            raise PublishError(
                make("PUB-D006", f"Cannot open {certificate}: wrong passphrase, or not a PKCS #12 file")
            )
        self.timestamper: Any = None
        if timestamps:
            from pyhanko.sign.timestamps import HTTPTimeStamper

            self.timestamper = HTTPTimeStamper(timestamps)

    @property
    def name(self) -> str:
        """Name of the signer."""
        return str(self.signer.signing_cert.subject.human_friendly)

    def pdf(self, data: bytes) -> bytes:
        """Return the PDF with a PAdES signature of the whole file (ETSI EN 319 142-1).

        Raises:
            PublishError: PUB-D006, if the PDF cannot be signed.
        """
        from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
        from pyhanko.sign import fields, signers

        class Writer(IncrementalPdfFileWriter):
            def _update_meta(self) -> None:
                """Keep the metadata unchanged."""

        writer = Writer(io.BytesIO(data))
        meta = signers.PdfSignatureMetadata(
            field_name=FIELD, md_algorithm="sha256", subfilter=fields.SigSeedSubFilter.PADES
        )
        try:
            out = signers.sign_pdf(writer, meta, self.signer, timestamper=self.timestamper)
        except Exception as error:  # noqa: BLE001 - any failure of keys, files and services
            raise PublishError(make("PUB-D006", f"Cannot sign the PDF: {error}")) from None
        return bytes(out.getvalue())

    def detached(self, data: bytes) -> bytes:
        """Return a detached signature (CMS, RFC 5652) of the data.

        Raises:
            PublishError: PUB-D006, if the data cannot be signed.
        """
        signing = self.signer.async_sign_general_data(
            data, "sha256", detached=True, timestamper=self.timestamper
        )
        try:
            signed = asyncio.run(signing)
        except Exception as error:  # noqa: BLE001 - any failure of keys, files and services
            raise PublishError(make("PUB-D006", f"Cannot sign the digests: {error}")) from None
        return bytes(signed.dump())


def _pyhanko() -> ModuleType:
    try:
        from pyhanko.sign import signers
    except ImportError:
        hint = extra_hint("sign")
        raise PublishError(make("PUB-D002", "Package not installed: pyhanko", hint=hint)) from None
    module: ModuleType = signers
    return module
