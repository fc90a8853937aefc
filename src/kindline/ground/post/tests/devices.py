"""A device as a browser would be one: it holds a key and a secret, and opens what was encrypted for it (RFC 8291)."""

import os
from dataclasses import dataclass, field
from typing import Self

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from kindline.ground.post import webpush


@dataclass
class Device:
    """The receiving side."""

    key: ec.EllipticCurvePrivateKey
    auth: bytes
    public: bytes = field(init=False)

    def __post_init__(self) -> None:
        self.public = webpush.public_bytes(self.key)

    @classmethod
    def new(cls) -> Self:
        """Return a new device."""
        return cls(ec.generate_private_key(webpush.CURVE), os.urandom(webpush.AUTH_SIZE))

    def opened(self, message: bytes) -> bytes:
        """Return what a message says; raise InvalidTag when it is for another device."""
        salt, size = message[:16], message[20]
        sender, sealed = message[21 : 21 + size], message[21 + size :]
        point = ec.EllipticCurvePublicKey.from_encoded_point(webpush.CURVE, sender)
        key, nonce = webpush.derived(self.key.exchange(ec.ECDH(), point), self.auth, self.public, sender, salt)
        plain = AESGCM(key).decrypt(nonce, sealed, None).rstrip(b"\0")
        assert plain[-1:] == b"\x02", "the last record of a message ends with 2"
        return plain[:-1]
