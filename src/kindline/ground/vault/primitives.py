"""The only module that speaks to libsodium: stretching, deriving, sealing bytes. Everything else here builds on it."""

import hashlib
import hmac
from typing import NamedTuple

from nacl import bindings, pwhash, utils
from nacl.exceptions import CryptoError

KEY_SIZE = 32
SALT_SIZE = 16
NONCE_SIZE = 24


class Unopened(Exception):  # noqa: N818 - it reads as what happened, in the words of the room
    """The key, the place or the bytes are not the ones this was sealed with."""


class Cost(NamedTuple):
    """How hard a passphrase is stretched: memory in bytes, passes over it."""

    memory: int
    passes: int


def random_bytes(size: int = KEY_SIZE) -> bytes:
    """Return `size` bytes nobody can foretell."""
    return utils.random(size)


def stretch(secret: bytes, salt: bytes, cost: Cost) -> bytes:
    """Return 32 bytes from a passphrase with Argon2id (RFC 9106), one lane; the salt is 16 bytes."""
    return pwhash.argon2id.kdf(KEY_SIZE, secret, salt, opslimit=cost.passes, memlimit=cost.memory)


def derive(root: bytes, purpose: str, salt: bytes = b"") -> bytes:
    """Return the 32-byte key for one purpose with HKDF-SHA256 (RFC 5869, a single block of output)."""
    extracted = hmac.digest(salt or bytes(32), root, "sha256")
    return hmac.digest(extracted, purpose.encode() + b"\x01", "sha256")


def digest(data: bytes, size: int = 32, key: bytes = b"") -> bytes:
    """Return a BLAKE2b digest of `size` bytes, keyed when a key is given."""
    return hashlib.blake2b(data, digest_size=size, key=key).digest()


def encrypt(key: bytes, plain: bytes, bound_to: bytes) -> bytes:
    """Return nonce and ciphertext (XChaCha20-Poly1305); it opens only together with `bound_to`."""
    nonce = utils.random(NONCE_SIZE)
    return nonce + bindings.crypto_aead_xchacha20poly1305_ietf_encrypt(plain, bound_to, nonce, key)


def decrypt(key: bytes, nonce_and_text: bytes, bound_to: bytes) -> bytes:
    """Return what `encrypt` was given, or raise Unopened."""
    nonce, text = nonce_and_text[:NONCE_SIZE], nonce_and_text[NONCE_SIZE:]
    try:
        return bindings.crypto_aead_xchacha20poly1305_ietf_decrypt(text, bound_to, nonce, key)
    except (CryptoError, ValueError, TypeError) as error:
        raise Unopened from error
