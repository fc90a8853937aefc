"""Signatures this process has found genuine, so that a list need not check hundreds of them at each look.

What is kept of one is a digest made with a random key of this process, over key, message and signature: nobody's words
and nothing that opens anything. It only ever says "this was checked before".
"""

from kindline.ground.vault.primitives import digest, is_signed, random_bytes

MOST = 10_000  # then the oldest are checked again


class Proven:
    """Remembers which signatures were genuine."""

    def __init__(self, most: int = MOST) -> None:
        self.most = most
        self.key = random_bytes()
        self.found: dict[bytes, None] = {}

    def is_signed(self, public: bytes, message: bytes, signature: bytes) -> bool:
        """Say whether whoever holds the seed of this public key signed exactly this message."""
        parts = b"".join(len(part).to_bytes(4) + part for part in (public, signature, message))
        name = digest(parts, 16, self.key)
        if name in self.found:
            return True
        if not is_signed(public, message, signature):
            return False
        while len(self.found) >= self.most:
            self.found.pop(next(iter(self.found)), None)
        self.found[name] = None
        return True


PROVEN = Proven()
