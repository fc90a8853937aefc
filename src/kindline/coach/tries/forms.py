"""From the sentence a note stands in to the forms it can be told in: names of frames and what fills their gaps."""

from collections.abc import Iterator

from kindline.coach.reading import QUESTION
from kindline.coach.tries.spoken import Spoken, find, joined
from kindline.coach.tries.told import LEFT_OUT, Teller, Told, end_of, kept
from kindline.coach.tries.verbs import Verbs

Form = tuple[str, dict[str, str]]  # the name of a frame, and what fills its gaps

_AFTER_FEEL = (
    ("as", "if"), ("as", "though"), ("like", "that"), ("like",), ("that",), (),
)  # fmt: skip
_ASKS_TO = (
    ("beyond", "you", "to"), ("kill", "you", "to"), ("too", "much", "to", "ask", "you", "to"),
    ("too", "much", "to", "ask", "to"), ("you", "least", "to"), ("the", "least", "you", "could", "do", "is"),
    ("the", "least", "you", "will", "do", "is"), ("the", "least", "you", "can", "do", "is"), ("tell", "you", "to"),
    ("ask", "you", "to"), ("need", "you", "to"), ("want", "you", "to"), ("expect", "you", "to"), ("for", "you", "to"),
)  # fmt: skip
_SORRY = frozenset(("sorry", "apologise", "apologize", "apologies"))
_MADE_SMALL = (("only", "a"), ("just", "a"), ("only", "the"), ("just", "the"), ("only", "an"), ("just", "an"),
               ("only", "one"), ("just", "one"), ("just", "some"), ("only", "some"))  # fmt: skip
_ALL_MINE = (
    ("always", "me"), ("left", "to", "me", "to"), ("down", "to", "me", "to"), ("up", "to", "me", "to"),
    ("always", "have", "to"), ("always", "the", "one"), ("am", "the", "one", "who"), ("end", "up"), ("forever",),
)  # fmt: skip
_INSIDE = frozenset(
    (  # noqa: SIM905 - a list of words reads better as words
        "dare know understand realise realize see get care love want admit accept face believe mean think guess be feel hope"
    ).split()
)  # nobody can be asked for these
_MINDED = frozenset(
    (  # noqa: SIM905 - a list of words reads better as words
        "think know want like love care hate mean believe wish feel regret enjoy prefer expect hope need mind remember "
        "consider see decide resent pretend plan fall stop lose forget trust respect blame find"
    ).split()
)
_SURELY = frozenset(("obviously", "clearly", "probably", "just", "only", "apparently", "evidently"))
_FELT = {
    "humiliate": "embarrassed", "embarrass": "embarrassed", "shame": "ashamed", "stress": "tense", "exhaust": "worn out",
    "annoy": "annoyed", "irritate": "irritated", "drain": "drained", "scare": "scared", "frighten": "scared",
    "infuriate": "furious", "hurt": "hurt", "upset": "upset", "disappoint": "disappointed", "worry": "worried",
    "frustrate": "frustrated", "belittle": "small", "disgust": "angry", "confuse": "confused",
}  # fmt: skip
_SPOILS = frozenset(("ruin", "wreck", "spoil", "destroy"))
_TOO_MUCH = frozenset(("it", "things", "us", "me", "my", "everything", "this"))
_FOR_ANY = (("anything", "something"), ("a thing", "something"), ("anyone", "someone"), ("anybody", "somebody"),
            ("any", "some"), ("anywhere", "somewhere"), ("a finger", "a hand"))  # fmt: skip
_TURNS = frozenset(
    ("is", "was", "hurt", "hurts", "upset", "upsets", "bothers", "bothered", "offended", "ruined", "spoiled")
)
_DETERMINERS = frozenset(("your", "my", "our", "the", "his", "her", "their", "every", "each", "this", "that"))


