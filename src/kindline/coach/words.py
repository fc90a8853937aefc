"""Word classes: small vocabulary files, their inflected forms, and what the ending of an unknown word tells."""

from pathlib import Path

_VOWELS = frozenset("aeiou")
_FIRST_TAG = 0xE000
BOUNDARY = "\ue800"  # the last mark of a word after which a clause may begin
_ENDINGS = (("ing", "ing"), ("ed", "ed"), ("ly", "ly"))
_SHORTEST_ENDED = 5


def forms_of(verb: str) -> tuple[str, str, str]:
    """Return the regular forms of an English verb, he …s, …ed, …ing; `stop=` asks for a doubled last letter."""
    if verb.endswith("="):
        third, stem = verb[:-1] + "s", verb[:-1] + verb[-2]
        return third, stem + "ed", stem + "ing"
    third = verb + ("es" if verb.endswith(("s", "x", "z", "ch", "sh", "o")) else "s")
    if verb.endswith("ie"):
        return third, verb + "d", verb[:-2] + "ying"
    if verb.endswith("e"):
        return third, verb + "d", (verb if verb.endswith("ee") else verb[:-1]) + "ing"
    if verb.endswith("y") and verb[-2] not in _VOWELS:
        return verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing"
    return third, verb + "ed", verb + "ing"


def words_in(line: str) -> list[str]:
    """Read one vocabulary line: plain words, `call+` with its forms, `stop=+` doubling, `go/went/gone+` irregular."""
    found: list[str] = []
    for entry in line.split():
        if not entry.endswith("+"):
            found.append(entry)
            continue
        stem, *irregular = entry[:-1].split("/")
        third, past, running = forms_of(stem)
        base = stem.removesuffix("=")
        found += [base, third, running, *(irregular or [past])]
    return found


class Vocabulary:
    """All word classes of one language; every class has one letter that stands behind its words in a sentence line."""

    def __init__(self, folder: Path) -> None:
        self.classes: dict[str, frozenset[str]] = {}
        for file in sorted(folder.glob("*.txt")):
            name, found = "", list[str]()
            for line in file.read_text(encoding="utf-8").splitlines():
                content = line.partition("#")[0].strip()
                if content.startswith("@"):
                    if name:
                        self._keep(name, found)
                    name, found = content[1:], []
                elif content:
                    found += words_in(content)
            if name:
                self._keep(name, found)
        names = [*self.classes, *(name for name, _ in _ENDINGS), "number"]
        self.letter = {name: chr(_FIRST_TAG + place) for place, name in enumerate(names)}
        self._listed: dict[tuple[str, ...], frozenset[str]] = {}
        self._of: dict[str, str] = {}
        for name, members in self.classes.items():
            if name != "boundary":
                for word in members:
                    self._of[word] = self._of.get(word, "") + self.letter[name]
        self._boundary = self.classes.get("boundary", frozenset())

    def _keep(self, name: str, found: list[str]) -> None:
        own = frozenset(word for word in found if not word.startswith("@"))
        for other in found:
            if other.startswith("@"):
                own |= self.classes[other[1:]]
        self.classes[name] = self.classes.get(name, frozenset()) | own

    def listed(self, needs: tuple[str, ...]) -> frozenset[str]:
        """Return the words that some words and classes stand for."""
        found = self._listed.get(needs)
        if found is None:
            some = [self.classes[need[1:]] if need.startswith("@") else frozenset((need,)) for need in needs]
            found = self._listed[needs] = some[0].union(*some[1:])
        return found

    def classes_of(self, word: str) -> list[str]:
        """Return the names of all classes a word belongs to, those told by its ending or first letter among them."""
        found = [name for name, members in self.classes.items() if word in members]
        marks = self.encoded(word)
        return found + [name for name in ("ing", "ed", "ly", "number") if self.letter[name] in marks]

    def encoded(self, word: str) -> str:
        """Return the word as it stands in a sentence line: `word/classes `, a boundary mark last."""
        marks = self._of.get(word, "")
        if len(word) >= _SHORTEST_ENDED:
            marks += "".join(self.letter[name] for name, ending in _ENDINGS if word.endswith(ending))
        if word[0].isdigit():
            marks += self.letter["number"]
        if word in self._boundary or not (word[0].isalnum() or word[0] == "'"):
            marks += BOUNDARY
        return f"{word}/{marks} "
