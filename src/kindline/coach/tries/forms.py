"""From the sentence a note stands in to the forms it can be told in: names of frames and what fills their gaps."""

import re
from collections.abc import Iterator

from kindline.coach.reading import QUESTION
from kindline.coach.tries.kept import LEFT_OUT, end_of, kept
from kindline.coach.tries.plain import Form, Plain
from kindline.coach.tries.plainer import judges
from kindline.coach.tries.sorts import NO_GUESS
from kindline.coach.tries.spoken import Spoken, find, joined
from kindline.coach.tries.told import Told

LONGEST_GAP = 200  # characters; a try that fills a gap with more is never shown
_AFTER_FEEL = (
    ("as", "if"), ("as", "though"), ("like", "that"), ("like",), ("that",), (),
)  # fmt: skip
_SORRY = frozenset(("sorry", "apologise", "apologize", "apologies"))
_MEASURED = frozenset(
    ("more", "better", "worse", "one", "whether", "sorry")
)  # "I was more use at the office": held against
_SAID_OR_SHOWN = frozenset(
    (
        "joke jokes tone comment comments remark remarks words message text question reaction behaviour behavior mood "
        "outburst silence sarcasm temper answer laugh voice manner suggestion criticism teasing honesty advice"
    ).split()
)
_MEANT_WELL = frozenset(("kind", "caring", "existing", "breathing", "loving", "trying", "helping", "living", "thought"))
_FAIR_TO_SAY = frozenset(
    (
        "late rude short harsh cold distant grumpy cross loud mean unfair away absent snappy impatient moody quiet"
    ).split()
)
_OTHERS = frozenset(("person", "people", "anyone", "anybody", "somebody", "someone", "man", "woman", "husband", "wife"))
_WHAT_I_DID = frozenset(("all", "everything", "anything", "whatever", "what", "that", "things", "thing", "much"))
_OPENS_CLAUSE = frozenset(("i", "we", "my", "our", "it", "everything", "nobody", "the", "this", "they", "there"))
_MADE_SMALL = (("only", "a"), ("just", "a"), ("only", "the"), ("just", "the"), ("only", "an"), ("just", "an"),
               ("only", "one"), ("just", "one"), ("just", "some"), ("only", "some"))  # fmt: skip
_MINDED = frozenset(
    (
        "think know want like love care hate mean believe wish feel regret enjoy prefer expect hope need mind remember "
        "consider see decide resent pretend plan fall stop lose forget trust respect blame find"
    ).split()
)
_OWN = {
    ("i", "never"): (2, "do"), ("i", "always"): (2, "always"), ("i", "did", "not"): (3, "did"),
    ("i", "have", "not"): (3, "have"), ("i", "am", "not"): (3, "am"),
}  # fmt: skip
_SURELY = frozenset(("obviously", "clearly", "probably", "just", "only", "apparently", "evidently"))
_TURNS = frozenset(
    ("is", "was", "hurt", "hurts", "upset", "upsets", "bothers", "bothered", "offended", "ruined", "spoiled")
)
_LIKENESS = re.compile(
    r"\b(?:like an? |into an? |into your |as \w+ as |take a joke|get over|grow up|if it was|have the |"
    r"have no |have an? |married to an? |with an? (?:ghost|stranger|robot|brick)|(?:let|hate|made|make) yourself)"
)
_LIKE_THAT = re.compile(
    r"\b(talk|speak|look|stare|treat|shout|laugh)((?:s|ed|ing)?(?: (?:to|at|with))?(?: (?:me|us|her|him|them|my \w+))?)"
    r" (?:like|as if|as though) (?:we|i|you|it|he|she|they|there|that|my|our|your|an?|the|some)\b.*$"
)  # what it was like is the judgement; that it was "like that" is what happened
_HOW_TO_BE = re.compile(
    r"\b(?:like|as if|as though) (?:we|i|you|it's|he|she|they|there|you're)\b|\bbeing (?:the|an?) (?!bit|little|only)"
)
_MAY_JUDGE = frozenset(
    ("mind-reading", "faux-feeling", "conditional-apology", "comparison")
)  # told as a guess, or of oneself
_TAKEN_BACK = re.compile(r"\bso you\b|^I(?: am|'m) not\b|^I (?:breathed|existed|lived)\b")  # said against the other
_BARBED = frozenset(
    ("mouth backside arse ass face bother bothered damn toss hoot shit crap grubby fine chubby fat ugly").split()
)


