"""Signatures this process has found genuine, so that a list need not check hundreds of them at each look.

What is kept of one is a digest made with a random key of this process, over key, message and signature: nobody's words
and nothing that opens anything. It only ever says "this reader checked this before". Everybody has their own: how
quickly one's page comes must not tell that the other has looked already.
"""

from uuid import UUID

from kindline.ground.vault.primitives import digest, is_signed, random_bytes

NOBODY = UUID(int=0)  # a program that checks a file
MOST = 10_000  # of one reader; then their oldest are checked again


class Proven:
    """Remembers which signatures were genuine."""

    def __init__(self, most: int = MOST) -> None:
        self.most = most
        self.key = random_bytes()
        self.found: dict[UUID, dict[bytes, None]] = {}

    def is_signed(self, public: bytes, message: bytes, signature: bytes, reader: UUID = NOBODY) -> bool:
        """Say to a reader whether whoever holds the seed of this public key signed exactly this message."""
        parts = b"".join(len(part).to_bytes(4) + part for part in (public, signature, message))
        name = digest(parts, 16, self.key)
        found = self.found.setdefault(reader, {})
        if name in found:
            return True
        if not is_signed(public, message, signature):
            return False
        while len(found) >= self.most:
            found.pop(next(iter(found)), None)
        found[name] = None
        return True


PROVEN = Proven()
