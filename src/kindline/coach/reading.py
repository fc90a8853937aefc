"""Read a text lightly, once: sentences, words with short forms opened, quotations covered, and a few marks."""

import re

from kindline.coach.clauses import Clause
from kindline.coach.text import Levelled

QUESTION, IF, WHEN, EXCLAIM, ME, POLITE, KINDLY = 1, 2, 4, 8, 16, 32, 64
MARKS = {
    "question": QUESTION,
    "if": IF,
    "when": WHEN,
    "exclaim": EXCLAIM,
    "me": ME,
    "polite": POLITE,
    "kindly": KINDLY,  # a warm word and no negation; set by the gate, which knows the vocabulary
}

LONGEST_SENTENCE = 80  # words; a longer one is read in pieces, so that the work stays linear

_TOKEN = re.compile(r"\d+(?:[.:,]\d+)*|(?:[a-z]\.){2,}|[^\W_]+(?:['-][^\W_]+)*|[.!?…\n]+|[,;:()\"—]|--?|[^\s\w]")
_IS_AFTER = frozenset(
    (
        "it that there he she what who where how here everyone everybody nobody someone somebody something everything "
        "nothing this why when one"
    ).split()
)
_WHOLE = {
    "can't": ("can", "not"), "cannot": ("can", "not"), "cant": ("can", "not"), "won't": ("will", "not"),
    "wont": ("will", "not"), "shan't": ("will", "not"), "ain't": ("are", "not"), "let's": ("let", "us"),
    "gonna": ("going", "to"), "gotta": ("got", "to"), "wanna": ("want", "to"), "dunno": ("do", "not", "know"),
    "im": ("i", "am"), "ive": ("i", "have"), "youre": ("you", "are"), "youve": ("you", "have"), "u": ("you",),
    "ur": ("your",), "dont": ("do", "not"), "didnt": ("did", "not"), "doesnt": ("does", "not"), "isnt": ("is", "not"),
    "wasnt": ("was", "not"), "arent": ("are", "not"), "couldnt": ("could", "not"), "wouldnt": ("would", "not"),
    "shouldnt": ("should", "not"), "havent": ("have", "not"), "hasnt": ("has", "not"), "thats": ("that", "is"),
    "whats": ("what", "is"), "ya": ("you",), "y'all": ("you", "all"), "cos": ("because",), "coz": ("because",),
    "'cause": ("because",), "cuz": ("because",), "c'mon": ("come", "on"), "o'clock": ("o'clock",), "pls": ("please",),
    "plz": ("please",), "youll": ("you", "will"), "lemme": ("let", "me"), "gimme": ("give", "me"),
}  # fmt: skip
_ENDING = {"'re": "are", "'m": "am", "'ve": "have", "'ll": "will", "'d": "would"}


def opened(token: str) -> tuple[str, ...]:
    """Open a short form: "you're" is read as "you are", "don't" as "do not"; other words stay."""
    if "'" not in token:
        return _WHOLE.get(token) or (token,)
    if token in _WHOLE:
        return _WHOLE[token]
    if token.endswith("n't") and len(token) > len("n't"):
        return (token[:-3], "not")
    stem, mark, ending = token.rpartition("'")
    if mark + ending in _ENDING:
        return (*opened(stem), _ENDING[mark + ending])
    if ending == "s":
        return (stem, "is" if stem in _IS_AFTER else "'s")
    return (token,)


