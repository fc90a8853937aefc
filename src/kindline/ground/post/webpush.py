"""The only module that speaks to `cryptography`: Web Push wants P-256 (RFC 8291, RFC 8292), which libsodium has not."""

import hmac
import json
import os
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

CURVE = ec.SECP256R1()
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551  # of that curve (SEC 2, 2.4.2)
PUBLIC_SIZE, AUTH_SIZE, SALT_SIZE = 65, 16, 16
RECORD = 4096  # bytes, the only record of a message
PADDED_TO = 256  # bytes of every message, so that not even its language shows
GOOD_FOR = timedelta(hours=12)  # a signed token; services take 24 hours at most
_ALGORITHM = ec.ECDSA(SHA256())


class NoKey(Exception):  # noqa: N818 - what is the case
    """These bytes are no public key, or no secret, of a device."""


def packed(raw: bytes) -> str:
    """Return bytes as base64url without filling."""
    return urlsafe_b64encode(raw).decode().rstrip("=")


def unpacked(text: str) -> bytes:
    """Return the bytes of base64url without filling; raise NoKey for anything else."""
    try:
        raw = urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except ValueError as error:
        raise NoKey from error
    if packed(raw) != text:
        raise NoKey
    return raw


def own_key(secret: str) -> ec.EllipticCurvePrivateKey:
    """Return the key that this installation signs with, from the hexadecimal digits it keeps."""
    return ec.derive_private_key(int(secret, 16) % (ORDER - 1) + 1, CURVE)


def public_bytes(key: ec.EllipticCurvePrivateKey) -> bytes:
    """Return the public half of a key (65 bytes, uncompressed)."""
    return key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def check_device(public: bytes, auth: bytes) -> None:
    """Raise NoKey when a device's public key is no point of the curve, or its secret has not 16 bytes."""
    _point(public)
    if len(auth) != AUTH_SIZE:
        raise NoKey


def encrypted(
    plain: bytes,
    public: bytes,
    auth: bytes,
    *,
    key: ec.EllipticCurvePrivateKey | None = None,
    salt: bytes = b"",
    padded_to: int = PADDED_TO,
) -> bytes:
    """Return a message that only one device opens (RFC 8291, aes128gcm in one record). Key and salt are new each time.

    Tests give them, to compare with the document's own example.
    """
    key, salt = key or ec.generate_private_key(CURVE), salt or os.urandom(SALT_SIZE)
    mine = public_bytes(key)
    content_key, nonce = derived(key.exchange(ec.ECDH(), _point(public)), auth, public, mine, salt)
    record = plain + b"\x02" + bytes(max(0, padded_to - len(plain)))
    head = salt + RECORD.to_bytes(4) + bytes([len(mine)]) + mine
    return head + AESGCM(content_key).encrypt(nonce, record, None)


def derived(shared: bytes, auth: bytes, public: bytes, sender: bytes, salt: bytes) -> tuple[bytes, bytes]:
    """Return key and nonce of a message (RFC 8291, 3.4)."""
    material = _expanded(_mac(auth, shared), b"WebPush: info\0" + public + sender, 32)
    extracted = _mac(salt, material)
    return (
        _expanded(extracted, b"Content-Encoding: aes128gcm\0", 16),
        _expanded(extracted, b"Content-Encoding: nonce\0", 12),
    )


def authorization(key: ec.EllipticCurvePrivateKey, endpoint: str, contact: str, now: datetime) -> str:
    """Return the header by which a push service knows who sends (RFC 8292); good for every endpoint of its origin."""
    parts = urlsplit(endpoint)
    claims = {
        "aud": f"{parts.scheme}://{parts.netloc}",
        "exp": int((now + GOOD_FOR).timestamp()),
        "sub": contact,
    }
    said = ".".join(packed(json.dumps(one, separators=(",", ":")).encode()) for one in (_HEADER, claims))
    r, s = decode_dss_signature(key.sign(said.encode(), _ALGORITHM))
    return f"vapid t={said}.{packed(r.to_bytes(32) + s.to_bytes(32))}, k={packed(public_bytes(key))}"


def is_authorized(header: str) -> bool:
    """Say whether such a header is signed with the key that it names, as a push service checks it."""
    token, _, key = header.removeprefix("vapid t=").partition(", k=")
    said, _, signature = token.rpartition(".")
    raw = unpacked(signature)
    r, s = int.from_bytes(raw[:32]), int.from_bytes(raw[32:])
    try:
        _point(unpacked(key)).verify(encode_dss_signature(r, s), said.encode(), _ALGORITHM)
    except InvalidSignature:
        return False
    return True


_HEADER = {"typ": "JWT", "alg": "ES256"}


def _point(public: bytes) -> ec.EllipticCurvePublicKey:
    if len(public) != PUBLIC_SIZE:
        raise NoKey
    try:
        return ec.EllipticCurvePublicKey.from_encoded_point(CURVE, public)
    except ValueError as error:
        raise NoKey from error


def _mac(key: bytes, message: bytes) -> bytes:
    return hmac.digest(key, message, "sha256")


def _expanded(key: bytes, purpose: bytes, size: int) -> bytes:
    """Return a single block of HKDF (RFC 5869), cut to size."""
    return _mac(key, purpose + b"\x01")[:size]
