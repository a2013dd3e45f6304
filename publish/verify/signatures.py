"""Signatures of PDF files and of digests: whether they are intact, and what they cover."""

from __future__ import annotations

import io
import logging
from typing import Any

from msgspec import Struct


class Signature(Struct, frozen=True):
    """The content of a signature."""

    signer: str
    intact: bool
    """Whether the signed data is unchanged."""
    valid: bool
    """Whether the signature was made with the key of the certificate that it contains."""
    whole: bool
    """Whether it covers the entire file."""
    trusted: bool = False
    """Whether the certificate leads to one that this machine trusts."""
    time: str = ""
    """The time of the signature, as stated by the signer."""
    stamped_by: str = ""
    """The timestamp service that also confirms the time."""

    @property
    def good(self) -> bool:
        """Whether nothing changed after the signature was made."""
        return self.intact and self.valid and self.whole

    def sentence(self) -> str:
        """Return a description for people."""
        state = "whole" if self.good else "BROKEN: the file was changed after it was signed"
        stamped = f", timestamp by {self.stamped_by}" if self.stamped_by else ""
        trust = "trusted here" if self.trusted else "this machine does not trust its certificate"
        return (
            f"Signed by {self.signer}{(f' at {self.time}' if self.time else '')}{stamped}: {state}; {trust}"
        )


def _hush() -> None:
    """Suppress log messages of pyHanko: publish itself reports an unknown certificate, without a traceback."""
    for name in ("pyhanko", "pyhanko_certvalidator"):
        logging.getLogger(name).setLevel(logging.CRITICAL)


def has_signature(data: bytes) -> bool:
    """Return whether a PDF states that it is signed (ISO 32000-1, 12.8)."""
    return data.startswith(b"%PDF") and b"/ByteRange" in data and b"/Sig" in data


def of_pdf(data: bytes) -> list[Signature] | None:
    """Return the signatures of a PDF; None if pyHanko, which reads them, is not installed."""
    _hush()
    try:
        from pyhanko.pdf_utils.reader import PdfFileReader
        from pyhanko.sign.validation import validate_pdf_signature
    except ImportError:
        return None
    try:
        reader = PdfFileReader(io.BytesIO(data))
        embedded = list(reader.embedded_signatures)
    except Exception:  # noqa: BLE001 - reading a manipulated file can raise any exception
        return [Signature("unknown", intact=False, valid=False, whole=False)]
    return [_read(found, validate_pdf_signature) for found in embedded]


def _read(found: Any, validate: Any) -> Signature:  # noqa: ANN401 - types of pyHanko
    from pyhanko.sign.validation.status import SignatureCoverageLevel

    try:
        name = str(found.signer_cert.subject.human_friendly)
        status = validate(found)
        level = status.coverage == SignatureCoverageLevel.ENTIRE_FILE
        time = found.self_reported_timestamp
        said = time.strftime("%Y-%m-%dT%H:%M:%SZ") if time is not None else ""
        stamp = status.timestamp_validity
        clock = str(stamp.signing_cert.subject.human_friendly) if stamp is not None and stamp.valid else ""
        return Signature(
            name, bool(status.intact), bool(status.valid), level, bool(status.trusted), said, clock
        )
    except Exception:  # noqa: BLE001
        return Signature("unknown", intact=False, valid=False, whole=False)


def of_data(data: bytes, signature: bytes) -> Signature | None:
    """Read a detached signature of some bytes; None if pyHanko is not installed."""
    _hush()
    try:
        from asn1crypto import cms
        from pyhanko.sign.validation import async_validate_detached_cms
    except ImportError:
        return None
    import asyncio

    try:
        info = cms.ContentInfo.load(signature)
        status = asyncio.run(async_validate_detached_cms(data, info["content"]))
        name = str(status.signing_cert.subject.human_friendly)
        return Signature(
            name, bool(status.intact), bool(status.valid), whole=True, trusted=bool(status.trusted)
        )
    except Exception:  # noqa: BLE001 - an invalid signature can raise any exception
        return Signature("unknown", intact=False, valid=False, whole=True)
