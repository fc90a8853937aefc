"""Codes of invitations and the six words that two people compare. Pure."""

import secrets
from typing import NamedTuple

from kindline.ground.vault.circles import Known
from kindline.ground.vault.passphrases import folded_name, word_list
from kindline.ground.vault.primitives import derive, digest

CODE_WORDS = 7  # 90 bits
SAFETY_WORDS = 6  # 77 bits
LONGEST_CODE = 200  # characters


class Code(NamedTuple):
    """What a code comes to: the row to look in, and the key of what it offers."""

    lookup: str
    key: bytes


def new_code() -> str:
    """Return a new one-time code: seven words."""
    return " ".join(secrets.choice(word_list()) for _ in range(CODE_WORDS))


def letters_of(typed: str) -> str:
    """Return all that counts of a typed code: no case, no spaces, hyphens or commas."""
    return "".join(sign for sign in folded_name(typed[:LONGEST_CODE]) if sign.isalpha())


def read_code(typed: str) -> Code:
    """Return what a typed code comes to."""
    letters = letters_of(typed).encode()
    return Code(derive(letters, "invitation-id").hex(), derive(letters, "invitation-key"))


def safety_words(one: Known, other: Known) -> list[str]:
    """Return the six words that two people read to each other. They come from both people's keys, either way round."""
    keys = sorted(person.signing + person.box for person in (one, other))
    number = int.from_bytes(digest(b"".join(keys), key=b"kindline safety words"))
    words, found = word_list(), []
    for _ in range(SAFETY_WORDS):
        number, place = divmod(number, len(words))
        found.append(words[place])
    return found
