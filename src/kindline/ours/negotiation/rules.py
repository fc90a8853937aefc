"""Where a talk of two stands, from the dated acts in it, and whose part is open. Pure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, NamedTuple
from uuid import UUID

from msgspec import structs

from kindline.ours.negotiation.shapes import Act, OnePhone, Said, Talk

Step = Literal["needs", "sense", "loop", "options", "taps", "laid"]
STEPS: tuple[Step, ...] = ("needs", "sense", "loop", "options", "taps", "laid")
APART: tuple[Step, ...] = ("needs", "taps")  # what each prepares apart

WORKS, COULD, NOT = "works", "could", "not"
TAPS = (WORKS, COULD, NOT)
FINEST = 10
BOTH = 2  # people at one phone

MOST_OPTIONS = 12
LONGEST_LINE = 140  # characters of a topic or an option
LONGEST_NAME = 60


class Done(NamedTuple):
    """An act as it is stored, and the digest of what it opens ("" when it opens nothing)."""

    id: UUID
    act: Act
    digest: str = ""


class Facts(NamedTuple):
    """What is known of a talk."""

    talk: Talk
    members: tuple[UUID, ...]
    acts: Sequence[Done]
    is_closed: bool = False


@dataclass(frozen=True, slots=True)
class Sense:
    """What makes sense to somebody about the other's side, and what the other says to that."""

    id: UUID
    words: str
    is_right: bool = False
    correction: str = ""


@dataclass(frozen=True, slots=True)
class Loop:
    """The loop two people get into, in somebody's words; without words they would leave it out."""

    id: UUID
    words: str
    by: UUID
    is_agreed: bool = False


class Option(NamedTuple):
    """Something two people could do."""

    id: UUID
    words: str
    by: UUID


@dataclass(slots=True)
class Standing:
    """Where a talk stands. What somebody has prepared apart is in nothing of it before both have opened."""

    members: tuple[UUID, ...]
    opened: dict[str, dict[UUID, Said]] = field(default_factory=lambda: {of: {} for of in APART})
    waited_for: dict[str, str] = field(default_factory=dict)  # what is still to be opened, by its promised digest
    senses: dict[UUID, Sense] = field(default_factory=dict)
    loop: Loop | None = None
    options: dict[UUID, Option] = field(default_factory=dict)
    all_said: set[UUID] = field(default_factory=set)
    rested_by: UUID | None = None
    rested_at: datetime | None = None
    is_closed: bool = False

    @property
    def step(self) -> Step:
        """Return what the two are at."""
        everybody = set(self.members)
        if set(self.opened["needs"]) != everybody:
            return "needs"
        if {who for who, sense in self.senses.items() if sense.is_right} != everybody:
            return "sense"
        if self.loop is None or not self.loop.is_agreed:
            return "loop"
        if self.all_said != everybody or not self.options:
            return "options"
        return "taps" if set(self.opened["taps"]) != everybody else "laid"

    @property
    def is_over(self) -> bool:
        """Say whether nothing more can be done here."""
        return self.is_closed or self.rested_by is not None

    @property
    def is_open(self) -> bool:
        """Say whether the two are still at it: not at rest, and the options not laid out yet."""
        return not self.is_over and self.step != "laid"

    def both_ready(self, of: str) -> bool:
        """Say whether both were ready, so that each can open."""
        return bool(self.opened.get(of))

    def has_opened(self, of: str, who: UUID) -> bool:
        """Say whether somebody has opened what they prepared."""
        return who in self.opened.get(of, ())

    def together(self, of: str) -> bool:
        """Say whether both have opened."""
        return set(self.opened[of]) == set(self.members)


def standing(facts: Facts) -> Standing:
    """Return where a talk stands after all acts in it; an act that was not possible in its turn counts for nothing."""
    there = Standing(members=facts.members, is_closed=facts.is_closed)
    for done in sorted(facts.acts, key=lambda one: one.act.turn):
        if may(there, done.act.by, done.act.kind, done.act.on, closing=True) and _is_as_promised(there, done):
            _take(there, done)
    return there


def may(there: Standing, who: UUID, kind: str, on: UUID | None = None, *, closing: bool = False) -> bool:
    """Say whether somebody can do something now; `closing` looks back at what was done before a space closed."""
    if who not in there.members or there.rested_by is not None or (there.is_closed and not closing):
        return False
    steps, allows = MOVES.get(kind, ((), _never))
    return there.step in steps and allows(there, who, on)


def _never(_now: Standing, _who: UUID, _on: UUID | None) -> bool:
    return False


def _always(_now: Standing, _who: UUID, _on: UUID | None) -> bool:
    return True


def _has_not_opened(there: Standing, who: UUID, _on: UUID | None) -> bool:
    return who not in there.opened[there.step]


def _is_not_heard_yet(there: Standing, who: UUID, _on: UUID | None) -> bool:
    return who not in there.senses or not there.senses[who].is_right


def _is_about_oneself(there: Standing, who: UUID, on: UUID | None) -> bool:
    return any(other != who and one.id == on and not one.is_right for other, one in there.senses.items())


def _are_the_others_words(there: Standing, who: UUID, on: UUID | None) -> bool:
    return there.loop is not None and there.loop.id == on and there.loop.by != who