class Forms(Plain):
    """Names the forms in which a sentence can be told for a fault."""

    def of(self, fault: str, spoken: Spoken, at: int) -> Iterator[Form]:
        """Yield the forms that fit a fault, the closest first; `at` is the word the note begins with."""
        special = {
            "faux-feeling": self._after_feel, "guilt": self._held_out, "conditional-apology": self._sorry,
            "minimising": self._made_small, "defensiveness": self._excused, "comparison": self._before_me,
            "demand": self._ordered, "contempt": self._mocked, "mind-reading": self._guessed,
        }.get(fault, self._plain)  # fmt: skip
        for form, gaps in special(spoken, at):
            if form not in ("clause", "other", "made"):
                gaps.update(
                    {name: _LIKE_THAT.sub(r"\1\2 like that", words[: 2 * LONGEST_GAP]) for name, words in gaps.items()}
                )
            said = " ".join(words[:LONGEST_GAP] for words in gaps.values())
            if fault not in _MAY_JUDGE and (_HOW_TO_BE.search(said) or judges(re.findall(r"[\w'-]+", said.lower()))):
                continue
            if not _BARBED & set(said.split()) and not _LIKENESS.search(said) and (fault, form) != ("label", "being"):
                yield form, gaps

    def _ordered(self, spoken: Spoken, at: int) -> Iterator[Form]:
        yield from self._asked_to(spoken)
        order = self._teller.order(spoken, at)
        yield from self._named(order) if order else self._plain(spoken, at)
        first = self._teller.order(spoken, 0) if at and not order else None  # "turn over, for once in your life"
        yield from self._named(first) if first else ()
        yield from self._as_others_would(spoken)

    def _as_others_would(self, spoken: Spoken) -> Iterator[Form]:
        """Find the wish in what any other would do: "a normal person would have packed the night before"."""
        words = spoken.words
        place = next((p for p in range(1, len(words)) if words[p] == "would" and words[p - 1] in _OTHERS), -1) + 1
        has = words[place : place + 1] == ["have"]
        if not place or place + has >= len(words) or words[place] in ("be", "not"):
            return
        told = self._teller.wished(spoken, place + has, end_of(words, place + has))
        if has and self._verbs.is_participle(words[place + 1]):
            yield "had", {"part": joined([words[place + 1], told.base.partition(" ")[2]])}
        elif not has and self._verbs.of(words[place]) == words[place]:
            yield from self._named(told)

    def _guessed(self, spoken: Spoken, at: int) -> Iterator[Form]:
        """Tell a guess as a guess: "I'm afraid that you're bored of me"."""
        words = spoken.words
        bet = max(find(words, "i", "bet"), find(words, "i", "guess"))
        if bet >= 0:
            at = bet + 2
        told = self._teller.of_you(spoken, at)
        if told and told.clause.startswith(NO_GUESS):
            return  # to have a thing is no guess, and "you'd think" is a turn of words
        if told and told.form in ("wish", "stop"):
            yield told.form, self._gaps(told)
        elif told and told.form == "had":
            yield from self._named(told)
        elif find(words, "what", "i", "mean") >= 0 or (told and _is_only_because(told, words)):
            return
        elif told and told.form == "being" and "because" in words:
            if self._verbs.is_running(told.clause.split()[1]):
                yield "fact", self._gaps(told)  # "you're sulking because …"; why is the guess
        elif told and not told.asked and not spoken.marks & QUESTION:
            reason = "because" in words and told.verb not in _MINDED and told.form in ("now", "past", "perfect")
            yield "clause" if self._is_inside(told, words) and not reason else "fact", self._gaps(told)
        elif not told:
            yield from (("clause", gaps) for form, gaps in self._of_others(spoken, at) if form == "any")

    def _is_inside(self, told: Told, words: list[str]) -> bool:
        """Tell whether it is about what goes on in somebody: what they think, are, can bear or do on purpose."""
        purpose = not {"spite", "punish", "purpose", "to", "so", "because"}.isdisjoint(told.base.split())
        return (
            told.form in ("being", "modal")
            or told.verb in _MINDED
            or told.clause.startswith("you've had ")
            or purpose
            or not _SURELY.isdisjoint(words)
        )

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
            elif words[place] in _OPENS_CLAUSE or any(
                w in ("is", "are") or w.endswith("'s") for w in words[place + 1 : place + 3]
            ):
                yield from self._only_me(spoken)
                last = end_of(words, place)
                if self._has_verb(words, place, last) or words[place] not in _OPENS_CLAUSE:
                    form = "dread" if words[place : place + 2] == ["we", "are"] else "other"
                    clause = joined([spoken.written[place], *kept(spoken, place + 1, last)])
                    yield form, {"clause": clause.replace("I am ", "I'm ").replace("I have been ", "I've been ")}
            return

    def _held_out(self, spoken: Spoken, at: int) -> Iterator[Form]:
        words = spoken.words
        yield from self._asked_to(spoken)
        if "if" in words or "who" in words:
            would = next((p for p, w in enumerate(words) if w == "would" and p > 0 and words[p - 1] != "i"), -1)
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
            own = words[place + 1 : end_of(words, place)]
            if place and words[place - 1] in ("am", "was", "did", "have", "had", *_WHAT_I_DID):
                continue  # "what am I supposed to …", "after everything I did for you"
            if (
                word == "i"
                and self._verbs.is_past(words[place + 1])
                and own[1:]
                and own[0] != "was"
                and _MEASURED.isdisjoint(own)
            ):
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
        if _is_no_regret(words[place : end_of(words, place)]):
            return
        form = self._sorry_by(spoken, place) or self._sorry_for(spoken, place, end_of(words, place))
        taken_back = place > sorry + 1 and words[sorry + 1] in (",", "but")
        if form is None and not taken_back:
            form = self._sorry_that(spoken, place, end_of(words, place))
        if form and form[0] == "did" and _TAKEN_BACK.search(form[1]["clause"]):
            return
        if form and not (taken_back and form[0] == "did" and words[place] == "i"):
            yield form

    def _did(self, spoken: Spoken, running: int, last: int) -> Form:
        past = self._verbs.past(self._verbs.of(spoken.words[running]))
        return "did", {"clause": joined(["I", past, *kept(spoken, running + 1, last)])}

    def _sorry_by(self, spoken: Spoken, place: int) -> Form | None:
        """Turn "sorry you were offended by me correcting you" into what I did."""
        words = spoken.words
        by = next((p for p in range(place, len(words) - 2) if words[p] == "by" and words[p + 1] in ("me", "my")), -1)
        return (
            self._did(spoken, by + 2, end_of(words, by)) if by > 0 and self._verbs.is_running(words[by + 2]) else None
        )

    def _sorry_for(self, spoken: Spoken, place: int, last: int) -> Form | None:
        """Read "sorry for missing it", "sorry for the noise", "sorry about it", "sorry if shrinking it is …"."""
        words = spoken.words
        first, second = [*words[place : place + 2], "", ""][:2]
        if first == "for" and self._verbs.is_running(second):
            return self._did(spoken, place + 1, last)
        if first == "for" and place + 2 < last and second != "you":
            return "for", {"clause": joined(kept(spoken, place + 1, last))}
        if first == "about" and place + 1 < last:
            return "about", {"thing": joined(spoken.written[place + 1 : last])}
        if self._verbs.is_running(first) and self._verbs.is_known(first):
            return self._did(spoken, place, next((p for p in range(place, last) if words[p] in _TURNS), last))
        return None

    def _sorry_that(self, spoken: Spoken, place: int, last: int) -> Form | None:
        """Read "sorry I shouted", "sorry you took my joke badly", "sorry if it seemed like I forgot"."""
        words = spoken.words
        if words[place : place + 1] == ["i"]:
            return "did", {"clause": joined(["I", *kept(spoken, place + 1, last)])}
        if "my" in words[place:last]:
            thing = words.index("my", place) + 1
            if "i" in words[place:thing] or thing >= last or words[thing] not in _SAID_OR_SHOWN:
                return None  # "if you thought I moved my chair"
            return "thing", {"thing": spoken.written[thing]}
        seemed = find(words, "seemed", "like", "i", start=place)
        if seemed > 0:
            return "did", {"clause": joined(["that", *kept(spoken, seemed + 2, last)])}
        theirs = words[place : place + 1] in (["you"], ["your"], ["it"], ["that"], ["there"], ["any"], ["her"], ["his"])
        if not theirs and last - place > 1 and self._has_verb(words, place, last):
            return "did", {"clause": joined([spoken.written[place], *kept(spoken, place + 1, last)])}
        return None

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
            yield "could-not" if "was" in words[:supposed] else "cannot", self._gaps(told)
            return
        if spoken.marks & QUESTION:
            return
        own = self._own_view(spoken)
        if own:
            yield own
            return
        for place in range(at, len(words) - 2):
            opens = (
                place == 0 or not words[place - 1][0].isalpha() or words[place - 1] in ("and", "but", "well", "because")
            )
            if (
                opens
                and words[place] == "i"
                and words[place + 1] in ("was", "had", "have")
                and not {"not", "only", "just", "got", "told", "said", *_MEASURED}.intersection(
                    words[place:]
                )  # "I was only joking" stays a shield
            ):
                clause = joined(["I", *kept(spoken, place + 1, end_of(words, place))])
                yield "mine", {"clause": clause}
                return

    def _own_view(self, spoken: Spoken) -> Form | None:  # noqa: PLR0911 - one for each way to say it
        """Tell what I say of myself as my own view of it: "I never agreed to camping", "I always lock it"."""
        words = spoken.words
        lead = _OWN.get(tuple(words[:3])) or _OWN.get(tuple(words[:2]))
        if lead is None or "you" in words or len(words) <= lead[0]:
            return None
        place, last = lead[0], end_of(words, lead[0])
        if place >= last or self._verbs.of(words[place]) in _MINDED:
            return None
        verb, rest = words[place], kept(spoken, lead[0] + 1, last)
        base = self._verbs.of(verb)
        if lead[1] == "do" and self._verbs.is_past(verb):
            return "own-past", {"clause": joined(["I did not", base, *rest])}
        if lead[1] in ("did", "have"):
            return "own-past", {"clause": joined(["I", lead[1], "not", spoken.written[place], *rest])}
        if lead[1] == "am" and self._verbs.is_running(verb):
            return "own-now", {"clause": joined(["I'm not", spoken.written[place], *rest])}
        if lead[1] == "always" and base == verb and self._verbs.is_known(verb) and rest:
            return "own-now", {"clause": joined(["I", verb, *rest])}
        return None

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

    def _before_me(self, spoken: Spoken, at: int) -> Iterator[Form]:
        """Tell what comes first, and nothing of what others do better."""
        if "first" in spoken.words or find(spoken.words, "before", "me") >= 0:
            yield from self._of_others(spoken, at)


def _is_no_regret(said: list[str]) -> bool:
    """Tell whether somebody is sorry for what was good: "sorry for the kind thought", "sorry for being considerate"."""
    if said[:1] != ["for"]:
        return False
    return not _MEANT_WELL.isdisjoint(said) or (said[1:2] == ["being"] and _FAIR_TO_SAY.isdisjoint(said))


def _is_only_because(told: Told, words: list[str]) -> bool:
    """Tell whether all the guess is in what follows: "you want to go because she'll be there", "you want to …"."""
    said = told.clause.split()
    return said[-1] in ("to", "of", "about") or ("because" in words and (told.verb in _MINDED or "only" in said))
