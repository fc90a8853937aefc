"""The only module that speaks to libsodium: stretching, deriving, sealing, signing. All else here builds on it."""

import hashlib
import hmac
from typing import NamedTuple
from uuid import UUID

from nacl import bindings, pwhash, utils
from nacl.exceptions import BadSignatureError, CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox
from nacl.signing import SigningKey, VerifyKey

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


def derived_id(root: bytes, purpose: str, about: bytes = b"") -> UUID:
    """Return the id that whoever has this key finds again for a purpose; to everybody else it looks random."""
    return UUID(bytes=derive(root, purpose, about)[:16], version=4)


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


def signing_public(seed: bytes) -> bytes:
    """Return the public half (32 bytes) of the key that signs with this seed (Ed25519, RFC 8032)."""
    return bytes(SigningKey(seed).verify_key)


def sign(seed: bytes, message: bytes) -> bytes:
    """Return the 64-byte signature of a message."""
    return SigningKey(seed).sign(message).signature


def is_signed(public: bytes, message: bytes, signature: bytes) -> bool:
    """Say whether whoever holds the seed of this public key signed exactly this message."""
    try:
        VerifyKey(public).verify(message, signature)
    except (BadSignatureError, ValueError, TypeError):
        return False
    return True


def box_public(secret: bytes) -> bytes:
    """Return the public half (32 bytes) of the key that a sealed box is made for (X25519)."""
    return bytes(PrivateKey(secret).public_key)


def seal_for(public: bytes, plain: bytes) -> bytes:
    """Return a sealed box: only who holds this public key's secret opens it; it does not say who made it."""
    return SealedBox(PublicKey(public)).encrypt(plain)


def open_sealed_box(secret: bytes, box: bytes) -> bytes:
    """Return what `seal_for` was given, or raise Unopened."""
    try:
        return SealedBox(PrivateKey(secret)).decrypt(box)
    except (CryptoError, ValueError, TypeError) as error:
        raise Unopened from error
