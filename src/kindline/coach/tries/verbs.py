"""The forms of English verbs: from any form to the base, and from the base to the form a try needs."""

from functools import cache
from pathlib import Path

from kindline.coach.book import RULES
from kindline.coach.words import forms_of

FOLDER = RULES / "en"
_VOWELS = frozenset("aeiou")
_SHORTEST = 3
_BE = {"am": "be", "is": "be", "are": "be", "was": "be", "were": "be", "been": "be", "being": "be", "has": "have"}
_NOT_DOUBLED = frozenset("wxy")
_BEFORE_E = (
    "at",
    "v",
    "c",
    "dg",
    "rg",
    "ang",
    "u",
    "iz",
    "as",
    "os",
    "ir",
    "ur",
    "ar",
    "ak",
    "ok",
    "ik",
    "cid",
    "vid",
    "vit",
)
_BEFORE_NO_E = ("eat", "oat", "ook", "eak", "oak", "ear", "oar", "air", "our")
_LONE_STRESS = frozenset(("listen", "open", "visit", "offer", "order", "answer", "happen", "enter", "remember"))


class Verbs:
    """Knows which forms belong to which verb; unknown words are read by their endings."""

    def __init__(self, folder: Path = FOLDER) -> None:
        self._own: dict[str, tuple[str, str]] = {}  # base: past and participle, where they are irregular
        self.base: dict[str, str] = dict(_BE)  # any form: base
        self._pasts: set[str] = {"was", "were"}
        self._participles: set[str] = {"been"}
        for line in (folder / "tries" / "verbs.txt").read_text(encoding="utf-8").splitlines():
            if line.startswith("@regular "):
                for base in line.split()[1:]:
                    self._keep(base, regular(base)[1], regular(base)[1])
            elif line and not line.startswith("#"):
                base, past, *rest = line.split()
                self._keep(base, past, rest[0] if rest else past)
        for file in sorted((folder / "words").glob("*.txt")):
            for entry in file.read_text(encoding="utf-8").split():
                if entry.endswith("+") and len(entry) > _SHORTEST:
                    base, *irregular = entry[:-1].removesuffix("=").split("/")
                    past = irregular[0] if irregular else regular(base)[1]
                    self._keep(base, past, irregular[-1] if irregular else past)

    def _keep(self, base: str, past: str, participle: str) -> None:
        if base in self._own:
            return
        self._own[base] = (past, participle)
        third, _, running = regular(base)
        for form in (running, third, participle, past, base):
            self.base.setdefault(form, base)
        self._pasts.add(past)
        self._participles.add(participle)

    def of(self, word: str) -> str:
        """Return the base of a form; for a word that is not known, what its ending tells."""
        if word in self.base:
            return self.base[word]
        for ending in ("ing", "ed"):
            if word.endswith(ending) and len(word) > len(ending) + 2:
                return self._stem(word[: -len(ending)])
        if word.endswith("ies") and len(word) > 4:  # noqa: PLR2004 - "ties", "lies" are known
            return word[:-3] + "y"
        if word.endswith("s") and not word.endswith(("ss", "us", "is")):
            return word[:-2] if word.endswith(("shes", "ches", "xes", "zes", "sses", "oes")) else word[:-1]
        return word

    def _stem(self, stem: str) -> str:
        if stem in self.base:
            return stem
        if stem + "e" in self.base:
            return stem + "e"
        if stem.endswith("i"):
            return stem[:-1] + "y"
        if len(stem) > _SHORTEST and stem[-1] == stem[-2] and stem[-1] not in "slfz":
            return stem[:-1]
        lost_its_e = stem.endswith(_BEFORE_E) and not stem.endswith(_BEFORE_NO_E)
        return stem + "e" if lost_its_e else stem

    def past(self, base: str) -> str:
        """Return the simple past of a base."""
        return self._own[base][0] if base in self._own else regular(base)[1]

    def participle(self, base: str) -> str:
        """Return the form of a base that follows "have"."""
        return self._own[base][1] if base in self._own else regular(base)[1]

    def running(self, base: str) -> str:
        """Return the form with -ing."""
        return "being" if base == "be" else regular(base)[2]

    def is_past(self, word: str) -> bool:
        """Tell whether a form is a past and no present one."""
        return (word in self._pasts or (word not in self.base and word.endswith("ed"))) and self.of(word) != word

    def is_participle(self, word: str) -> bool:
        """Tell whether a form can follow "have"."""
        return word in self._participles or (word not in self.base and word.endswith("ed"))

    def is_running(self, word: str) -> bool:
        """Tell whether a form is one with -ing."""
        return word.endswith("ing") and self.of(word) != word and len(word) > 4  # noqa: PLR2004 - "king", "ring"

    def is_bare(self, word: str) -> bool:
        """Tell whether a word is the base of a verb that is known."""
        return word in self.base and self.of(word) == word

    def is_known(self, word: str) -> bool:
        """Tell whether a word is a form of a verb that is known."""
        return word in self.base


def regular(base: str) -> tuple[str, str, str]:
    """Return he …s, …ed, …ing of a regular verb, doubling the last letter where it is written so."""
    if (
        len(base) >= _SHORTEST
        and base[-1] not in _VOWELS | _NOT_DOUBLED
        and base[-2] in _VOWELS
        and base[-3] not in _VOWELS
        and base not in _LONE_STRESS
        and (sum(letter in _VOWELS for letter in base) == 1 or base.endswith(("get", "mit", "gin", "fer")))
    ):
        base += "="
    return forms_of(base)


@cache
def verbs() -> Verbs:
    """Return the verbs of English, read once."""
    return Verbs()
