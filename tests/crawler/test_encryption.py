"""Sites that speak TLS as well or as badly as sites of agencies do: what a browser can open is read."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from crawl_process import run_crawl
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from fault_sites import FaultSites, Handler, page

NOTHING = "<ul class='list'></ul><p>暂无相关信息</p>"
ANY_STRENGTH = ":@SECLEVEL=0"
# The group of 1,024 bits of RFC 2409 (6.2), as OpenSSL writes one.
SHORT = ssl.DER_cert_to_PEM_cert(
    bytes.fromhex(
        "308187028181"
        "00FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74020BBEA63B139B22514A08798E3404DD"
        "EF9519B3CD3A431B302B0A6DF25F14374FE1356D6D51C245E485B576625E7EC6F44C42E9A637ED6B0BFF5CB6F406B7ED"
        "EE386BFB5A899FA5AE9F24117C4B1FE649286651ECE65381FFFFFFFFFFFFFFFF"
        "020102"
    )
).replace("CERTIFICATE", "DH PARAMETERS")


@dataclass
class Speaks:
    """How a site speaks TLS."""

    newest: ssl.TLSVersion = ssl.TLSVersion.TLSv1_3
    oldest: ssl.TLSVersion = ssl.TLSVersion.TLSv1_2
    ciphers: str = "ALL"
    short_exchange: bool = False
    key_bits: int = 2048
    name: str = ""
    days: int = 10


SITES = {
    "well": Speaks(),
    "newest": Speaks(oldest=ssl.TLSVersion.TLSv1_3),
    "expired": Speaks(days=-5),
    "other-name": Speaks(name="www.lingzhou.example"),
    "short-key": Speaks(key_bits=1024),
    "plain-key-exchange": Speaks(newest=ssl.TLSVersion.TLSv1_2, ciphers="AES128-SHA"),
    # It chooses DHE, with a key too short for any browser, where a client offers that.
    "short-exchange": Speaks(
        newest=ssl.TLSVersion.TLSv1_2, ciphers="DHE-RSA-AES128-SHA:AES128-SHA", short_exchange=True
    ),
}


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    """All sites in one crawl."""
    directory = tmp_path_factory.mktemp("encryption")
    lines = ["id,region_code,agency,listing_url,platform,first_year,note"]
    with ExitStack() as running:
        for name, speaks in SITES.items():
            host = f"{name}.faults.example"
            sites = running.enter_context(FaultSites({host: listing}, context(directory / f"{name}.pem", host, speaks)))
            lines.append(f"{name},990100,凌州市水务局,https://{host}:{sites.port}/nb/,,,")
        registry = directory / "sources.csv"
        registry.write_text("\n".join(lines) + "\n", encoding="utf-8")
        yield run_crawl(
            registry,
            directory / "archive.db",
            OGI_LOOPBACK_HOSTS=".faults.example",
            DOWNLOAD_TIMEOUT=10,
            RETRY_TIMES=0,
            LOG_LEVEL="CRITICAL",
        )


@pytest.mark.parametrize("name", SITES)
def test_a_site_is_read_however_it_encrypts(result: dict[str, Any], name: str) -> None:
    reason = result["evidence"][name]["reason"]
    assert (result["states"][name], reason) == ("empty", reason)


def listing(handler: Handler) -> None:
    page(NOTHING)(handler) if handler.path == "/nb/" else handler.send_page(404, "404")


def context(certificate: Path, host: str, speaks: Speaks) -> ssl.SSLContext:
    certificate.write_bytes(certified(speaks.name or host, speaks))
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    made.set_ciphers(speaks.ciphers + ANY_STRENGTH)
    made.minimum_version = speaks.oldest
    made.maximum_version = speaks.newest
    made.load_cert_chain(certificate)
    if speaks.short_exchange:
        parameters = certificate.with_suffix(".dh")
        parameters.write_text(SHORT)
        made.load_dh_params(parameters)
    return made


def certified(name: str, speaks: Speaks) -> bytes:
    """A key and the certificate that it wrote for itself."""
    key = rsa.generate_private_key(65537, speaks.key_bits)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=400))
        .not_valid_after(now + timedelta(days=speaks.days))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.TraditionalOpenSSL, serialization.NoEncryption()
    )
    return private + made.public_bytes(serialization.Encoding.PEM)
