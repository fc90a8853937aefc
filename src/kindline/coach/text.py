"""Level the writing of a text: straight quotes, small letters, nothing invisible, with the way back to every place."""

import re

_STRAIGHT = str.maketrans(
    {
        "’": "'", "‘": "'", "ʼ": "'", "´": "'", "`": "'", "‛": "'", "＇": "'",
        "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‟": '"', "＂": '"',
        "–": "—", "―": "—", "‐": "-", "‑": "-",
        "\u00a0": " ", "\u2009": " ", "\u202f": " ", "\t": " ", "\r": "\n", "\u2028": "\n", "\u2029": "\n",
    }
)  # fmt: skip
_INVISIBLE = frozenset("\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f\ufe0e\ufe0f")
_HAS_INVISIBLE = re.compile("[" + "".join(_INVISIBLE) + "]")


class Levelled:
    """A text made plain for reading; `origin(place)` leads back to the code point it came from."""

    __slots__ = ("_places", "plain")

    def __init__(self, text: str) -> None:
        self._places: list[int] | None = None
        if text.isascii():
            self.plain = text.lower().replace("\t", " ").replace("`", "'").replace("\r", "\n")
            return
        plain = text.translate(_STRAIGHT)
        lowered = plain.lower()
        if len(lowered) == len(text) and _HAS_INVISIBLE.search(lowered) is None:
            self.plain = lowered
            return
        places: list[int] = []
        letters: list[str] = []
        for place, letter in enumerate(plain):
            if letter in _INVISIBLE:
                continue
            small = letter.lower()
            letters.append(small)
            places.extend([place] * len(small))
        self.plain = "".join(letters)
        self._places = [*places, len(text)]

    @property
    def same_places(self) -> bool:
        """Tell whether every letter stands where it stood in the given text."""
        return self._places is None

    def origin(self, place: int) -> int:
        """Return the code point in the given text that stands behind a place in the plain one."""
        return place if self._places is None else self._places[place]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return a whole stretch in the given text; an invisible letter inside belongs to it."""
        if self._places is None:
            return start, end
        return self._places[start], self._places[end - 1] + 1
