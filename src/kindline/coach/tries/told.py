"""Read once more what was said of "you": what is done or left undone, and how it can be told another way.

This is asked only when somebody looks at a try, of the one sentence a note stands in. It keeps the person's words:
only absolutes, swearing and names are left out, and the verb takes the form the new sentence needs.
"""

from typing import NamedTuple

from kindline.coach.reading import QUESTION
from kindline.coach.tries.kept import DENIES, ENDS, JOINS, LEFT_OUT, end_of, kept
from kindline.coach.tries.plainer import told_plainly
from kindline.coach.tries.spoken import Spoken, joined
from kindline.coach.tries.verbs import Verbs

_DO = frozenset(("do", "does", "did"))
_BE = frozenset(("are", "am", "is", "was", "were"))
_MODAL = frozenset(("will", "would", "can", "could", "may", "might", "shall"))
_DUTY = frozenset(("must", "should", "ought"))
_HELPS = _DO | _BE | _MODAL | _DUTY | {"have", "has", "had"}
_SUBJECT_AFTER = frozenset(
    (
        "if when whenever while that why how come because since as time until unless before after oh well god honestly "
        "ugh mum mom dad mate babe love honey darling dear see look yes no ok okay week day month year morning evening "
        "night mondays tuesdays wednesdays thursdays fridays saturdays sundays monday tuesday wednesday thursday "
        "friday saturday sunday yesterday today tonight like feel think know bet guess afraid till though lately "
        "christmas course again now weekend game meal dinner trip party"
    ).split()
)
_SUBORDINATE = frozenset(("when", "while", "if", "because", "since", "after"))
_KNOWS = frozenset(("know", "knows", "think", "thinks", "hope", "mean", "means", "prove", "guess"))
_ARTICLES = frozenset(("a", "an", "the", "such", "no", "nothing", "what", "some", "one"))
_EFFORT = frozenset(("listen", "help", "try", "hear", "talk", "pull", "do", "make", "pay", "look", "answer", "come"))
_NO_ORDERS = frozenset(
    (
        ("thank", "you"),
        ("shower", "of"),
        ("cheer", "up"),
        ("lighten", "up"),
        ("man", "up"),
        ("get", "over"),
        ("come", "on"),
        ("go", "on"),
        ("hang", "on"),
        ("get", "lost"),
        ("get", "real"),
        ("count", "yourself"),
        ("stay", "positive"),
        ("cheer", "me"),
        ("spare", "me"),
        ("save", "it"),
        ("suit", "yourself"),
        ("enjoy", "it"),
        ("believe", "me"),
        ("trust", "me"),
        ("look", "who"),
        ("imagine", "that"),
        ("catch", "me"),
        ("end", "of"),
        ("let", "us"),
        ("forget", "it"),
        ("leave", "me", "."),
        ("get", "a", "grip"),
        ("get", "a", "life"),
        ("let", "go"),
        ("keep", "dreaming"),
        ("use", "your", "words"),
        ("be", "my", "guest"),
        ("be", "a", "man"),
        ("have", "a", "lovely"),
        ("have", "a", "nice"),
        ("have", "it", "your"),
        ("have", "your"),
    )
)
_AROUND = frozenset(("at", "in", "out", "on", "off", "away", "over", "somewhere", "elsewhere"))  # "you're at the gym"
_ON_AND_ON = frozenset(("always", "forever", "constantly", "nonstop", "continually", "perpetually", "permanently"))
_GOES_ON = frozenset(("i", "we", "you", "that", "your", "there", "it"))  # "touch it again and your cheese goes"
_ASIDE = frozenset(("after", "since", "until", "till", "unless", "before"))  # what follows is told by the way
_KNOWN_BEFORE_IF = frozenset(("ask", "see", "know", "wonder", "check", "care", "as", "say", "tell", "me", "even"))
_FOLLOWS_A_VERB = frozenset(("my", "me", "your", "the", "it", "us", "her", "him", "them", "our", "everything", "every"))
_LEADS_DUTY = (("have", "to"), ("need", "to"), ("got", "to"), ("better",), ("had", "better"))
_PAST_TIMES = frozenset(("yesterday", "last", "was", "were", "had", "did", "ago", "before", "would"))


class Told(NamedTuple):
    """What somebody is said to do: its form, and the ways to say it again."""

    form: str  # now, past, perfect, had (would have), being, modal, wish, stop, not
    denied: bool
    base: str  # take the bins out
    running: str  # taking the bins out
    clause: str  # you don't take the bins out
    asked: str = ""  # the word a question opens with
    verb: str = ""


