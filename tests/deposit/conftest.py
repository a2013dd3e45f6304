"""Fixtures for deposits: a test certificate, a timestamp service, and packages of the seed."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import NamedTuple

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    KeySerializationEncryption,
    pkcs12,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from publish.deposit.packages import KINDS
from publish.deposit.request import FORMATS, DepositRequest
from publish.deposit.write import deposit
from publish.request import Request
from tests.conftest import ROOT

VALUES = {
    "archiefvormer": "Tweede Kamer der Staten-Generaal",
    "waardering": "B",
    "beperkingGebruik": "Openbaar",
    "contactpersoon": "Bureau Publicaties",
    "locatie": "archief/1",
}
PHRASE = "geheim"


class Key(NamedTuple):
    """A PKCS #12 file and the file with its passphrase."""

    certificate: Path
    passphrase: Path


def certificate(protection: KeySerializationEncryption) -> bytes:
    """Return a PKCS #12 file with a key and a certificate for it."""
    private = rsa.generate_private_key(65537, 2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Bureau Publicaties")])
    usage = x509.KeyUsage(
        digital_signature=True,
        content_commitment=True,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )
    signed = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(private.public_key())
        .serial_number(7)
        .not_valid_before(dt.datetime(2020, 1, 1, tzinfo=dt.UTC))
        .not_valid_after(dt.datetime(2090, 1, 1, tzinfo=dt.UTC))
        .add_extension(usage, critical=True)
        .sign(private, hashes.SHA256())
    )
    return pkcs12.serialize_key_and_certificates(b"publish", private, signed, None, protection)


@pytest.fixture(scope="session")
def key(tmp_path_factory: pytest.TempPathFactory) -> Key:
    folder = tmp_path_factory.mktemp("key")
    (folder / "key.p12").write_bytes(certificate(BestAvailableEncryption(PHRASE.encode())))
    (folder / "phrase").write_text(f"{PHRASE}\n", "utf-8")
    return Key(folder / "key.p12", folder / "phrase")


def request(source: Path, output: Path, *kinds: str, **more: object) -> DepositRequest:
    """Return a deposit request with the values for the tests."""
    values = {**VALUES, "identificatie": source.stem}
    packages = kinds or tuple(kind.name for kind in KINDS)
    fields = {name: more.pop(name) for name in ("style", "options") if name in more}
    build = Request(source=str(source), formats=FORMATS, output=str(output), **fields)  # type: ignore[arg-type]
    return DepositRequest(request=build, packages=packages, values=values, **more)  # type: ignore[arg-type]


def packed(source: Path, output: Path) -> dict[str, Path]:
    """Write the packages of a manuscript and return their paths by package type."""
    done = deposit(request(source, output))
    return {kind.name: Path(place) for kind, place in zip(KINDS, done.packages, strict=True)}


@pytest.fixture(scope="session")
def packages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Return the packages of the seed, written once per session."""
    return packed(ROOT / "examples" / "aanhangsel-1558.md", tmp_path_factory.mktemp("deposit"))


@pytest.fixture
def timestamps() -> Iterator[str]:
    """Run a local timestamp service (RFC 3161 over HTTP) with its own certificate, and yield its address."""
    from asn1crypto import keys, tsp
    from asn1crypto import x509 as asn1
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
    from pyhanko.sign.timestamps import DummyTimeStamper

    private = rsa.generate_private_key(65537, 2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Klok")])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(private.public_key())
        .serial_number(8)
        .not_valid_before(dt.datetime(2020, 1, 1, tzinfo=dt.UTC))
        .not_valid_after(dt.datetime(2090, 1, 1, tzinfo=dt.UTC))
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
        .sign(private, hashes.SHA256())
    )
    clock = DummyTimeStamper(
        asn1.Certificate.load(certificate.public_bytes(Encoding.DER)),
        keys.PrivateKeyInfo.load(private.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())),
    )

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = tsp.TimeStampReq.load(self.rfile.read(int(self.headers["Content-Length"])))
            answer = clock.request_tsa_response(asked).dump()
            self.send_response(200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
