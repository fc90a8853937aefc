"""Passphrases and recovery codes: made, judged, read back. Pure."""

import secrets
import unicodedata
from functools import cache
from pathlib import Path

from xkcdpass import xkcd_password
from zxcvbn import zxcvbn

from kindline.ground.vault.primitives import digest

UNWELCOME = Path(__file__).with_name("unwelcome.txt")
WORDS = 6
LEAST_CHARACTERS = 15
MOST_CHARACTERS = 512
SIGNS_FOR_LETTERS = "0123456789@({[<$!|+%"
MOST_SIGNS = 10
STRONG_ENOUGH = 3  # of zxcvbn's 0 to 4: beyond ten thousand million guesses

# Crockford's alphabet: no I, L, O or U, so that a code survives being read aloud and written by hand.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_CHARACTERS = 32  # of five bits: 160 bits
GROUP = 4


@cache
def word_list() -> list[str]:
    """Return the EFF's long list without what nobody wants to read to a partner: 7,364 words, 77 bits for six.

    Sorted, because two people compare words that are found by their place in it.
    """
    words = xkcd_password.generate_wordlist(xkcd_password.locate_wordfile("eff-long"), min_length=3)
    return sorted(set(words) - set(UNWELCOME.read_text().split()))


def six_words() -> str:
    """Return a new passphrase of six words."""
    return " ".join(secrets.choice(word_list()) for _ in range(WORDS))


def folded(text: str) -> str:
    """Return a name or passphrase in the one form all ways of typing it share."""
    return " ".join(unicodedata.normalize("NFKC", text).split())


def folded_name(name: str) -> str:
    """Return a name folded, upper and lower case alike."""
    return folded(name).casefold()


def is_weak(passphrase: str, names: list[str]) -> bool:
    """Say whether somebody who knows these names could guess the passphrase."""
    plain = folded(passphrase)
    beside_names = plain.casefold()
    for name in names:
        beside_names = beside_names.replace(folded_name(name), "")
    if len(plain) < LEAST_CHARACTERS or len(beside_names) < LEAST_CHARACTERS // 2:
        return True
    # zxcvbn fails above 72 characters; what it thinks of the first 72 is a lower bound for the whole.
    return bool(zxcvbn(_few_signs(plain[:72]), user_inputs=names)["score"] < STRONG_ENOUGH)


def _few_signs(text: str) -> str:
    """Leave out all but the first ten signs that may stand for letters: zxcvbn's work grows steeply with them."""
    signs = list(dict.fromkeys(sign for sign in text if sign in SIGNS_FOR_LETTERS))
    return text.translate({ord(sign): None for sign in signs[MOST_SIGNS:]})


def new_recovery_code() -> str:
    """Return a recovery code: 160 random bits and four check characters, in groups of four."""
    body = "".join(secrets.choice(ALPHABET) for _ in range(CODE_CHARACTERS))
    return _grouped(body + _check(body))


def read_recovery_code(typed: str) -> str | None:
    """Return the code as it was made, forgiving case, spaces and O for 0, or None when it cannot be one."""
    plain = unicodedata.normalize("NFKC", typed).upper().translate(str.maketrans("OIL", "011"))
    plain = "".join(sign for sign in plain if sign in ALPHABET)
    body, check = plain[:CODE_CHARACTERS], plain[CODE_CHARACTERS:]
    return _grouped(plain) if len(plain) == CODE_CHARACTERS + GROUP and check == _check(body) else None


def last_group(code: str) -> str:
    """Return the group that is typed back to show that the code was written down."""
    return code.rsplit("-", 1)[-1]


def _check(body: str) -> str:
    number = int.from_bytes(digest(body.encode(), 3))
    return "".join(ALPHABET[number >> shift & 31] for shift in (15, 10, 5, 0))


def _grouped(plain: str) -> str:
    return "-".join(plain[start : start + GROUP] for start in range(0, len(plain), GROUP))