class Teller:
    """Finds what is told in one sentence."""

    def __init__(self, verbs: Verbs) -> None:
        self._verbs = verbs

    def of_you(self, spoken: Spoken, at: int) -> Told | None:
        """Return what the sentence says of "you", reading from a place on; None where the form is not clear."""
        words = spoken.words
        if words[:1] == ["from"] and not {"now", "today", "tonight", "tomorrow"}.isdisjoint(words[1:3]):
            return None  # "from today you don't take her anywhere": a ban
        alone = [
            p for p, word in enumerate(words) if word == "you" and words[p + 1 : p + 2] != ["and"]
        ]  # no "you and I"
        places = [place for place in alone if self._is_subject(words, place)]
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
        if before in ("all", "if", "because", "since", "than") and words[max(0, place - 2)] != "as":
            return False  # "all you ever think about", "if you're interested"
        asked_about = before in ("how", "what") and words[max(0, place - 2)] in ("know", "tell", "see", "ask", "is")
        if asked_about or (before in _ASIDE and place > 1):
            return False  # "let me know how you get on", "your mum cries after you go up"
        if words[0] in ("why", "how", "what", "who") and before in _SUBORDINATE:
            return False  # "how come it stinks when you were home": not what it is about
        if before in _KNOWS and words[place + 1 : place + 2] and words[place + 1] in _HELPS:
            return True
        return before in _SUBJECT_AFTER or before in LEFT_OUT or before in _HELPS or before in JOINS or before == "not"

    def _after(self, spoken: Spoken, subject: int) -> Told | None:
        words = spoken.words
        before = self._inverted(words, subject)
        kept_before: list[str] = []
        helps, denied = list(before), "not" in words[max(0, subject - 2) : subject] and bool(before)
        place, end = subject + 1, end_of(words, subject + 1)
        while place < end and (words[place] in _HELPS or words[place] in DENIES or words[place] in LEFT_OUT):
            if words[place] in DENIES:
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
            while place < end - 1 and words[place] in LEFT_OUT:
                place += 1
        if place >= end:
            return None
        opener = _asked_with(words, subject) if before or words[0] in ("why", "how") else ""
        told = self._shaped(spoken, helps, place, end, denied=denied, asked=opener)
        if told is None or _is_left_open(told, words, subject):
            return None
        return _as_much(told, words, only=bool(kept_before))

    def _inverted(self, words: list[str], subject: int) -> list[str]:
        """Return the helping verb that stands before the subject of a question."""
        for back in (1, 2):
            if subject >= back and words[subject - back] in _HELPS and (back == 1 or words[subject - 1] == "not"):
                clause = words[max(0, subject - back - 3) : subject - back]
                if not clause or clause[-1] in (*ENDS, "why", "how", "and", "or", "so", "but", "when", "come", "what"):
                    return [words[subject - back]]
        return []

    def _is_own_verb(self, words: list[str], helps: list[str], place: int, end: int) -> bool:
        if not helps and words[place] == "have":
            after = next((word for word in words[place + 1 : end] if word not in LEFT_OUT and word not in DENIES), "")
            return not (after in ("to", "been") or self._verbs.is_participle(after))
        after = next(iter(words[place + 1 : place + 2]), "")
        if not helps or helps[-1] not in _DO | _MODAL | {"have"} or after == "been":
            return False
        return helps[-1] not in _MODAL or not self._verbs.is_participle(after)

    def _was(self, verb: str, words: list[str]) -> bool:
        """Tell whether a verb that looks the same in both was meant as past: "you put salt on it before"."""
        past_too = self._verbs.of(verb) == verb == self._verbs.past(verb)
        return past_too and (not _PAST_TIMES.isdisjoint(words) or words[1:2] == ["that"])

    def _leads_verb(self, words: list[str], place: int, end: int) -> bool:
        after = next((w for w in words[place + 1 : end] if w not in LEFT_OUT), "")
        return after in DENIES or (self._verbs.is_known(after) and self._verbs.of(after) == after)

    def _shaped(
        self, spoken: Spoken, helps: list[str], place: int, end: int, *, denied: bool, asked: str
    ) -> Told | None:
        words, verbs = spoken.words, self._verbs
        verb, after = words[place], words[place + 1 : place + 2]
        if after == ["not"] or (verb in ("dare", "need") and after != ["to"]):
            return None  # "you needn't", "don't you dare"
        duty = self._duty(words, helps, place, denied=denied)
        if duty:
            wish = self._wish(spoken, duty, end, asked=asked, denied=denied)
            often = not _ON_AND_ON.isdisjoint(words[:place]) and not asked and not denied
            return wish._replace(form="now") if wish and often else wish  # "you always have to start on politics"
        rest = kept(spoken, place + 1, end)
        if verb in ("have", "had", "be", "do", "get") and not rest:
            return None
        base, written = verbs.of(verb), spoken.written[place]
        past = not helps and not asked and (verbs.is_past(verb) or self._was(verb, words[place:end]))
        plain = told_plainly(base, rest)
        if plain:
            has = not set(helps).isdisjoint(("have", "has", "had"))
            base, rest = plain
            written = verbs.running(base) if verbs.is_running(verb) else verbs.participle(base) if has else base
        told = self._tensed(helps, written, base, denied=denied, past=past)
        sure = verbs.is_known(base) or helps or denied or _FOLLOWS_A_VERB.intersection(after)
        if told is None or (told[0] == "now" and not sure):
            return None
        shape, said = told
        return Told(
            form=shape, denied=denied, base=joined([base, *rest]), running=joined([verbs.running(base), *rest]),
            clause=joined([*said, *rest]), asked=asked, verb=base,
        )  # fmt: skip

    def _duty(self, words: list[str], helps: list[str], place: int, *, denied: bool) -> int:
        """Return where the bare verb of a duty stands ("you have to …", "you're meant to …"), or 0."""
        if set(helps) & _DUTY:
            return place + (words[place] == "to")
        if helps[-1:] == ["have"] and words[place] == "to":
            return place + 1
        for lead in _LEADS_DUTY:
            if tuple(words[place : place + len(lead)]) == lead and not denied:
                return place + len(lead)
        supposed = helps[-1:] and helps[-1] in _BE and words[place] in ("supposed", "meant")
        return place + 2 if supposed and words[place + 1 : place + 2] == ["to"] else 0

    def _tensed(  # noqa: PLR0911 - one for each tense
        self, helps: list[str], verb: str, base: str, *, denied: bool, past: bool
    ) -> tuple[str, list[str]] | None:
        """Return the form and the beginning of the clause; None for a name, a ban, or what is not clear."""
        verbs, small = self._verbs, verb.lower()
        no = "not" * denied
        if helps and helps[-1] in _BE:
            was = helps[-1] in ("was", "were")
            ban = denied and not was and base not in _EFFORT
            return None if small in _ARTICLES or ban else ("being", ["you were" if was else "you're", no, verb])
        if set(helps) & {"have", "has", "had"}:
            if not verbs.is_participle(small) or (small == "had" and set(helps) & _MODAL):  # "I wish you had had"
                return None
            return "had" if set(helps) & _MODAL else "perfect", ["you have not" if denied else "you've", verb]
        if "did" in helps or past:
            return "past", ["you did not", base] if denied else ["you", verbs.past(base)]
        if set(helps) & _MODAL:
            return "modal", ["you", next(one for one in helps if one in _MODAL), no, base]
        if verbs.is_running(small):
            return "being", ["you're", verb]
        return "now", ["you do not", base] if denied else ["you", verb]

    def beside_name(self, spoken: Spoken, names: frozenset[str]) -> Told | None:
        """Return what is done beside a name: "you're a pest popping round unannounced"."""
        words = spoken.words
        name = next((place for place, word in enumerate(words) if word in names), -1)
        place = name + 1 + (words[name + 1 : name + 2] == ["for"])
        if name < 0 or place >= len(words) or not self._verbs.is_running(words[place]) or "you" not in words[:name]:
            return None
        rest = kept(spoken, place + 1, end_of(words, place))
        base = self._verbs.of(words[place])
        base, rest = told_plainly(base, rest) or (base, rest)
        return Told("now", denied=False, base=joined([base, *rest]), running=joined([self._verbs.running(base), *rest]),
                    clause=joined(["you", base, *rest]), verb=base)  # fmt: skip

    def _wish(self, spoken: Spoken, place: int, end: int, *, asked: str, denied: bool) -> Told | None:
        while place < end and spoken.words[place] in LEFT_OUT | {"not"}:
            denied = denied or spoken.words[place] == "not"
            place += 1
        if place >= end or self._verbs.of(spoken.words[place]) != spoken.words[place]:
            return None
        return self.wished(spoken, place, end, asked=asked, denied=denied)

    def wished(self, spoken: Spoken, place: int, end: int, *, asked: str = "", denied: bool = False) -> Told:
        """Return what is wished for, from its bare verb on; "stop whining" is a wish that something ends."""
        verb = spoken.words[place]
        rest = kept(spoken, place + 1, self._where_wish_ends(spoken.words, place, end))
        if verb in ("stop", "quit") and rest and self._verbs.is_running(rest[0].lower()):
            base, more = self._verbs.of(rest[0].lower()), rest[1:]
            base, more = told_plainly(base, more) or (base, more)
            return Told("stop", denied=False, base=joined([base, *more]), clause=joined(["you", base, *more]),
                        running=joined([self._verbs.running(base), *more]), asked=asked, verb=base)  # fmt: skip
        running = joined([self._verbs.running(verb), *rest])
        return Told("not" if denied else "wish", denied=denied, base=joined([verb, *rest]), running=running,
                    clause=joined(["you", verb, *rest]), asked=asked, verb=verb)  # fmt: skip

    def _where_wish_ends(self, words: list[str], place: int, end: int) -> int:
        """Return where the wish ends: before its condition ("if you cared") and before its other half ("or …")."""
        for here in range(place + 1, end):
            if words[here] == "if" and words[here - 1] not in _KNOWN_BEFORE_IF:
                return here
            if words[here] == "before" and words[here + 1 : here + 3] == ["i", "had"]:
                return here
            after = words[here + 1 : here + 2]
            if words[here] == "or" and after and (after[0] == "please" or self._verbs.is_bare(after[0])):
                return here
        return end

    def order(self, spoken: Spoken, at: int) -> Told | None:
        """Return what is ordered from a place on; None where no bare verb opens."""
        words = spoken.words
        place, denied = at, False
        if at and words[at - 1][0].isalpha() and words[at - 1] not in LEFT_OUT | {"please", "and", "but", "so", "now"}:
            return None  # in the middle of something else
        while place < len(words) - 1 and (
            words[place] in LEFT_OUT | {"please", "oh", "well", "now", "go", "right", "and"} or words[place] in ENDS
        ):
            if words[place] == "go" and not self._verbs.is_known(words[place + 1]):
                break
            denied = denied or words[place] == "never"
            place += 1
        if words[place : place + 2] == ["do", "not"]:
            place, denied = place + 2, True
            while place < len(words) - 1 and words[place] in LEFT_OUT:
                place += 1
        if not words[place:] or not self._verbs.is_known(words[place]) or self._verbs.of(words[place]) != words[place]:
            return None
        last = end_of(words, place)
        return None if _is_no_order(spoken, place, last) else self.wished(spoken, place, last, denied=denied)


