"""A talk of two in words, for the page one takes along: what each needed, what made sense, what lay on the table."""

from collections.abc import Collection
from uuid import UUID

from django.utils import timezone
from django.utils.dateformat import format as written_out
from django.utils.translation import gettext as _

from kindline.ground.page.readable import Readable
from kindline.ours.negotiation import words
from kindline.ours.negotiation.laying_out import Answers
from kindline.ours.negotiation.rules import Facts, Sense, Standing
from kindline.ours.negotiation.shapes import Needs, Said

Parts = list[tuple[str, str]]


def readable(
    facts: Facts, there: Standing, *, me: UUID, other: UUID, name: str, ready: Said | None, agreed: Collection[str]
) -> Readable:
    """Return a talk as somebody reads it on paper, their own side first.

    `ready` is what they need as far as it is not opened yet, `agreed` the options that were put in words as an
    agreement.
    """
    parts = [_topic(facts, me, name)]
    mine, theirs = there.opened["needs"].get(me), there.opened["needs"].get(other)
    parts += needs(mine, "") + needs(theirs, name)
    if mine is None and ready is not None:
        parts += [*needs(ready, ""), ("", _("This is not opened yet; only you have it."))]
    if me in there.senses:
        parts += _sense(there.senses[me], name, is_mine=True)
    if other in there.senses:
        parts += _sense(there.senses[other], name, is_mine=False)
    parts += _loop(there, me, name)
    parts += _laid(there, me, other, name, agreed) if there.step == "laid" else _listed(there, me, name)
    if there.rested_at is not None:
        day = written_out(timezone.localtime(there.rested_at), "j F Y")
        parts.append(("", _("It rests since %(day)s.") % {"day": day}))
    return Readable(_("A talk with %(name)s") % {"name": name}, facts.talk.begun_at, parts)


def _topic(facts: Facts, me: UUID, name: str) -> tuple[str, str]:
    said = _("You wanted to talk about") if facts.talk.by == me else _("%(name)s wanted to talk about")
    return said % {"name": name}, facts.talk.topic


def needs(said: Said | Needs | None, name: str) -> Parts:
    """Return what somebody needs, each line under its label; `name` is "" for whoever reads."""
    if said is None:
        return []
    if not name:
        labels = _("What you need"), _("What you’re afraid of"), _("Why it matters to you")
    else:
        labels = _("What %(name)s needs"), _("What %(name)s is afraid of"), _("Why it matters to %(name)s")
    texts = said.need, said.fear, said.matters
    return [(label % {"name": name}, text) for label, text in zip(labels, texts, strict=True)]


def _sense(sense: Sense, name: str, *, is_mine: bool) -> Parts:
    """Return what makes sense to one about the other's side, and what the other said to it."""
    if is_mine:
        label, right = _("What makes sense to you about %(name)s’s side"), _("%(name)s says: that’s it.")
        correction = _("Not quite yet, %(name)s says")
    else:
        label, right = _("What makes sense to %(name)s about your side"), _("You said: that’s it.")
        correction = _("Not quite yet, you said")
    said = {"name": name}
    return [
        (label % said, sense.words),
        (correction % said, sense.correction),
        ("", right % said if sense.is_right else ""),
    ]


def _loop(there: Standing, me: UUID, name: str) -> Parts:
    if there.loop is None:
        return []
    if there.loop.is_agreed:
        said = _("Our loop, in your words") if there.loop.by == me else _("Our loop, in %(name)s’s words")
        return [(said % {"name": name}, there.loop.words)]
    said = _("Our loop, in your words so far") if there.loop.by == me else _("Our loop, in %(name)s’s words so far")
    return [(said % {"name": name}, there.loop.words)]


def _listed(there: Standing, me: UUID, name: str) -> Parts:
    mine = [option.words for option in there.options.values() if option.by == me]
    theirs = [option.words for option in there.options.values() if option.by != me]
    return [
        (_("What you thought of"), "\n".join(mine)),
        (_("What %(name)s thought of") % {"name": name}, "\n".join(theirs)),
    ]


def _idea(shown: words.Shown) -> str:
    return _("%(whose)s. %(sentence)s") % {"whose": shown.whose, "sentence": shown.sentence}


def _laid(there: Standing, me: UUID, other: UUID, name: str, agreed: Collection[str]) -> Parts:
    """Return the options in their fair order, each under how it is for both, and what came of the guesses."""
    options = [(str(option.id), option.words) for option in there.options.values()]
    tapped = there.opened["taps"][me], there.opened["taps"][other]
    one, two = (Answers(said.taps, said.finer, said.guess) for said in tapped)
    pair, came_of_it = words.Pair("", name), _("It was put in words as an agreement.")
    whose = words.whose_ideas(there.options, me, name)
    found = [
        (f"{_idea(shown)} {came_of_it}" if shown.key in agreed else _idea(shown), shown.words)
        for place in words.places(options, one, two, pair, whose=whose)
        for shown in place.options
    ]
    return [*found, ("", " ".join(words.guesses(options, one, two, pair)))]
