"""A certificate of our own, to try the product on a phone in the same network (局域网试用).

Camera, position and the offline worker of a phone's browser need TLS. A self-signed certificate gives it
after one warning; a server that customers reach has a real one, or a proxy in front.
"""

import ipaddress
import socket
from datetime import UTC, datetime, timedelta
from pathlib import Path

VALID = timedelta(days=365)


def own_address() -> str:
    """This machine's address in the local network."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            # Nothing is sent: the system only says from which address it would be.
            probe.connect(("10.255.255.255", 1))
            return str(probe.getsockname()[0])
        except OSError:
            return "127.0.0.1"


def make(data: Path, address: str) -> tuple[Path, Path]:
    """A self-signed certificate for an address, and its key; kept in the data folder and used again."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    cert_path, key_path = data / f"lan-{address}.pem", data / f"lan-{address}.key"
    if cert_path.exists() and key_path.exists():
        return cert_path, key_path
    data.mkdir(parents=True, exist_ok=True)
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Shouhou LAN")])
    names = [x509.IPAddress(ipaddress.ip_address(text)) for text in {address, "127.0.0.1"}]
    start = datetime.now(UTC)
    cert = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start - timedelta(days=1))
        .not_valid_after(start + VALID)
        .add_extension(x509.SubjectAlternativeName([*names, x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    key_path.touch(mode=0o600)
    key_path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    cert_path.write_bytes(cert.public_bytes(serialization.Encoding.PEM))
    return cert_path, key_path