class Forms:
    """Names the forms in which a sentence can be told for a fault."""

    def __init__(self, verbs: Verbs, names: frozenset[str]) -> None:
        self._verbs = verbs
        self._names = names
        self._teller = Teller(verbs)

    def of(self, fault: str, spoken: Spoken, at: int) -> Iterator[Form]:
        """Yield the forms that fit a fault, the closest first; `at` is the word the note begins with."""
        special = {
            "faux-feeling": self._after_feel, "guilt": self._held_out, "conditional-apology": self._sorry,
            "minimising": self._made_small, "defensiveness": self._excused, "comparison": self._of_others,
            "contempt": self._mocked, "mind-reading": self._guessed,
        }.get(fault, self._plain)  # fmt: skip
        yield from special(spoken, at)

    def _plain(self, spoken: Spoken, at: int) -> Iterator[Form]:
        yield from self._only_me(spoken)
        yield from self._asked_to(spoken)
        yield from self._made_me(spoken)
        told = self._teller.beside_name(spoken, self._names) or self._teller.of_you(spoken, at)
        if told:
            yield from self._named(told)
            return
        if spoken.words[0] == "we" and len(spoken.words) > 2 and self._verbs.is_known(spoken.words[1]):  # noqa: PLR2004
            last = end_of(spoken.words, 1)
            yield "any", {"clause": joined(["we", spoken.words[1], *kept(spoken, 2, last)])}
            return
        us = self._with_us(spoken)
        if us:
            yield us
            return
        order = self._teller.order(spoken, at) or self._teller.order(spoken, _clause_start(spoken.words, at))
        if order:
            yield from self._named(order)
            return
        yield from self._of_others(spoken, at)

    def _named(self, told: Told) -> Iterator[Form]:
        """Name the form of what you do, seen through the question it may stand in."""
        gaps = self._gaps(told)
        form, asked = told.form, told.asked
        if form == "now" and told.asked == "have":
            return
        what = told.base.partition(" ")[2]
        if told.verb in _FELT and what.startswith("me"):
            yield from self._felt(told, what)
            return
        if told.verb in _SPOILS and what and not told.denied:
            if what.split()[0] not in _TOO_MUCH:
                yield "spoilt", {"thing": what.partition(" for ")[0]}
            return
        if form == "wish" and asked in ("must", "do") and told.verb:
            form = "being" if told.verb == "be" else "stop"
            gaps["clause"] = told.clause.replace("you be ", "you're ")
        elif asked in ("can", "could", "would", "will", "have", "is") and form in ("modal", "perfect", "now", "wish"):
            form = "wish"
        elif told.clause.startswith("you're going to "):
            form = "" if asked not in ("when", "are") else "wish"
            gaps["base"] = gaps["base"].removeprefix("go to ").removeprefix("going to ")
        elif form == "had":
            gaps["part"] = told.clause.removeprefix("you have ").removeprefix("you've ").removeprefix("you haven't ")
            form = "" if told.denied else "had"
        elif form == "modal":
            form = self._modal(told, gaps)
        elif asked in ("why", "how") and form in ("now", "past", "perfect"):
            form = "wish" if told.denied and form == "now" else "that"
        if form == "perfect":
            form = "past"
        if form == "being" and told.clause.startswith("you were"):
            form = "was"
        if told.denied and form in ("now", "past"):
            form += "-not"
        if form in ("wish", "now-not"):
            if gaps["base"].split()[0] in _INSIDE and gaps["base"].split()[0] != "be":
                form = "inside-not" if form == "now-not" else ""
            elif told.denied or asked:
                for some, other in _FOR_ANY:
                    gaps["base"] = f"{gaps['base']} ".replace(f" {some} ", f" {other} ").strip()
        if form:
            yield form, gaps

    def _felt(self, told: Told, what: str) -> Iterator[Form]:
        """Turn "you embarrass me showing people photos" into what I feel when you show people photos."""
        rest = what.removeprefix("me").strip().removeprefix("out").strip()
        feeling = _FELT[told.verb]
        first, _, more = rest.partition(" ")
        if told.form in ("past", "perfect"):
            if not rest or first in ("when", "with", "by", "in", "on", "at"):
                yield "felt", {"feeling": feeling, "rest": rest}
        elif first in ("by",) and self._verbs.is_running(more.partition(" ")[0]):
            yield "felt", {"feeling": feeling, "rest": self._when(more)}
        elif self._verbs.is_running(first):
            yield "felt", {"feeling": feeling, "rest": self._when(rest)}
        elif first in ("when", "with", "in"):
            yield "felt", {"feeling": feeling, "rest": rest}

    def _when(self, running: str) -> str:
        first, _, more = running.partition(" ")
        return joined(["when you", self._verbs.of(first), more])

    def _made_me(self, spoken: Spoken) -> Iterator[Form]:
        """Turn "you make me feel small" into "I feel small", and "you make me wonder whether" into "I wonder"."""
        words = spoken.words
        made = next(
            (p for p, w in enumerate(words[:-2]) if w in ("make", "makes", "made") and words[p + 1] == "me"), -1
        )
        if made < 0:
            return
        last, place = end_of(words, made), made + 2
        if words[place] == "feel" and place + 1 < last and words[place + 1] not in ("like", "as", "that"):
            yield "felt", {"feeling": joined(kept(spoken, place + 1, last)), "rest": ""}
        elif (
            self._verbs.is_known(words[place]) and self._verbs.of(words[place]) == words[place] and words[place] != "be"
        ):
            when = ""
            if words[0] in ("when", "whenever") and "," in words[:made]:
                when = joined(["when", *kept(spoken, 1, words.index(","))]) + ", "
            if words[place] != "feel" and (told := joined(spoken.written[place:last])):
                yield "made", {"when": when, "clause": f"I {told}"}

    def _modal(self, told: Told, gaps: dict[str, str]) -> str:
        helping = told.clause.split()[1]
        if told.denied and (told.asked or helping == "won't"):
            return "wish"
        if told.denied:
            return "that" if helping.startswith("could") else ""
        if told.asked == "how":
            gaps["clause"] = f"you {gaps['past']}"
            return "that"
        return "wish" if helping == "could" else ""

    def _gaps(self, told: Told) -> dict[str, str]:
        base, _, rest = told.base.partition(" ")
        past = joined([self._verbs.past(base), rest])
        return {"clause": told.clause, "base": told.base, "running": told.running, "past": past}

    def _only_me(self, spoken: Spoken) -> Iterator[Form]:
        """Find what only I do: "it's always me getting up with the baby"."""
        words = spoken.words
        for lead in _ALL_MINE:
            place = find(words, *lead)
            if place < 0:
                continue
            place += len(lead)
            while place < len(words) and words[place] in LEFT_OUT | {"who", "to"}:
                place += 1
            if place >= len(words) or not words[place].isalpha():
                continue
            verb, told_of_me = words[place], not {"i", "me"}.isdisjoint(words[:place])
            if not told_of_me or not (
                self._verbs.is_running(verb) or (self._verbs.is_known(verb) and lead[-1] != "me")
            ):
                continue
            if lead == ("forever",) and not self._verbs.is_running(verb):
                continue
            running = self._verbs.running(self._verbs.of(verb))
            if running != "being":
                yield "share", {"running": joined([running, *kept(spoken, place + 1, end_of(words, place + 1))])}
                return

    def _with_us(self, spoken: Spoken) -> Form | None:
        """Find what we are said not to do: "why can't we go to the lake", "we never talk"."""
        words = spoken.words
        we = next((place for place, word in enumerate(words) if word == "we"), -1)
        if we < 0 or not {"not", "never", "hardly", "barely"} & set(words[max(0, we - 2) : we + 4]):
            return None
        place = we + 1
        while place < len(words) - 1 and words[place] in LEFT_OUT | {"do", "can", "not", "could"}:
            place += 1
        if not self._verbs.is_known(words[place]) or self._verbs.of(words[place]) != words[place]:
            return None
        return "us", {"base": joined([words[place], *kept(spoken, place + 1, end_of(words, place))])}

    def _asked_to(self, spoken: Spoken) -> Iterator[Form]:
        """Find the wish inside a question: "is it beyond you to …", "how many times must I tell you to …"."""
        for lead in _ASKS_TO:
            place = find(spoken.words, *lead)
            if place >= 0 and place + len(lead) < len(spoken.words):
                place += len(lead)
                while place < len(spoken.words) - 1 and spoken.words[place] in LEFT_OUT:
                    place += 1
                if self._verbs.of(spoken.words[place]) == spoken.words[place] and spoken.words[place].isalpha():
                    told = self._teller.wished(spoken, place, end_of(spoken.words, place))
                    yield told.form, self._gaps(told)
                    return

    def _guessed(self, spoken: Spoken, at: int) -> Iterator[Form]:
        """Tell a guess as a guess: "I'm afraid that you're bored of me"."""
        words = spoken.words
        bet = max(find(words, "i", "bet"), find(words, "i", "guess"))
        if bet >= 0:
            at = bet + 2
        told = self._teller.of_you(spoken, at)
        if told and told.form in ("wish", "stop"):
            yield told.form, self._gaps(told)
        elif told and told.form == "had":
            yield from self._named(told)
        elif told and not told.asked and not spoken.marks & QUESTION:
            yield "clause" if self._is_inside(told, words) else "fact", self._gaps(told)
        elif not told:
            yield from (("clause", gaps) for form, gaps in self._of_others(spoken, at) if form == "any")

    def _is_inside(self, told: Told, words: list[str]) -> bool:
        """Tell whether it is about what goes on in somebody: what they think, are, can bear or do on purpose."""
        purpose = not {"spite", "punish", "purpose", "to", "so", "because"}.isdisjoint(told.base.split())
        return told.form in ("being", "modal") or told.verb in _MINDED or purpose or not _SURELY.isdisjoint(words)

    def _after_feel(self, spoken: Spoken, at: int) -> Iterator[Form]:
        words = spoken.words
        feel = next((p for p, w in enumerate(words) if w in ("feel", "feels", "felt", "feeling")), -1)
        if feel < 0:
            return
        for lead in _AFTER_FEEL:
            place = feel + 1 + len(lead)
            if tuple(words[feel + 1 : place]) != lead or place >= len(words):
                continue
            if words[place] == "you":
                told = self._teller.of_you(spoken, place)
                if told:
                    yield told.form if told.form in ("wish", "stop") else "clause", self._gaps(told)
            elif words[place] in ("i", "we", "my", "our", "it", "everything", "nobody", "the", "this", "they", "there"):
                yield from self._only_me(spoken)
                last = end_of(words, place)
                if self._has_verb(words, place, last):
                    yield "other", {"clause": joined([spoken.written[place], *kept(spoken, place + 1, last)])}
            return

    def _has_verb(self, words: list[str], first: int, last: int) -> bool:
        """Tell whether a clause has a verb of its own, not only one after "who"."""
        some = range(first + 1, last)
        found = next((p for p in some if self._verbs.is_known(words[p])), last)
        return found < last and words[found - 1] not in ("who", "which", "that", "to")

    def _held_out(self, spoken: Spoken, at: int) -> Iterator[Form]:
        words = spoken.words
        yield from self._asked_to(spoken)
        if "if" in words or "who" in words:
            would = next((p for p, w in enumerate(words) if w == "would" and p > 0), -1)
            place = would + 1
            while 0 < place < len(words) and words[place] in LEFT_OUT:
                place += 1
            if 0 < place < len(words) and words[place] not in ("be", "not"):
                has = words[place] == "have"
                told = (
                    self._teller.wished(spoken, place + has, end_of(words, place + has))
                    if words[-1] != "have"
                    else None
                )
                if told and self._verbs.is_known(words[place + has]):
                    part = joined([words[place + has], told.base.partition(" ")[2]])
                    yield ("had", {"part": part}) if has else ("would", self._gaps(told))
                    return
        for place, word in enumerate(words[:-1]):
            if word == "i" and self._verbs.is_past(words[place + 1]):
                yield (
                    "mine",
                    {"clause": joined(["I", words[place + 1], *kept(spoken, place + 2, end_of(words, place))])},
                )
                return

    def _sorry(self, spoken: Spoken, at: int) -> Iterator[Form]:
        words = spoken.words
        sorry = next((p for p, w in enumerate(words) if w in _SORRY), -1)
        if sorry < 0 or words[sorry - 1 : sorry] == ["be"]:
            return
        place = sorry + 1
        while place < len(words) and words[place] in ("if", "that", "but", ",", "when"):
            place += 1
        last = end_of(words, place)
        by = next((p for p in range(place, len(words) - 2) if words[p] == "by" and words[p + 1] in ("me", "my")), -1)
        if by > 0 and self._verbs.is_running(words[by + 2]):
            past = self._verbs.past(self._verbs.of(words[by + 2]))
            yield "did", {"clause": joined(["I", past, *spoken.written[by + 3 : end_of(words, by)]])}
        elif words[place : place + 1] == ["i"] and "," not in words[sorry + 1 : place]:
            yield "did", {"clause": joined(["I", *kept(spoken, place + 1, last)])}
        elif words[place : place + 1] == ["for"] and self._verbs.is_running((words[place + 1 :] or [""])[0]):
            past = self._verbs.past(self._verbs.of(words[place + 1]))
            yield "did", {"clause": joined(["I", past, *kept(spoken, place + 2, last)])}
        elif words[place : place + 1] == ["for"] and place + 2 < last and words[place + 1] != "you":
            yield "for", {"clause": joined(kept(spoken, place + 1, last))}
        elif words[place : place + 1] == ["about"] and place + 1 < last:
            yield "about", {"thing": joined(spoken.written[place + 1 : last])}
        elif self._verbs.is_running((words[place:] or [""])[0]):
            is_at = next((p for p in range(place, last) if words[p] in _TURNS), last)
            past = self._verbs.past(self._verbs.of(words[place]))
            yield "did", {"clause": joined(["I", past, *kept(spoken, place + 1, is_at)])}
        elif "my" in words[place:last]:
            thing = words.index("my", place) + 1
            if thing < len(words) and words[thing].isalpha():
                yield "thing", {"thing": spoken.written[thing]}
        elif (it := find(words, "seemed", "like", "i", start=place)) > 0:
            yield "did", {"clause": joined(["that", *kept(spoken, it + 2, last)])}
        elif place > sorry + 1 and words[sorry + 1] in (",", "but"):
            return
        elif words[place : place + 1] not in (["you"], ["your"], ["it"], ["that"], ["there"]) and (
            last - place > 1 and self._has_verb(words, place, last)
        ):
            yield "did", {"clause": joined([spoken.written[place], *kept(spoken, place + 1, last)])}

    def _made_small(self, spoken: Spoken, at: int) -> Iterator[Form]:
        words = spoken.words
        for lead in _MADE_SMALL:
            place = find(words, *lead)
            if place >= 0 and end_of(words, place) == place + len(lead) + 1:
                yield "thing", {"thing": spoken.written[place + len(lead)]}
                return

    def _excused(self, spoken: Spoken, at: int) -> Iterator[Form]:
        words = spoken.words
        supposed = find(words, "i", "supposed", "to")
        if supposed >= 0 and "how" in words[max(0, supposed - 2) : supposed]:
            told = self._teller.wished(spoken, supposed + 3, end_of(words, supposed + 3))
            yield "could-not", self._gaps(told)
            return
        if spoken.marks & QUESTION:
            return
        for place in range(at, len(words) - 2):
            opens = (
                place == 0 or not words[place - 1][0].isalpha() or words[place - 1] in ("and", "but", "well", "because")
            )
            if (
                opens
                and words[place] == "i"
                and words[place + 1] in ("was", "had", "have")
                and "not" not in words[place:]
            ):
                clause = joined(["I", *kept(spoken, place + 1, end_of(words, place))])
                yield "mine", {"clause": clause}
                return

    def _mocked(self, spoken: Spoken, at: int) -> Iterator[Form]:
        words = spoken.words
        yield from self._asked_to(spoken)
        polite = next(
            (p for p, w in enumerate(words[:-1]) if w in ("could", "can", "would") and words[p + 1] == "you"), -1
        )
        if polite >= 0 and (told := self._teller.of_you(spoken, polite + 1)):
            yield from self._named(told)
        yield from self._beside(spoken, at)
        place = find(words, "thanks", "for")
        if place >= 0:
            place += 2
            while place < len(words) - 1 and words[place] in LEFT_OUT:
                place += 1
            if self._verbs.is_running(words[place]) and "finally" in words:
                base = joined([self._verbs.of(words[place]), *kept(spoken, place + 1, end_of(words, place))])
                yield "waited", {"base": base}

    def _beside(self, spoken: Spoken, at: int) -> Iterator[Form]:
        """Find a plain deed told before the barb: "you left the door open, what are you, twelve"."""
        told = self._teller.of_you(spoken, 0)
        if told and at > end_of(spoken.words, 0) and told.form in ("past", "perfect") and not told.asked:
            yield "past-not" if told.denied else "past", self._gaps(told)

    def _of_others(self, spoken: Spoken, at: int) -> Iterator[Form]:
        """Tell what somebody or something else does: "every conversation circles back to you"."""
        words = spoken.words
        place = 0
        come = words[:2] == ["how", "come"]
        while place < len(words) - 2 and (words[place] in LEFT_OUT | {"and", ",", "so", "but"} or (come and place < 2)):  # noqa: PLR2004
            place += 1
        if words[place] not in _DETERMINERS or (spoken.marks & QUESTION and not come):
            return
        last = end_of(words, place)
        every = words[place] in ("every", "each")
        verb = next((p for p in range(place + 2, min(last, place + 5)) if self._is_finite(words[p], every=every)), -1)
        if verb < 0 or verb + 1 >= last:
            return
        subject, deed = kept(spoken, place, verb), words[verb]
        if every and not self._verbs.is_past(deed):
            deed = self._verbs.of(deed)
        past = self._verbs.is_past(deed) or deed == "did"
        clause = joined([*subject, "are" if deed == "be" else deed, *kept(spoken, verb + 1, last)])
        yield "that" if past else "any", {"clause": clause}

    def _is_finite(self, word: str, *, every: bool = False) -> bool:
        if every and word.endswith("s") and not word.endswith(("ss", "us")):
            return True
        if word in ("is", "are", "was", "were", "has", "have", "does", "do", "did", "goes"):
            return True
        return self._verbs.is_known(word) and not self._verbs.is_running(word) and (
            word.endswith("s") or self._verbs.is_past(word) or word in ("come", "go", "get", "leave", "take", "circle")
        )  # fmt: skip


def _clause_start(words: list[str], at: int) -> int:
    while at > 0 and words[at - 1][0].isalpha():
        at -= 1
    return at
