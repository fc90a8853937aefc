"""Junk with a seed: nonsense in the place of words, ids, numbers, files and whole requests."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote, quote_plus

Pairs = Sequence[tuple[str, str]]

TALK = (
    *("You never listen", "I feel", "that you", "always", "because", "I need", "no", "unless", "fine.", "whatever"),
    *("so sorry you feel", "if you", "don't", "I’m", "at eight", "every day", "my mother", "hates", "?", "!", ",", "."),
)
FRAGMENTS = (
    *("\x00", "\ufeff", "\u202e", "\u2028", "e\u0301", "ß", "İ", "ﬃ", "🙂", "👩‍👩‍👧", "\U0010ffff", "　", "\t", "\r\n"),
    *("<b>", "&amp;", "{{ 7 }}", "{% load %}", "%s", "%00", "../", "\\", "'", '"', "--", ";", "${x}", "-1", "1e309"),
    *("NaN", "0x1f", "½", "٣", "2026-02-30", "24:60", "0000-00-00", "null", "[[[[", '{"a":', "=cmd|' /C'!A0"),
    *TALK,
)
NUMBERS = ("", "0", "-0", "-1", "1", "3", "7", "501", "99999999999", "1.5", "1e3", "٣", "+1", " 1 ", "0b1", "1_000")
KINDS = (
    "application/json",
    "text/plain",
    "multipart/form-data",
    "multipart/form-data; boundary=x",
    "",
    "x/y; charset=q",
)


@dataclass
class Junk:
    """One source of junk; the same seed makes the same."""

    chance: random.Random

    def value(self, was: str = "") -> str:
        """Return something in the place of a field's value."""
        makers = (self._fragments, self._talk, self._number, self._signs, self._flood, self._id)
        make = self.chance.choices((*makers, lambda: self._spoilt(was)), weights=(30, 15, 15, 10, 5, 10, 15))[0]
        return make()

    def pairs(self, whole: Pairs) -> list[tuple[str, str]]:
        """Return the pairs of a form with some of them spoilt, left out, doubled, renamed or made up."""
        share = self.chance.choice((0.2, 0.5, 0.9))  # of the values
        pairs = [(name, self.value(value) if self.chance.random() < share else value) for name, value in whole]
        for _ in range(self.chance.choice((0, 0, 1, 1, 2, 5))):
            at = self.chance.randrange(len(pairs) + 1)
            act = self.chance.random()
            if act < 0.4 and at < len(pairs):
                del pairs[at]
            elif act < 0.6 and at < len(pairs):
                pairs.insert(at, (pairs[at][0], self.value(pairs[at][1])))
            elif act < 0.8 and at < len(pairs):
                pairs[at] = (self._spoilt(pairs[at][0]), pairs[at][1])
            else:
                pairs.insert(at, (self.value()[:40], self.value()))
        return pairs

    def body(self, pairs: Pairs) -> bytes:
        """Return a form's body, whole or cut, now and then with bytes in it that no browser sends."""
        body = "&".join(
            f"{quote_plus(n, errors='replace')}={quote_plus(v, errors='replace')}" for n, v in pairs
        ).encode()
        if self.chance.random() < 0.05:
            at = self.chance.randrange(len(body) + 1)
            return body[:at] + self.chance.choice(
                (b"", self.chance.randbytes(20), b"%", b"%F", b"\xff" * 9, b"&" * 500)
            )
        return body

    def file(self, whole: bytes = b"") -> bytes:
        """Return the bytes of a file somebody might send in."""
        pick = self.chance.random()
        if pick < 0.3:
            return self.chance.randbytes(self.chance.choice((0, 1, 100, 5000)))
        if pick < 0.6 and whole:
            at = self.chance.randrange(len(whole))
            return whole[:at] + self.chance.choice((b"", b"\x00", b"]]}}", self.chance.randbytes(8))) + whole[at + 3 :]
        starts = (
            "{",
            "[",
            "date,text\n",
            "PK\x03\x04",
            "\x1f\x8b",
            '{"entries":[{',
            '{"kindline":1,"rooms":',
            "<!doctype",
        )
        return (self.chance.choice(starts) + "".join(self.value() for _ in range(9))).encode(errors="replace")

    def query(self, names: Sequence[str]) -> str:
        """Return a query string of known and unknown names."""
        some = self.chance.choices([*names, self.value()[:20]], k=self.chance.randrange(1, 6))
        return "&".join(
            f"{quote(name, errors='replace')}={quote(self.value()[:2000], errors='replace')}" for name in some
        )

    def kind(self) -> str:
        """Return a content type that fits no form of ours."""
        return self.chance.choice(KINDS)

    def _fragments(self) -> str:
        return "".join(self.chance.choices(FRAGMENTS, k=self.chance.randrange(1, 12)))

    def _talk(self) -> str:
        return " ".join(self.chance.choices(TALK, k=self.chance.randrange(1, 60)))

    def _number(self) -> str:
        return self.chance.choice(NUMBERS)

    def _signs(self) -> str:
        highest = self.chance.choice((0x7F, 0x250, 0xD800))
        return "".join(chr(self.chance.randrange(0x20, highest)) for _ in range(self.chance.randrange(40)))

    def _flood(self) -> str:
        return self.chance.choice(FRAGMENTS) * self.chance.choice((50, 999, 5001))

    def _id(self) -> str:
        return f"{self.chance.getrandbits(128):032x}"

    def _spoilt(self, was: str) -> str:
        at = self.chance.randrange(len(was) + 1)
        other = self.chance.choice((*FRAGMENTS, "", was))
        return was[:at] + other + was[at + self.chance.randrange(3) :]
