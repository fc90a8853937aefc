"""Read once more what was said of "you": what is done or left undone, and how it can be told another way.

This is asked only when somebody looks at a try, of the one sentence a note stands in. It keeps the person's words:
only absolutes, swearing and names are left out, and the verb takes the form the new sentence needs.
"""

from dataclasses import dataclass, replace

from kindline.coach.tries.spoken import Spoken, joined
from kindline.coach.tries.verbs import Verbs

LEFT_OUT = frozenset(
    (  # noqa: SIM905 - a list of words reads better as words
        "always never constantly forever ever even just still really literally totally completely simply honestly "
        "obviously clearly nonstop continually perpetually endlessly permanently actually basically seriously bloody "
        "damn damned fucking freaking frigging sodding flipping stinking blasted goddamn already hardly barely "
        "apparently evidently plainly suddenly conveniently once finally utterly purely "
        "invariably incessantly relentlessly repeatedly ruddy sure then absolutely so again all "
        "probably maybe perhaps quite rarely seldom"
    ).split()
)
_DENIES = frozenset(("not", "never", "hardly", "barely", "rarely", "seldom"))
_DO = frozenset(("do", "does", "did"))
_BE = frozenset(("are", "am", "is", "was", "were"))
_MODAL = frozenset(("will", "would", "can", "could", "may", "might", "shall"))
_DUTY = frozenset(("must", "should", "ought"))
_HELPS = _DO | _BE | _MODAL | _DUTY | {"have", "has", "had"}
_ENDS = frozenset((",", ";", ":", "—", "-", "--", "(", ")", '"'))
_JOINS = frozenset(("and", "but", "so", "because", "or", "cos", "yet", "though", "although", "then"))
_STARTS_ANEW = frozenset(
    "i you we he she it they nobody nothing everyone not never my your the there that this who what don't".split()  # noqa: SIM905
)
_SUBJECT_AFTER = frozenset(
    (  # noqa: SIM905 - a list of words reads better as words
        "if when whenever while that why how come because since as time until unless before after oh well god honestly "
        "ugh mum mom dad mate babe love honey darling dear see look yes no ok okay week day month year morning evening "
        "night mondays tuesdays wednesdays thursdays fridays saturdays sundays monday tuesday wednesday thursday "
        "friday saturday sunday yesterday today tonight like feel think know bet guess afraid till though lately "
        "christmas course says again now weekend game meal dinner trip party"
    ).split()
)
_SUBORDINATE = frozenset(("when", "while", "if", "because", "since", "after"))
_KNOWS = frozenset(
    ("know", "knows", "think", "thinks", "say", "says", "said", "hope", "mean", "means", "prove", "guess")
)
_ALL_OF_IT = (
    ("all", "the", "time"), ("the", "whole", "time"), ("all", "day", "long"), ("all", "day"), ("at", "all"),
    ("in", "forever"), ("as", "usual"), ("for", "once"), ("one", "bit"), ("not", "once"), ("every", "bit"), ("even", "once"),
    ("in", "your", "life"), ("day", "in"), ("day", "out"), ("time", "and", "time"), ("every", "time"),
    ("every", "single", "time"), ("every", "day"), ("every", "single", "day"), ("each", "time"), ("every", "chance"),
    ("every", "single", "one"), ("in", "years"), ("in", "ages"), ("ever", "again"), ("one", "single"),
    ("for", "a", "change"), ("at", "least"), ("at", "once"), ("right", "now"), ("this", "instant"), ("or", "else"),
    ("every", "bloody", "time"), ("every", "damn", "time"), ("for", "god's", "sake"), ("in", "the", "world"),
    ("on", "earth"), ("the", "hell"), ("will", "you"), ("would", "you"), ("for", "goodness", "sake"),
)  # fmt: skip
_ARTICLES = frozenset(("a", "an", "the", "such", "no", "nothing", "what", "some", "one"))
_EFFORT = frozenset(("listen", "help", "try", "hear", "talk", "pull", "do", "make", "pay", "look", "answer", "come"))
_PEOPLE = frozenset(("i", "you", "we", "he", "she", "they"))
_TIMES = frozenset(("morning", "evening", "night", "afternoon", "weekend", "lunchtime"))
_COLOURS = frozenset(("waking", "spare", "free", "little", "small", "other", "tiny", "bad", "good", "new", "big"))
_VOWELS = "aeiou"


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody is said to do: its form, and the ways to say it again."""

    form: str  # now, past, perfect, being, modal, wish, stop
    denied: bool
    base: str  # take the bins out
    running: str  # taking the bins out
    clause: str  # you don't take the bins out
    asked: str = ""  # the word a question opens with
    mine: bool = False  # it is done to me, or to what is mine
    verb: str = ""


class Teller:
    """Finds what is told in one sentence."""

    def __init__(self, verbs: Verbs) -> None:
        self._verbs = verbs

    def of_you(self, spoken: Spoken, at: int) -> Told | None:
        """Return what the sentence says of "you", reading from a place on; None where the form is not clear."""
        words = spoken.words
        places = [place for place, word in enumerate(words) if word == "you" and self._is_subject(words, place)]
        within = [p for p in places if p < at < end_of(words, p + 1)]  # the note may begin inside the clause
        after = [p for p in places if p >= at]
        for place in dict.fromkeys([*within[-1:], *after, *reversed(places)]):
            told = self._after(spoken, place)
            if told:
                return told
        return None

    def _is_subject(self, words: list[str], place: int) -> bool:
        if place == 0 or not words[place - 1][0].isalpha():
            return True
        before = words[place - 1]
        if words[0] in ("why", "how", "what", "who") and before in _SUBORDINATE:
            return False  # "how come it stinks when you were home": not what it is about
        if before in _KNOWS and words[place + 1 : place + 2] and words[place + 1] in _HELPS:
            return True
        return before in _SUBJECT_AFTER or before in LEFT_OUT or before in _HELPS or before in _JOINS or before == "not"

    def _after(self, spoken: Spoken, subject: int) -> Told | None:
        words = spoken.words
        before = self._inverted(words, subject)
        kept_before: list[str] = []
        helps, denied = list(before), "not" in words[max(0, subject - 2) : subject] and bool(before)
        place, end = subject + 1, end_of(words, subject + 1)
        while place < end and (words[place] in _HELPS or words[place] in _DENIES or words[place] in LEFT_OUT):
            if words[place] in _DENIES:
                denied = True
            elif words[place] in _HELPS:
                if words[place] in ("have", "had") and not before and self._is_own_verb(words, helps, place, end):
                    break  # "you don't have time", "you've had enough": the verb itself
                if words[place] in _DO and not self._leads_verb(words, place, end):
                    break
                helps.append(words[place])
            place += 1
        while place < end - 1 and words[place] == "only":
            kept_before, place = ["only"], place + 1
        if place >= end:
            return None
        opener = words[0] if before or words[0] in ("why", "how") else ""
        told = self._shaped(spoken, helps, place, end, denied=denied, asked=opener)
        if told and kept_before and told.form in ("now", "past"):
            told = replace(told, clause=told.clause.replace("you ", "you only ", 1))
        return told

    def _inverted(self, words: list[str], subject: int) -> list[str]:
        """Return the helping verb that stands before the subject of a question."""
        for back in (1, 2):
            if subject >= back and words[subject - back] in _HELPS and (back == 1 or words[subject - 1] == "not"):
                clause = words[max(0, subject - back - 3) : subject - back]
                if not clause or clause[-1] in (*_ENDS, "why", "how", "and", "so", "but", "when", "come", "what"):
                    return [words[subject - back]]
        return []

    def _is_own_verb(self, words: list[str], helps: list[str], place: int, end: int) -> bool:
        if not helps and words[place] == "have":
            after = next((word for word in words[place + 1 : end] if word not in LEFT_OUT and word not in _DENIES), "")
            return not (after == "to" or after == "been" or self._verbs.is_participle(after))
        return bool(helps) and helps[-1] in _DO | _MODAL | {"have"} and words[place + 1 : place + 2] != ["been"] and not (
            helps[-1] in _MODAL and self._verbs.is_participle(next(iter(words[place + 1 : place + 2]), ""))
        )  # fmt: skip

    def _leads_verb(self, words: list[str], place: int, end: int) -> bool:
        after = next((w for w in words[place + 1 : end] if w not in LEFT_OUT), "")
        return after in _DENIES or (self._verbs.is_known(after) and self._verbs.of(after) == after)

    def _shaped(
        self, spoken: Spoken, helps: list[str], place: int, end: int, *, denied: bool, asked: str
    ) -> Told | None:
        words, verbs = spoken.words, self._verbs
        verb = words[place]
        if (
            words[place + 1 : place + 2] == ["not"]
            or verb in ("dare", "need")
            and words[place + 1 : place + 2] != ["to"]
        ):
            return None  # "you needn't", "don't you dare"
        if helps[-1:] == ["have"] and verb in ("to", "got") and words[place : place + 2] != ["got", "me"]:
            place += 2 if words[place : place + 2] == ["got", "to"] else 1
            return self._wish(spoken, place, end, asked=asked)
        for lead in (("have", "to"), ("need", "to"), ("got", "to"), ("better",), ("had", "better")):
            if tuple(words[place : place + len(lead)]) == lead and not denied:
                return self._wish(spoken, place + len(lead), end, asked=asked)
        if helps[-1:] and helps[-1] in _BE and verb in ("supposed", "meant") and words[place + 1] == "to":
            return self._wish(spoken, place + 2, end, asked=asked)
        if set(helps) & _DUTY:
            return self._wish(spoken, place + (verb == "to"), end, asked=asked, denied=denied)
        rest = kept(spoken, place + 1, end)
        mine = not {"me", "my", "mine", "us", "our"}.isdisjoint(words[place:end])
        base = verbs.of(verb)
        shape, clause = "now", ""
        if helps and helps[-1] in _BE:
            past = helps[-1] in ("was", "were")
            shape = "being"
            if verb in _ARTICLES or (denied and not past and verbs.is_running(verb) and verbs.of(verb) not in _EFFORT):
                return None  # a name for somebody, or a ban
            clause = joined(["you", "were" if past else "are", "not" * denied, spoken.written[place], *rest])
            if verbs.is_running(verb) and not past:
                base = verbs.of(verb)
        elif set(helps) & {"have", "has", "had"}:
            if not verbs.is_participle(verb):
                return None
            shape = "had" if set(helps) & _MODAL else "perfect"
            clause = joined(["you", "have", "not" * denied, verb, *rest])
        elif "did" in helps or (not helps and (verbs.is_past(verb) and not asked)):
            shape = "past"
            clause = joined(["you", "did not" if denied else "", base if denied else verbs.past(base), *rest])
        elif set(helps) & _MODAL:
            shape = "modal"
            clause = joined(["you", next(h for h in helps if h in _MODAL), "not" * denied, base, *rest])
        elif verbs.is_running(verb):
            shape, clause = "being", joined(["you", "are", verb, *rest])
        else:
            clause = joined(["you", "do not" if denied else "", base if denied else verb, *rest])
        if shape != "being" and not (verbs.is_known(base) or helps or shape == "past" or denied):
            return None
        clause = clause.replace("you are ", "you're ", 1).replace(
            "you have ", "you've ", 1 if shape == "perfect" else 0
        )
        return Told(
            form=shape, denied=denied, base=joined([base, *rest]), running=joined([verbs.running(base), *rest]),
            clause=clause, asked=asked, mine=mine, verb=base,
        )  # fmt: skip

    def beside_name(self, spoken: Spoken, names: frozenset[str]) -> Told | None:
        """Return what is done beside a name: "you're a pest popping round unannounced"."""
        words = spoken.words
        name = next((place for place, word in enumerate(words) if word in names), -1)
        place = name + 1 + (words[name + 1 : name + 2] == ["for"])
        if name < 0 or place >= len(words) or not self._verbs.is_running(words[place]) or "you" not in words[:name]:
            return None
        rest = kept(spoken, place + 1, end_of(words, place))
        base = self._verbs.of(words[place])
        return Told("now", denied=False, base=joined([base, *rest]), running=joined([words[place], *rest]),
                    clause=joined(["you", base, *rest]), verb=base)  # fmt: skip

    def _wish(self, spoken: Spoken, place: int, end: int, *, asked: str = "", denied: bool = False) -> Told | None:
        while place < end and spoken.words[place] in LEFT_OUT | {"not"}:
            denied = denied or spoken.words[place] == "not"
            place += 1
        if place >= end or self._verbs.of(spoken.words[place]) != spoken.words[place]:
            return None
        return self.wished(spoken, place, end, asked=asked, denied=denied)

    def wished(self, spoken: Spoken, place: int, end: int, *, asked: str = "", denied: bool = False) -> Told:
        """Return what is wished for, from its bare verb on; "stop whining" is a wish that something ends."""
        verb = spoken.words[place]
        rest = kept(spoken, place + 1, end)
        if verb in ("stop", "quit") and rest and self._verbs.is_running(rest[0].lower()):
            base = self._verbs.of(rest[0].lower())
            return Told("stop", denied=False, base=joined([base, *rest[1:]]), running=joined(rest),
                        clause=joined(["you", base, *rest[1:]]), asked=asked, verb=base)  # fmt: skip
        running = joined([self._verbs.running(verb), *rest])
        return Told("stop" if denied else "wish", denied=denied, base=joined([verb, *rest]), running=running,
                    clause=joined(["you", verb, *rest]), asked=asked, verb=verb)  # fmt: skip

    def order(self, spoken: Spoken, at: int) -> Told | None:
        """Return what is ordered from a place on; None where no bare verb opens."""
        words = spoken.words
        place, denied = at, False
        while place < len(words) - 1 and (
            words[place] in LEFT_OUT | {"please", "oh", "well", "now", "go", "right", "and"} or words[place] in _ENDS
        ):
            if words[place] == "go" and not self._verbs.is_known(words[place + 1]):
                break
            denied = denied or words[place] == "never"
            place += 1
        if words[place : place + 2] == ["do", "not"]:
            place, denied = place + 2, True
            while place < len(words) - 1 and words[place] in LEFT_OUT:
                place += 1
        if not self._verbs.is_known(words[place]) or self._verbs.of(words[place]) != words[place]:
            return None
        if words[place] in _HELPS and words[place + 1 : place + 2] == ["you"]:
            return None  # "have you any idea"
        last = end_of(words, place)
        if words[last : last + 1] == ["and"] and words[last + 1] in ("i", "we", "you", "that"):
            return None  # "cancel on me again and I'll …": no order, a condition
        return self.wished(spoken, place, last, denied=denied)


def end_of(words: list[str], place: int) -> int:
    """Return where a clause ends: at a mark, or at a joining word after which somebody new acts."""
    for here in range(place, len(words)):
        word = words[here]
        if word in _ENDS or word[0] in ".!?…\n":
            return here
        if word in _JOINS and here > place:
            after = words[here + 1 : here + 2]
            if word not in ("and", "or") or not after or after[0] in _STARTS_ANEW:
                return here
    return len(words)


def kept(spoken: Spoken, first: int, last: int) -> list[str]:
    """Return a stretch as it was written, without what makes it all of life, and without swearing."""
    words = spoken.words
    found: list[str] = []
    place = first
    while place < last:
        whole = max((len(some) for some in _ALL_OF_IT if tuple(words[place : place + len(some)]) == some), default=0)
        if whole and _is_time_before_clause(words, place, whole):
            found.append("when")
            place += whole
        elif whole:
            place += whole
        elif words[place] in ("every", "each") and place + 1 < last:
            place, some = _some_of(spoken, place + 1, last)
            found += some
        elif words[place] == "stupid" and place and words[place - 1] in ("your", "the", "that", "this", "my", "those"):
            place += 1
        elif words[place] in LEFT_OUT - _DENIES and not (
            words[place] in ("all", "so", "only", "once") and place + 1 < last
        ):
            place += 1
        elif words[place] == "single" and place and words[place - 1] in ("a", "one", "every", "each", "not"):
            place += 1
        elif words[place] == "everything" and (place + 1 >= last or words[place + 1] not in _PEOPLE):
            found.append("things")
            place += 1
        else:
            found.append(spoken.written[place])
            place += 1
    return found


def _is_time_before_clause(words: list[str], place: int, width: int) -> bool:
    return words[place + width - 1] == "time" and words[place] in ("every", "each") and (
        len(words) > place + width + 1 and words[place + width][0].isalpha()
    )  # fmt: skip


def _some_of(spoken: Spoken, place: int, last: int) -> tuple[int, list[str]]:
    """Turn "every story I tell" into "the stories I tell", "every morning" into "in the mornings"."""
    words = spoken.words
    while place < last - 1 and words[place] in LEFT_OUT | {"single", "last"}:
        place += 1
    before: list[str] = []
    if place + 1 < last and words[place] in _COLOURS:
        before = [spoken.written[place]]
        place += 1
    noun = joined([*before, plural(spoken.written[place])])
    if words[place] in _TIMES:
        return place + 1, ["in", "the", noun] if words[place] != "night" else ["at", "night"]
    if words[place] in ("week", "month", "year", "hour", "minute") and not before and place > 1:
        return place + 1, []
    of_somebody = place + 1 < last and words[place + 1] in _PEOPLE
    return place + 1, ["the", noun] if of_somebody else [noun]


def plural(noun: str) -> str:
    """Return the plural of an English noun that has a regular one."""
    if noun.endswith("y") and noun[-2:-1] not in _VOWELS:
        return noun[:-1] + "ies"
    if noun.endswith(("s", "x", "z", "ch", "sh")):
        return noun if noun.endswith("s") and not noun.endswith("ss") else noun + "es"
    return noun + "s"
