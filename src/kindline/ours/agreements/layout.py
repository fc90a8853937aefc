"""An agreement as its page lays it out: lines with what changed in them, who said what, and how it came to this."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kindline.ground.vault.circles import CircleKeys
from kindline.ours.agreements import rules
from kindline.ours.agreements.differences import Part, differences
from kindline.ours.agreements.ledger import Kept
from kindline.ours.agreements.rules import Written
from kindline.ours.agreements.shapes import Text
from kindline.ours.agreements.yours import asks_for_a_say, asks_in_my_voice

LABELS: dict[str, str | Promise] = {
    "need": _("I need"),
    "cannot": _("I can’t"),
    "limit": _("What I’ll do myself"),
    "ask": _("Would you"),
    "offer": _("What I give"),
    "flex": _("What can flex"),
    "note": _("On the touchstone"),
}
# A request that somebody wrote out in full, though the form had begun it for them.
BEGUN = re.compile(r"(?:would|could|can|will|please)\b", re.IGNORECASE)
LONG_SENTENCE = 90  # characters; above it a touchstone takes a smaller hand
SHORT_DIGEST = 8  # characters: enough to see that both hold the same


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a wording, with what changed in it."""

    name: str
    label: str | Promise
    parts: list[Part]

    @property
    def is_changed(self) -> bool:
        """Say whether it reads differently now."""
        return any(part.kind != "same" for part in self.parts)


@dataclass(frozen=True, slots=True)
class Page:
    """A wording laid out. `before` is the one its changes are shown against."""

    letter: list[Line]  # what somebody needs, can't, and does themselves
    ask: Line | None
    offer: Line | None
    further: list[Line]
    plans: list[tuple[str, Line]]  # by name, "" for whoever reads: what each does if it gets hard
    look_again_on: date | None
    was_on: date | None  # when it was to be looked at before, where that changed

    @property
    def changed(self) -> list[Line]:
        """Return the lines that read differently now."""
        lines = [*self.letter, self.ask, self.offer, *self.further, *(line for _name, line in self.plans)]
        return [line for line in lines if line is not None and line.is_changed]


@dataclass(frozen=True, slots=True)
class Answer:
    """What somebody said to a wording. `name` is "" for whoever reads, here and in every step."""

    name: str
    choice: str
    at: datetime
    until: date | None
    word: str


@dataclass(frozen=True, slots=True)
class Step:
    """One wording in the history of an agreement: whose, when, what changed with it, and what was said to it."""

    number: int
    author: str
    at: datetime
    page: Page
    answers: list[Answer]
    is_shown: bool


def names_in(circle: CircleKeys, own: str) -> dict[UUID, str]:
    """Return what the members of a circle are called, for what both hold: on paper and to take along."""
    return {circle.me: own, **{other.account: other.name for other in circle.others}}


def names_for(circle: CircleKeys) -> dict[UUID, str]:
    """Return the same for a page: "" for whoever reads it, to whom it says "you"."""
    return names_in(circle, "")


def names_as_read_by_other(circle: CircleKeys, own: str) -> dict[UUID, str]:
    """Return the same as the other's page has it."""
    return {**{other.account: "" for other in circle.others}, circle.me: own}


def laid(text: Text, before: Text | None, names: Mapping[UUID, str]) -> Page:
    """Lay a wording out, with what changed since another one when there is one."""

    def line(name: str) -> Line | None:
        now = getattr(text, name)
        parts = differences(getattr(before, name) if before else now, now)
        return Line(name, LABELS[name], parts) if parts else None

    plans = []
    for member, name in names.items():
        now = text.plan.get(str(member), "")
        parts = differences(before.plan.get(str(member), "") if before else now, now)
        if parts:
            plans.append((name, Line("plan", "", parts)))
    was_on = before.look_again_on if before and before.look_again_on != text.look_again_on else None
    return Page(
        letter=[one for name in rules.THEIRS_ALONE if (one := line(name))],
        ask=line("ask"),
        offer=line("offer"),
        further=[one for name in ("flex", "note") if (one := line(name))],
        plans=plans,
        look_again_on=text.look_again_on,
        was_on=was_on,
    )


