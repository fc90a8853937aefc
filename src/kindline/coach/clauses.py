"""Read lightly who acts on whom: the clauses of a sentence, their subject, deed, denial and what the deed leans to.

Asked for only where a rule wants to know, once per sentence. The classes it knows come from the vocabulary, so that
another language brings its own words.
"""

import itertools
from typing import Protocol

from kindline.coach.words import Vocabulary

MINE, YOURS, THEIRS, ORDER, KIND_DEED, CONFESSED, PERMITTING, ABOUT_ME, OWN_PLAN, CARING, HARSH = (
    1 << bit for bit in range(8, 19)
)
CLAUSE_MARKS = {
    "mine": MINE,  # the clause is about what I do or am
    "yours": YOURS,  # … what you do or are
    "theirs": THEIRS,  # … what somebody else does
    "order": ORDER,  # no subject: the clause begins with a deed
    "kind-deed": KIND_DEED,  # what you did gives, or you are cleared of a harm
    "confessed": CONFESSED,  # I tell a harm of mine in this sentence
    "permitting": PERMITTING,  # an order that gives: take the hour, get some sleep
    "about-me": ABOUT_ME,  # a tag question about myself: "I forgot, didn't I"
    "own-plan": OWN_PLAN,  # what I will do with myself, nobody and nothing of yours in it
    "harsh": HARSH,  # what you did harms, is a gift denied, or is coloured by "again", "without me", "the whole"
    "caring": CARING,  # a question or wish for the good of the other
}
OF_CLAUSES = sum(CLAUSE_MARKS.values())
_BY_SUBJECT = MINE | YOURS | THEIRS | ORDER

_SHORTEST_TAG = 4  # words of a sentence that ends in "did I?"
_COULD = frozenset(("could", "should", "might"))
_AHEAD = frozenset(("are", "will", "can", "may"))
_BITES = frozenset(("why", "how", "and", "so", "must"))  # a question that opens so is seldom asked for the other's good
_OFFERS = frozenset(("will", "can", "have", "am", "do"))
_REASONS = frozenset(("because", "but", "if", "when", "since", "after", "until", "cos"))
_THREATENS = frozenset(("will", "might", "or", "unless", "leaving", "gone"))
_SUBJECTS = (["i"], ["you"], ["we"], ["they"], ["he"], ["she"], ["it"])  # "so" joins only before one of these
_SEAM = frozenset((",", ";", ":", "—", "-", "--", "(", ")"))


class Words(Protocol):
    """What is read here: the words of one sentence, in order and as a set."""

    words: list[str]
    have: frozenset[str]


class Clause:
    """One clause: first and last word, its marks, and what the deed leans to (1 gives, -1 harms, 0 unknown)."""

    __slots__ = ("denied", "first", "last", "leans", "marks")

    def __init__(self, first: int, last: int) -> None:
        self.first = first
        self.last = last
        self.marks = 0
        self.leans = 0
        self.denied = False