class Sentence:
    """One sentence: its words (in `have` each once), where they stand in the given text, and marks such as QUESTION."""

    __slots__ = ("clauses", "ends", "have", "hushed", "line", "marks", "quiet", "starts", "words")

    def __init__(self, words: list[str], have: frozenset[str], starts: list[int], ends: list[int], marks: int) -> None:
        self.words = words
        self.have = have
        self.starts = starts
        self.ends = ends
        self.marks = marks
        self.line = ""
        self.clauses: list[Clause] | None = None
        self.quiet: frozenset[str] = frozenset()  # the faults that a kind form in this sentence keeps silent
        self.hushed = False  # words of harm stand here: the learned ear adds nothing

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Turn a stretch of the line into a stretch of the given text."""
        first = self.line.count(" ", 0, start)
        last = max(first, self.line.count(" ", 0, end - 1))
        last = min(last, len(self.starts) - 1)
        return self.starts[first], self.ends[last]

    def whole(self, start: int, end: int, joins: frozenset[str]) -> int:
        """Return the end, in the given text, of the clause that a stretch of the line breaks off in."""
        first = self.line.count(" ", 0, start)
        last = min(self.line.count(" ", 0, max(end, start + 1) - 1), len(self.words) - 1)
        more = self._word_after(last)
        if more and self.words[last] in joins:
            return self.ends[max(first, last - 1)]  # "the whole weekend and" hangs in the air
        while more and more not in joins:
            last += 1
            more = self._word_after(last)
        return self.ends[last]

    def _word_after(self, place: int) -> str:
        """Return the next word of the same clause, or nothing where a mark stands or the sentence ends."""
        word = self.words[place + 1] if place + 1 < len(self.words) else ""
        return word if word[:1].isalnum() or word[:1] in "'“" else ""


def _covered(words: list[str]) -> list[str]:
    """Cover what stands between quotation marks when something stands around it: it is somebody else's word."""
    quotes = [place for place, word in enumerate(words) if word == '"']
    if len(quotes) < 2 or quotes[1] - quotes[0] >= len(words) - 2:  # noqa: PLR2004 - a pair of marks
        return words
    covered = list(words)
    for first, last in zip(quotes[::2], quotes[1::2], strict=False):
        covered[first + 1 : last] = ["“quoted”"] * (last - first - 1)
    return covered


_QUOTE_GOES_ON = re.compile(r'[^"\n]{0,200}"\s*[a-z,;—]')


def _inside_quotation(plain: str, words: list[str], end: int) -> bool:
    """Tell whether a stop stands inside a quotation after which the sentence goes on."""
    return words.count('"') % 2 == 1 and _QUOTE_GOES_ON.match(plain, end) is not None


def _marks(words: list[str], have: frozenset[str]) -> int:
    marks = 0
    if "?" in words[-1] or "?!" in have or "??" in have:
        marks |= QUESTION
    if "!" in words[-1]:
        marks |= EXCLAIM
    if "if" in have or "unless" in have:
        marks |= IF
    if "when" in have or "whenever" in have:
        marks |= WHEN
    if not have.isdisjoint(("i", "me", "my", "mine", "myself")):
        marks |= ME
    if "please" in have:
        marks |= POLITE
    return marks


def _sentence(words: list[str], starts: list[int], ends: list[int]) -> Sentence:
    have = frozenset(words)
    marks = _marks(words, have)
    if '"' in have:
        words = _covered(words)
        have = frozenset(words)
    return Sentence(words, have, starts, ends, marks)


def read(text: str) -> list[Sentence]:
    """Read a text into sentences; places lead back to the text as it was given."""
    levelled = Levelled(text)
    plain = levelled.plain
    sentences: list[Sentence] = []
    has_quotes = '"' in plain
    words: list[str] = []
    starts: list[int] = []
    ends: list[int] = []

    def close() -> None:
        nonlocal words, starts, ends
        if words:
            if not levelled.same_places:
                spans = [levelled.span(*span) for span in zip(starts, ends, strict=True)]
                starts, ends = [span[0] for span in spans], [span[1] for span in spans]
            sentences.append(_sentence(words, starts, ends))
            words, starts, ends = [], [], []

    for found in _TOKEN.finditer(plain):
        token = found[0]
        start, end = found.span()
        if "'" in token or token in _WHOLE:
            for word in opened(token):
                words.append(word)
                starts.append(start)
                ends.append(end)
        else:
            words.append(token)
            starts.append(start)
            ends.append(end)
            if token[0] in ".!?…\n":
                trailing = (token[0] in ".…" and len(token) > 1) or token[0] == "…"
                goes_on = trailing and text[levelled.origin(end) :][:2].lstrip(" ")[:1].islower()
                if not goes_on and not (has_quotes and _inside_quotation(plain, words, end)):
                    close()
                continue
        if len(words) >= LONGEST_SENTENCE:
            close()
    close()
    return sentences