def before_it(one: Kept, shown: Written) -> Text | None:
    """Return the wording to show a newer one's changes against: what stands, else the one before."""
    stands = one.standing.stands
    if stands is not None and stands is not shown:
        return stands.version.text
    earlier = [other for other in one.facts.in_order if other.version.number < shown.version.number]
    if stands is shown or not earlier:
        return None
    return earlier[-1].version.text


def history(one: Kept, names: Mapping[UUID, str], shown: Written | None) -> list[Step]:
    """Return how an agreement came to what it is, the newest wording first."""
    steps, before = [], None
    for written in one.facts.in_order:
        version = written.version
        steps.append(
            Step(
                version.number,
                names.get(version.author, ""),
                version.made_at,
                laid(version.text, before, names),
                answers_to(one, written, names),
                is_shown=written is shown,
            )
        )
        before = version.text
    return steps[::-1]


def answers_to(one: Kept, written: Written, names: Mapping[UUID, str]) -> list[Answer]:
    """Return what was said to a wording, in order; a no to one's own words takes them back."""
    author = written.version.author
    return [
        Answer(
            names.get(said.person, ""),
            "take-back" if (said.choice, said.person) == ("no", author) else said.choice,
            *(said.at, said.until, said.word),
        )
        for said in (each.statement for each in one.facts.said if each.is_signed)
        if said.exact == written.digest
    ]


def title_of(text: Text, *, is_alone: bool = False) -> str:
    """Return the line an agreement is known by: what is asked of the other, or what somebody does themself."""
    first = (text.limit, text.ask) if is_alone else (text.ask, text.limit)
    line = " ".join(next(filter(None, (*first, text.need, text.offer, text.cannot, text.flex)), "").split())
    return line[:1].upper() + line[1:]


def is_half_a_request(text: Text) -> bool:
    """Say whether the line it is known by is a request as it goes on from "Would you"."""
    return bool(text.ask) and not BEGUN.match(text.ask)


def touchstone_of(text: Text, *, is_alone: bool = False) -> str:
    """Return the sentence of an agreement to be read when it is loud: between two, what both said yes to."""
    first = (text.limit, text.ask) if is_alone else (text.ask, text.limit)
    words = next(filter(None, (text.note, *first, text.need, text.offer)), "")
    return words[:1].upper() + words[1:]


def speaker_of(one: Kept, stands: Written) -> UUID:
    """Return in whose words the touchstone speaks: whoever first gave it its short sentence, else whoever asks."""
    note = stands.version.text.note
    return next(each.version.author for each in one.facts.in_order if not note or each.version.text.note == note)


def authors_of(one: Kept, shown: Written) -> list[UUID]:
    """Return whose words a wording is made of: whoever asks first, then whoever wrote a later one on the way to it."""
    authors = [each.version.author for each in one.facts.in_order if each.version.number <= shown.version.number]
    return list(dict.fromkeys(authors))


def about_what_is_mine(one: Kept, shown: Written) -> str:
    """Return "ask" when the other asks me for a say over what is mine, "words" when another line of theirs may, or "".

    Every line counts that the other wrote, or changed since I did. Where I ask, my wish speaks as "I", and so does what
    they put into it.
    """
    versions = [each for each in one.facts.in_order if each.version.number <= shown.version.number]
    me, i_ask = one.circle.me, one.facts.asker == one.circle.me
    found = ""
    for name in (*rules.WORDS, "note", *shown.version.text.plan):
        so_far = [(written.version.author, _line(written.version.text, name)) for written in versions]
        words = so_far[-1][1]
        changed = [who for at, (who, line) in enumerate(so_far) if line != (so_far[at - 1][1] if at else "")]
        if not words or changed[-1] == me:
            continue
        mine = next((line for who, line in reversed(so_far) if who == me), "")
        speaks_as_me = name == "note" or (i_ask and name in rules.WORDS)
        speaks_to_me = not (i_ask and name == "ask")
        if (speaks_to_me and asks_for_a_say(words)) or (speaks_as_me and asks_in_my_voice(words, mine)):
            found = "ask" if name == "ask" and not i_ask else found or "words"
    return found


def _line(text: Text, name: str) -> str:
    """Return a line by its name; what is no name of one is a member, and the line their plan."""
    return str(getattr(text, name)) if name in LABELS else text.plan.get(name, "")