def _asked_with(words: list[str], subject: int) -> str:
    """Return the word a question is asked with, for "you" at a place: "and when did you …" asks with "when"."""
    before = words[max(0, subject - 3) : subject]
    return next((word for word in before if word in ("what", "when", "where", "who", "why", "how")), words[0])


def _as_much(told: Told, words: list[str], *, only: bool) -> Told:
    """Return what is told with its measure: "only", and where the wrong is in how much, "so much"."""
    if only and told.form in ("now", "past"):
        clause = told.clause.replace("you ", "you only ", 1)
        return told._replace(clause=clause, form="past" if clause.endswith(" now") else told.form)
    if told.form == "being" and told.verb in _AROUND and not _ON_AND_ON.isdisjoint(words):
        return told._replace(clause=f"{told.clause} so much")  # to be there at all is no wrong
    return told


def _is_no_order(spoken: Spoken, place: int, last: int) -> bool:
    """Tell whether what opens with a bare verb is something else: a question, a turn of words, a condition."""
    words = spoken.words
    if words[place] in _HELPS and words[place + 1 : place + 2] in (["you"], ["not"]):
        return True  # "have you any idea"
    if any(tuple(words[place : place + len(some)]) == some for some in _NO_ORDERS):
        return words[place + 2 : place + 3] != ["time"]  # "come on time" is one
    if spoken.marks & QUESTION and not {"you", "please"}.intersection(words[-3:]):
        return True  # "Knock through?"
    return words[last : last + 1] == ["and"] and not _GOES_ON.isdisjoint(words[last + 1 : last + 2])


def _is_left_open(told: Told, words: list[str], subject: int) -> bool:
    """Tell whether it is not said that it was so: "did you follow a recipe", "if you'd looked, you'd have seen it"."""
    if told.form == "had":
        return "if" in words[:subject]
    if {"many", "much"} & set(words[:subject]) and words[0] == "how":
        return True
    did = words[subject - 1 : subject] == ["did"]
    return did and not told.denied and told.asked not in ("why", "how", "when")
