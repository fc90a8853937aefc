"""From the sentence a note stands in to the forms it can be told in: names of frames and what fills their gaps."""

import re
from collections.abc import Iterator

from kindline.coach.reading import QUESTION
from kindline.coach.tries.kept import LEFT_OUT, end_of, kept
from kindline.coach.tries.plain import Form, Plain
from kindline.coach.tries.spoken import Spoken, find, joined
from kindline.coach.tries.told import Told

_AFTER_FEEL = (
    ("as", "if"), ("as", "though"), ("like", "that"), ("like",), ("that",), (),
)  # fmt: skip
_SORRY = frozenset(("sorry", "apologise", "apologize", "apologies"))
_MADE_SMALL = (("only", "a"), ("just", "a"), ("only", "the"), ("just", "the"), ("only", "an"), ("just", "an"),
               ("only", "one"), ("just", "one"), ("just", "some"), ("only", "some"))  # fmt: skip
_MINDED = frozenset(
    (  # noqa: SIM905 - a list of words reads better as words
        "think know want like love care hate mean believe wish feel regret enjoy prefer expect hope need mind remember "
        "consider see decide resent pretend plan fall stop lose forget trust respect blame find"
    ).split()
)
_SURELY = frozenset(("obviously", "clearly", "probably", "just", "only", "apparently", "evidently"))
_TURNS = frozenset(
    ("is", "was", "hurt", "hurts", "upset", "upsets", "bothers", "bothered", "offended", "ruined", "spoiled")
)
_LIKENESS = re.compile(
    r"\b(?:like an? |into an? |into your |as \w+ as |take a joke|get over|grow up|if it was|have the |"
    r"have no |have an? |(?:let|hate|made|make) yourself)"
)
_TAKEN_BACK = re.compile(r"\bso you\b|^I(?: am|'m) not\b|^I (?:breathed|existed|lived)\b")  # said against the other
_BARBED = frozenset(
    (  # noqa: SIM905 - a list of words reads better as words
        "mouth backside arse ass face bother bothered damn toss hoot shit crap grubby fine chubby fat ugly"
    ).split()
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
            said = " ".join(gaps.values())
            if not _BARBED & set(said.split()) and not _LIKENESS.search(said) and (fault, form) != ("label", "being"):
                yield form, gaps

    def _ordered(self, spoken: Spoken, at: int) -> Iterator[Form]:
        yield from self._asked_to(spoken)
        order = self._teller.order(spoken, at)
        yield from self._named(order) if order else self._plain(spoken, at)

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
        elif find(words, "what", "i", "mean") >= 0:
            return
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
        if self._verbs.is_running(first):
            return self._did(spoken, place, next((p for p in range(place, last) if words[p] in _TURNS), last))
        return None

    def _sorry_that(self, spoken: Spoken, place: int, last: int) -> Form | None:
        """Read "sorry I shouted", "sorry you took my joke badly", "sorry if it seemed like I forgot"."""
        words = spoken.words
        if words[place : place + 1] == ["i"]:
            return "did", {"clause": joined(["I", *kept(spoken, place + 1, last)])}
        if "my" in words[place:last]:
            thing = words.index("my", place) + 1
            return ("thing", {"thing": spoken.written[thing]}) if thing < last else None
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
        for place in range(at, len(words) - 2):
            opens = (
                place == 0 or not words[place - 1][0].isalpha() or words[place - 1] in ("and", "but", "well", "because")
            )
            if (
                opens
                and words[place] == "i"
                and words[place + 1] in ("was", "had", "have")
                and not {"not", "only", "just"}.intersection(words[place:])  # "I was only joking" stays a shield
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

    def _before_me(self, spoken: Spoken, at: int) -> Iterator[Form]:
        """Tell what comes first, and nothing of what others do better."""
        if "first" in spoken.words or find(spoken.words, "before", "me") >= 0:
            yield from self._of_others(spoken, at)