class Reader:
    """Reads clauses with the classes of one language."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        def of(name: str) -> frozenset[str]:
            return vocabulary.classes.get(name, frozenset())

        self.joins, self._fillers, self._light = of("joins"), of("fillers"), of("lightverb")
        self._parting, self._leading = self.joins | _SEAM, self.joins | self._fillers
        self._not, self._person = of("not"), of("person")
        self._denies = of("not") | of("denies")
        self._gives, self._harms, self._good = of("gives"), of("harms"), of("good")
        self._bad, self._base, self._permits = of("bad"), of("base") | of("command"), of("permits")
        self._guarded, self._gain = of("guarded"), of("gain")
        self._shame, self._insult = of("shame"), of("insultadj")
        leans = self._gives | self._harms | self._good | self._insult | {"should"}
        self._only_beside = (  # marks, and the words without which they are never set
            (KIND_DEED | ABOUT_ME, leans),
            (CONFESSED, leans | self._shame),
            (HARSH, leans | self._bad),
            (CARING, self._gain),
            (PERMITTING, self._base | self._permits),
            (OWN_PLAN, frozenset(("i", "my"))),
        )

    def may_mark(self, sentence: Words, marks: int) -> bool:
        """Tell whether any of some marks could be there at all: a question far cheaper than reading the clauses."""
        if marks & _BY_SUBJECT:
            return True
        return any(marks & some and not words.isdisjoint(sentence.have) for some, words in self._only_beside)

    def clauses(self, sentence: Words) -> list[Clause]:
        """Return the clauses of one sentence with the marks of each."""
        words = sentence.words
        edges = [0]
        if not self._parting.isdisjoint(sentence.have):
            for place, word in enumerate(words):
                if word in _SEAM:
                    edges.append(place + 1)
                elif word in self.joins and place - edges[-1] > 1 and (word != "so" or _opens_anew(words, place)):
                    edges.append(place)
        edges.append(len(words))
        found = [self._clause(words, a, b) for a, b in itertools.pairwise(edges) if a < b]
        self._together(sentence, found)
        return found

    def _clause(self, words: list[str], first: int, last: int) -> Clause:
        clause = Clause(first, last)
        place = first
        while place < last and words[place] in self._leading:
            place += 1
        if place >= last:
            return clause
        subject = words[place]
        if subject in ("i", "my"):
            clause.marks |= MINE
        elif subject in ("you", "your"):
            clause.marks |= YOURS
        elif subject in ("he", "she", "they", "his", "her", "their") or subject in self._person:
            clause.marks |= THEIRS
        elif subject in self._base or subject in self._permits:
            clause.marks |= ORDER
            self._order(words, clause, place)
            return clause
        if not clause.marks:
            return clause
        self._deed(words, clause, place + 1)
        return clause

    def _order(self, words: list[str], clause: Clause, place: int) -> None:
        rest = words[place + 1 : clause.last]
        if words[place] in self._permits and not self._guarded.intersection(rest) and "now" not in rest:
            clause.marks |= PERMITTING
        if self._gain.intersection(rest):
            clause.marks |= PERMITTING

    def _deed(self, words: list[str], clause: Clause, place: int) -> None:
        """Find the deed after its subject, whether it is denied, and what it leans to."""
        rest = words[place : clause.last]
        if rest[0:1] == ["should"] and rest[1:2] in (["not"], ["never"]):
            clause.leans = 1  # "you shouldn't have had to": said for the other
            return
        clause.denied = not self._not.isdisjoint(rest)
        turned = clause.denied or ("have" in rest and not _COULD.isdisjoint(rest[:2]))
        leans = self._verb(rest)
        if not leans and not self._insult.isdisjoint(rest):
            leans = -1
        elif leans >= 0 and not clause.marks & MINE and not self._bad.isdisjoint(rest):
            clause.leans = -1
            return  # "not without me": a denial does not turn what stands around the deed
        elif not self._good.isdisjoint(rest):
            leans = 1
        if clause.denied and leans < 0 and rest[0] in _AHEAD:
            return  # "you're not leaving", "you won't leave": a harm that is not there clears nobody
        clause.leans = -leans if turned else leans

    def _verb(self, rest: list[str]) -> int:
        """Return what the first word that is not light leans to."""
        for word in rest:
            if word in self._gives:
                return 1
            if word in self._harms:
                return -1
            if word not in self._light and word not in self._fillers:
                break
        return 0

    def _together(self, sentence: Words, clauses: list[Clause]) -> None:
        """Set the marks that the clauses of a sentence give each other."""
        words, have = sentence.words, sentence.have
        yours = [clause for clause in clauses if clause.marks & YOURS]
        mine = [clause for clause in clauses if clause.marks & MINE]
        shared = self._of_you(have, yours)
        if mine or not self._shame.isdisjoint(have):
            shared |= self._of_me(words, have, mine)
        if words[-1] == "?" and words[0] not in _BITES and not self._gain.isdisjoint(have):
            shared |= CARING
        if not self._insult.isdisjoint(have):
            for clause in clauses:
                clause.marks &= ~PERMITTING  # "get off your lazy backside" gives nothing
        else:
            orders = [clause.marks & PERMITTING for clause in clauses if clause.marks & ORDER]
            if orders and (any(orders) or any(self._offers(words, clause) for clause in mine)):
                shared |= PERMITTING
        for clause in clauses:
            clause.marks |= shared

    def _of_you(self, have: frozenset[str], yours: list[Clause]) -> int:
        """Return the marks from what is said of you."""
        leans = [clause.leans for clause in yours]
        if not self._good.isdisjoint(have) and self._denies.isdisjoint(have):
            return KIND_DEED
        if -1 in leans:
            return HARSH
        return KIND_DEED if 1 in leans else 0

    def _of_me(self, words: list[str], have: frozenset[str], mine: list[Clause]) -> int:
        """Return the marks from what I say of myself."""
        marks = 0
        harmed = any(clause.leans < 0 and not clause.denied for clause in mine)
        if (harmed or not self._shame.isdisjoint(have)) and self._plainly(words):
            marks |= CONFESSED
        if harmed and words[-2:-1] == ["i"] and len(words) > _SHORTEST_TAG:
            marks |= ABOUT_ME
        if mine and all(self._guarded.isdisjoint(words[clause.first : clause.last]) for clause in mine):
            marks |= OWN_PLAN
        return marks

    def _plainly(self, words: list[str]) -> bool:
        """Tell whether a sentence of mine tells what was, with no reason laid on the other and no threat."""
        if not _THREATENS.isdisjoint(words):
            return False
        for place, word in enumerate(words):
            if word in _REASONS and words[place + 1 : place + 2] != ["of"] and "you" in words[place + 1 : place + 3]:
                return False
        return True

    def _offers(self, words: list[str], clause: Clause) -> bool:
        """Tell whether a clause of mine gives something beside an order: "leave the dishes, I'll do them"."""
        return not _OFFERS.isdisjoint(words[clause.first : clause.first + 3]) and self._guarded.isdisjoint(
            words[clause.first : clause.last]
        )


def _opens_anew(words: list[str], place: int) -> bool:
    """Tell whether a "so" joins two clauses: a subject comes after it."""
    return words[place + 1 : place + 2] in _SUBJECTS


def marks_at(clauses: list[Clause], place: int) -> int:
    """Return the marks of the clause in which a word stands."""
    for clause in clauses:
        if clause.first <= place < clause.last:
            return clause.marks
    return clauses[-1].marks if clauses else 0