def _has_room(there: Standing, _who: UUID, _on: UUID | None) -> bool:
    return len(there.options) < MOST_OPTIONS


def _is_ones_own(there: Standing, who: UUID, on: UUID | None) -> bool:
    return on in there.options and there.options[on].by == who


def _may_add_more(there: Standing, who: UUID, _on: UUID | None) -> bool:
    return who not in there.all_said and bool(there.options)


# When something can be done: at which steps, and for whom.
MOVES: dict[str, tuple[tuple[Step, ...], Callable[[Standing, UUID, UUID | None], bool]]] = {
    "rest": (STEPS, _always),
    "open": (APART, _has_not_opened),
    "sense": (("sense",), _is_not_heard_yet),
    "right": (("sense",), _is_about_oneself),
    "correct": (("sense",), _is_about_oneself),
    "loop": (("loop",), _always),
    "accept": (("loop",), _are_the_others_words),
    "option": (("options",), _has_room),
    "take-off": (("options",), _is_ones_own),
    "all": (("options",), _may_add_more),
}


def is_your_part(there: Standing, who: UUID) -> bool:
    """Say whether something here is for this person to do now, going by what both can see alone."""
    if not there.is_open:
        return False
    step = there.step
    if step in APART:
        return who not in there.opened[step]
    if step == "sense":
        mine = there.senses.get(who)
        asks = any(not is_answered(there, other) for other in there.members if other != who)
        return asks or mine is None or (not mine.is_right and bool(mine.correction))
    if step == "loop":
        return there.loop is None or there.loop.by != who
    return who not in there.all_said or not there.options


def is_answered(there: Standing, who: UUID) -> bool:
    """Say whether nothing somebody said about the other's side waits for an answer."""
    sense = there.senses.get(who)
    return there.step != "sense" or sense is None or sense.is_right or bool(sense.correction)


def is_mine_alone(there: Standing, done: Done) -> bool:
    """Say whether an act holds words that only whoever did it wrote and that the other did not take up."""
    act = done.act
    if act.kind == "open":
        return act.said is not None and act.said.of == "needs"
    if act.kind == "loop":
        return there.loop is None or there.loop.id != done.id or not there.loop.is_agreed
    if act.kind == "sense":
        sense = there.senses.get(act.by)
        return sense is None or sense.id != done.id or not sense.is_right
    return act.kind == "correct"


def taken_back(act: Act) -> Act:
    """Return an act without its words."""
    said = act.said and Said(talk=act.said.talk, by=act.said.by, of=act.said.of, salt="")
    return structs.replace(act, words="", said=said, is_taken_back=True)


def is_whole(options: Sequence[str], taps: Mapping[str, str]) -> bool:
    """Say whether somebody has answered for every option, with nothing but answers."""
    return set(taps) == set(options) and set(taps.values()) <= set(TAPS)


Stage = Literal["needs", "hand", "together", "taps", "laid"]


def stage(one: OnePhone) -> tuple[Stage, int]:
    """Return what a talk on one phone is at, and whose turn it is: 0 whose phone it is, 1 the other, -1 both."""
    if len(one.needs) < BOTH:
        return _turn("needs", len(one.needs), one.handed)
    if not one.options:
        return "together", -1
    if len(one.taps) < BOTH:
        return _turn("taps", len(one.taps), one.handed - 1)
    return "laid", -1


def _turn(of: Stage, there: int, handed: int) -> tuple[Stage, int]:
    return ("hand", 1) if there and not handed else (of, there)


def _is_as_promised(there: Standing, done: Done) -> bool:
    """Say whether what is opened is what was promised: the second to open was bound by what the first relied on."""
    said, by = done.act.said, done.act.by
    if done.act.kind != "open":
        return True
    if said is None or (said.by, said.of) != (by, there.step):
        return False
    if done.act.is_taken_back:
        return True
    if said.of == "taps" and not is_whole([str(option) for option in there.options], said.taps):
        return False
    return not there.opened[said.of] or there.waited_for[said.of] == done.digest


def _take(there: Standing, done: Done) -> None:
    act = done.act
    if act.kind == "open" and act.said is not None:
        there.opened[act.said.of][act.by] = act.said
        there.waited_for.setdefault(act.said.of, act.against)
    elif act.kind == "sense":
        there.senses[act.by] = Sense(done.id, act.words)
    elif act.kind in ("right", "correct"):
        whose = next(who for who, one in there.senses.items() if one.id == act.on)
        sense = there.senses[whose]
        there.senses[whose] = Sense(sense.id, sense.words, act.kind == "right", act.words)
    elif act.kind == "loop":
        there.loop = Loop(done.id, act.words, act.by)
    elif act.kind == "accept" and there.loop is not None:
        there.loop = Loop(there.loop.id, there.loop.words, there.loop.by, is_agreed=True)
    elif act.kind == "option":
        there.options[done.id] = Option(done.id, act.words, act.by)
    elif act.kind == "take-off" and act.on is not None:
        del there.options[act.on]
    elif act.kind == "all":
        there.all_said.add(act.by)
    elif act.kind == "rest":
        there.rested_by, there.rested_at = act.by, act.at
