"""The forms most sentences have: what you do, leave undone, are asked to do, or make me feel."""

from collections.abc import Iterator

from kindline.coach.reading import QUESTION
from kindline.coach.tries import sorts
from kindline.coach.tries.kept import DENIES, LEFT_OUT, end_of, kept
from kindline.coach.tries.spoken import Spoken, find, joined
from kindline.coach.tries.told import Teller, Told
from kindline.coach.tries.verbs import Verbs

Form = tuple[str, dict[str, str]]  # the name of a frame, and what fills its gaps


class Plain:
    """Names the forms in which a sentence can be told, whatever the fault."""

    def __init__(self, verbs: Verbs, names: frozenset[str]) -> None:
        self._verbs = verbs
        self._names = names
        self._teller = Teller(verbs)

    def _plain(self, spoken: Spoken, at: int) -> Iterator[Form]:
        yield from self._only_me(spoken)
        yield from self._asked_to(spoken)
        yield from self._made_me(spoken)
        yield from self._gave_me(spoken)
        told = self._teller.beside_name(spoken, self._names) or self._teller.of_you(spoken, at)
        if told:
            yield from self._named(told)
            return
        ours = self._of_us(spoken)
        if ours:
            yield ours
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
        what = told.base.partition(" ")[2]
        if _is_no_wrong(told, what):
            return
        if told.verb == "have" and what.startswith("time for ") and not told.denied:
            yield "time-for", {"thing": what.removeprefix("time for ")}
            return
        if told.verb in sorts.FELT and what.startswith("me"):
            yield from self._felt(told, what)
        elif told.verb in sorts.SPOILS and what and not told.denied:
            if what.split()[0] not in sorts.TOO_MUCH and len(what.partition(" for ")[0].split()) <= sorts.MOST_SPOILT:
                yield "spoilt", {"thing": what.partition(" for ")[0]}
        elif told.form != "now" or told.asked != "have":
            gaps = self._gaps(told)
            form = self._as_asked(told, gaps)
            if form in ("wish", "now-not"):
                form = self._can_be_asked(form, told, gaps)
            if form:
                yield form, gaps

    def _as_asked(self, told: Told, gaps: dict[str, str]) -> str:  # noqa: C901, PLR0911, PLR0912 - one for each kind
        """Return the name of the frame: a question often asks for what it denies."""
        form, asked, no = told.form, told.asked, "-not" * told.denied
        if asked in ("what", "where", "who") and form != "modal":
            return ""
        if asked == "when" and form in ("past", "now", "perfect", "wish") and not told.clause.startswith("you're"):
            return "unmentioned" if told.verb in sorts.SAID else ""
        if form == "stop" and told.verb == "be":
            return ""  # "stop being …" is a name
        if form == "wish" and asked in ("must", "do"):
            much = " so much" * (told.base.split()[1:2] in (["in"], ["at"], ["out"], ["on"]) and told.verb == "be")
            gaps["clause"] = told.clause.replace("you be ", "you're ") + much
            return "being" if told.verb == "be" else "stop"
        if asked in ("can", "could", "would", "will", "have", "is") and form in ("modal", "perfect", "now", "wish"):
            return "wish"
        if told.clause.startswith("you're going to "):
            gaps["base"] = gaps["base"].removeprefix("go to ").removeprefix("going to ")
            return "wish" if asked in ("when", "are") else ""
        if form == "had":
            gaps["part"] = told.clause.removeprefix("you've ")
            return "" if told.denied else "had"
        if form == "modal":
            return self._modal(told, gaps)
        if asked in ("why", "how") and form in ("now", "past", "perfect"):
            return "wish" if told.denied and form == "now" else "that"
        if form in ("past", "perfect"):
            return "" if told.verb == "know" else "past" + no
        if form == "being" and asked in ("are", "were", "is"):
            return ""
        if form == "being" and not self._is_minded(told.clause.split()[1:2]):
            return ""  # "when you're cross": how somebody is, and no deed
        if form == "being":
            return "was" if told.clause.startswith("you were") else "being"
        if form == "now" and not told.denied and (told.verb in sorts.INSIDE or told.base.split()[-1] in sorts.DANGLING):
            return ""
        return form + no if form == "now" else form

    def _is_minded(self, word: list[str]) -> bool:
        """Tell whether one can mind that somebody is this: doing something, or somewhere, or late."""
        some = word[0] if word else ""
        return (
            some in sorts.BEING | sorts.WHERE | {"out", "off"}
            or self._verbs.is_running(some)
            or self._verbs.is_participle(some)
        )

    def _can_be_asked(self, form: str, told: Told, gaps: dict[str, str]) -> str:
        """Return the frame if the deed is one that can be asked for; nobody can be asked to know or to love."""
        if gaps["base"].split()[-1] in sorts.DANGLING or (
            told.verb == "be" and not sorts.WELCOME.isdisjoint(told.base.split())
        ):
            return ""
        asked_for = gaps["base"].split()
        if (told.verb in sorts.GIVEN and not sorts.PRIVATE.isdisjoint(asked_for)) or not sorts.OF_THE_BODY.isdisjoint(
            asked_for
        ):
            return ""  # nothing here asks for what is somebody's own
        if _asks_nothing(told.verb, asked_for):
            return ""
        if told.verb in sorts.INSIDE:
            return "inside-not" if form == "now-not" and told.verb in sorts.IN_MIND else ""
        if told.denied or told.asked:
            gaps["base"] = gaps["base"].removesuffix(" any more").removesuffix(" anymore")
            for some, other in sorts.FOR_ANY:
                gaps["base"] = f"{gaps['base']} ".replace(f" {some} ", f" {other} ").strip()
        return form

    def _felt(self, told: Told, what: str) -> Iterator[Form]:
        """Turn "you embarrass me showing people photos" into what I feel when you show people photos."""
        rest = what.removeprefix("me").strip().removeprefix("out").strip()
        feeling = sorts.FELT[told.verb]
        first, _, more = rest.partition(" ")
        if told.form in ("past", "perfect"):
            if not rest or first in ("when", "with", "by", "in", "on", "at"):
                yield "felt", {"feeling": feeling, "rest": rest}
        elif first == "by" and self._verbs.is_running(more.partition(" ")[0]):
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
        if made < 0 or "not" in words[:made]:
            return
        last, place = end_of(words, made), made + 2
        if words[place] == "so":
            last = end_of(words, place + 1)  # "so stressed"
        if words[place] == "look" and words[place + 1 : place + 2] and words[place + 1] in sorts.LOOKED:
            yield "looked", {"rest": joined(kept(spoken, place + 2, last))}
            return
        feeling = next((p for p in range(place, last) if words[p] not in sorts.VERY), place)
        if words[feeling] in sorts.FEELINGS:
            yield (
                "felt",
                {"feeling": joined(kept(spoken, place, feeling + 1)), "rest": joined(kept(spoken, feeling + 1, last))},
            )
        elif words[place] == "feel" and place + 1 < last and words[place + 1] not in ("like", "as", "that"):
            yield "felt", {"feeling": joined(kept(spoken, place + 1, last)), "rest": ""}
        elif self._is_bare_verb(words, place):
            when = ""
            if words[0] in ("when", "whenever") and "," in words[:made]:
                when = joined(["when", *kept(spoken, 1, words.index(","))]) + ", "
            if words[place] != "feel" and (told := joined(spoken.written[place:last])):
                yield "made", {"when": when, "clause": f"I {told}"}

    def _gave_me(self, spoken: Spoken) -> Iterator[Form]:
        """Turn "you gave me nightmares" into "I've had nightmares"."""
        words = spoken.words
        gave = max(find(words, "gave", "me"), find(words, "give", "me"), find(words, "giving", "me"))
        if gave >= 0 and not sorts.LED_TO.isdisjoint(words[gave + 2 : end_of(words, gave)]):
            yield "led-to", {"thing": joined(kept(spoken, gave + 2, end_of(words, gave)))}

    def _is_bare_verb(self, words: list[str], place: int) -> bool:
        """Tell whether "make me …" goes on with a deed: one that is known, or any with somebody or something after."""
        if self._verbs.of(words[place]) != words[place] or words[place] == "be":
            return False
        after = words[place + 1 : place + 2]
        return self._verbs.is_known(words[place]) or after in (["her"], ["him"], ["it"], ["my"], ["the"], ["them"])

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
        for lead in sorts.ALL_MINE:
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
            chore = verb in sorts.CHORES or self._verbs.of(verb) in sorts.CHORES
            if chore and "you" not in words[place : end_of(words, place + 1)]:
                yield "share", {"running": joined([running, *kept(spoken, place + 1, end_of(words, place + 1))])}
                return

    def _of_us(self, spoken: Spoken) -> Form | None:
        """Find what we do: "we cancel everything"."""
        words = spoken.words
        subject, verb = [*words, "", ""][:2]
        if subject != "we" or verb in ("are", "have", "were") or not self._verbs.is_known(verb):
            return None
        rest = kept(spoken, 2, end_of(words, 1))
        return ("any", {"clause": joined(["we", verb, *rest])}) if rest else None

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
        base = joined([words[place], *kept(spoken, place + 1, end_of(words, place))])
        return "us", {"base": base.replace(" anywhere", " somewhere").removesuffix(" any more")}

    def _asked_to(self, spoken: Spoken) -> Iterator[Form]:
        """Find the wish inside a question: "is it beyond you to …", "how many times must I tell you to …"."""
        for lead in sorts.ASKS_TO:
            place = find(spoken.words, *lead)
            if place >= 0 and place + len(lead) < len(spoken.words):
                place += len(lead)
                while place < len(spoken.words) - 1 and spoken.words[place] in LEFT_OUT:
                    place += 1
                if self._verbs.of(spoken.words[place]) == spoken.words[place] and spoken.words[place].isalpha():
                    told = self._teller.wished(spoken, place, end_of(spoken.words, place))
                    yield told.form, self._gaps(told)
                    return

    def _has_verb(self, words: list[str], first: int, last: int) -> bool:
        """Tell whether a clause has a verb of its own, not only one after "who"."""
        some = range(first + 1, last)
        found = next((p for p in some if self._verbs.is_known(words[p]) and self._acts(words, p)), last)
        return found < last and words[found - 1] not in ("who", "which", "that", "to")

    def _acts(self, words: list[str], place: int) -> bool:
        """Tell whether a verb is one here: "in the building" has none."""
        if words[place - 1] in ("a", "an", "the", "my", "your", "our", "with", "of", "in"):
            return False
        return not self._verbs.is_running(words[place]) or words[place - 1] in sorts.IS

    def _of_others(self, spoken: Spoken, at: int) -> Iterator[Form]:
        """Tell what somebody or something else does: "every conversation circles back to you"."""
        words = spoken.words
        place = 0
        come = words[:2] == ["how", "come"]
        while place < len(words) - 2 and (words[place] in LEFT_OUT | {"and", ",", "so", "but"} or (come and place < 2)):  # noqa: PLR2004
            place += 1
        if words[place] not in sorts.DETERMINERS or (spoken.marks & QUESTION and not come):
            return
        last = end_of(words, place)
        if come and "when" in words[place:last]:
            last = words.index("when", place)
        every = words[place] in ("every", "each")
        verb = next((p for p in range(place + 2, min(last, place + 5)) if self._is_finite(words[p], every=every)), -1)
        if verb < 0 or (verb + 1 >= last and not come):
            return
        if (
            words[verb] in ("is", "are", "was", "were")
            and words[verb + 1] not in sorts.WHERE
            and not self._verbs.is_running(words[verb + 1])
        ):
            return
        subject, deed = kept(spoken, place, verb), words[verb]
        if every and not self._verbs.is_past(deed):
            deed = self._verbs.of(deed)
        if not (sorts.HELPING | DENIES | sorts.KIN).isdisjoint(words[place:verb]):
            return
        past = self._verbs.is_past(deed) or deed in ("did", "has", "have", "was", "were")
        clause = joined([*subject, "are" if deed == "be" else deed, *kept(spoken, verb + 1, last)])
        yield "that" if past else "any", {"clause": clause}

    def _is_finite(self, word: str, *, every: bool) -> bool:
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


