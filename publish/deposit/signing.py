"""Signatures: PAdES in the PDF, and a detached one over the digests of a package.

pyHanko writes the XMP metadata of a file anew when it signs it, which would take the marks of PDF/A and PDF/UA away
(https://github.com/MatthiasValvekens/pyHanko/issues/755); here they stay as they are.
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
    """Signs with the key of a PKCS #12 file."""

    def __init__(self, certificate: str, passphrase: str, timestamps: str) -> None:
        """Load the key.

        Args:
            certificate: The PKCS #12 file.
            passphrase: A file whose first line is its passphrase; empty for none.
            timestamps: The address of a service for timestamps (RFC 3161); empty for none.

        Raises:
            PublishError: PUB-D002, where pyHanko is not installed; PUB-D006, where the key cannot be used.
        """
        hanko = _pyhanko()
        logging.getLogger("pyhanko").setLevel(logging.CRITICAL)  # what it cannot do is told once, by us
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
        """Who signs."""
        return str(self.signer.signing_cert.subject.human_friendly)

    def pdf(self, data: bytes) -> bytes:
        """The same PDF with a PAdES signature over all of it (ETSI EN 319 142-1).

        Raises:
            PublishError: PUB-D006.
        """
        from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
        from pyhanko.sign import fields, signers

        class Writer(IncrementalPdfFileWriter):
            def _update_meta(self) -> None:
                """Leave the metadata as it is."""

        writer = Writer(io.BytesIO(data))
        meta = signers.PdfSignatureMetadata(
            field_name=FIELD, md_algorithm="sha256", subfilter=fields.SigSeedSubFilter.PADES
        )
        try:
            out = signers.sign_pdf(writer, meta, self.signer, timestamper=self.timestamper)
        except Exception as error:  # noqa: BLE001 - whatever keys, files and services bring about
            raise PublishError(make("PUB-D006", f"Cannot sign the PDF: {error}")) from None
        return bytes(out.getvalue())

    def detached(self, data: bytes) -> bytes:
        """A detached signature (CMS, RFC 5652) over some bytes.

        Raises:
            PublishError: PUB-D006.
        """
        signing = self.signer.async_sign_general_data(
            data, "sha256", detached=True, timestamper=self.timestamper
        )
        try:
            signed = asyncio.run(signing)
        except Exception as error:  # noqa: BLE001 - whatever keys, files and services bring about
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