def _is_no_wrong(told: Told, what: str) -> bool:
    """Tell whether what is told is nothing to mind: to ask, to have a thing, or what was felt about oneself."""
    if told.form == "not" and told.verb == "go" and what.partition(" ")[0].endswith("ing"):
        return True  # "don't go measuring for curtains": nobody did
    if (told.form == "being" and (told.verb, what) == ("come", "home")) or not sorts.ILL.isdisjoint(what.split()):
        return True  # nobody is blamed for the flu
    if told.form in ("past", "perfect") and told.base.split()[-1] in ("about", "of", "to", "without"):
        return True  # cut off in the middle
    had = told.clause.startswith(("you've got a ", "you've got an ", "you used to "))
    asked = told.verb in sorts.NO_WRONG and not what and told.form in ("now", "past", "being")
    return had or asked or (told.verb in sorts.FELT and what.startswith("yourself"))


def _asks_nothing(verb: str, asked_for: list[str]) -> bool:
    """Tell whether a wish names no deed: "Put. It. Back.", "be the clever one", "let me feel …", "any of us"."""
    alone = len(asked_for) == 1 and verb in sorts.NEEDS_A_THING
    named = verb == "be" and asked_for[1:2] in (["a"], ["an"], ["the"])
    return alone or named or asked_for[:3] == ["let", "me", "feel"] or " any of " in " ".join(asked_for)
