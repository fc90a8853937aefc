"""Where an agreement stands, derived from what its members signed. Facts in, answer out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

from kindline.ours.agreements.shapes import Statement, Text, Version

CHOICES = ("yes", "no", "time", "withdraw")
RESTS_FOR = timedelta(days=28)
# What is theirs who ask: the others word what they are asked and offered, never what somebody needs or does.
THEIRS_ALONE = ("need", "cannot", "limit")
WORDS = ("need", "cannot", "limit", "ask", "offer", "flex")

Move = Literal["yes", "wording", "time", "no", "withdraw", "take-back"]
Hindrance = Literal["one-at-a-time", "rests"]
State = Literal["stands", "open", "rests", "taken-back", "ended", "closed", "unverified"]


@dataclass(frozen=True, slots=True)
class Written:
    """A version with the digest of its exact bytes."""

    version: Version
    digest: str


@dataclass(frozen=True, slots=True)
class Said:
    """A statement with the digest of its exact bytes, and whether its person's own key signed them."""

    statement: Statement
    digest: str
    is_signed: bool
    is_former: bool = False  # with a key this person no longer signs with


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything that is stored of one agreement. `unread` rows did not open, or belong somewhere else."""

    members: tuple[UUID, ...]
    versions: tuple[Written, ...]
    said: tuple[Said, ...]
    unread: int = 0
    is_closed: bool = False

    @property
    def in_order(self) -> list[Written]:
        """Return the versions, the first one first."""
        return sorted(self.versions, key=lambda one: one.version.number)

    @property
    def newest(self) -> Written:
        """Return the last version, where there is any."""
        return max(self.versions, key=lambda one: one.version.number)

    @property
    def asker(self) -> UUID | None:
        """Return who asks: whoever wrote the first words, whoever changed them since."""
        return self.in_order[0].version.author if self.versions else None


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an agreement stands: the version that binds, the one that is open, and whose answer is whose."""

    state: State
    stands: Written | None = None  # the version everybody says yes to
    since: datetime | None = None  # when the last of those came
    open: Written | None = None  # a newer wording that somebody still has to answer
    rests: Written | None = None  # a newer wording that somebody said no to, or took back
    shown: Written | None = None  # the version to show: what stands, else the newest that can be verified
    answers: Mapping[UUID, Said] = field(default_factory=dict)  # everybody's last word on the newest version
    no_by: UUID | None = None
    rests_until: datetime | None = None
    begun_by: UUID | None = None  # who asks for something with the wording that is open or rests

    @property
    def asked(self) -> Written | None:
        """Return the wording that an answer is to: the open one, or the one that rests."""
        return self.open or self.rests

    @property
    def main(self) -> Written | None:
        """Return the wording that a page is about: what is asked, else what is shown."""
        return self.asked or self.shown

    def waits_for(self, person: UUID) -> bool:
        """Say whether an answer of this person is still open."""
        said = self.answers.get(person)
        return self.open is not None and (said is None or said.statement.choice == "time")


def standing(facts: Facts) -> Standing:
    """Return where an agreement stands. Nothing stands without a signed yes of every member to the same version."""
    versions = facts.in_order
    if not is_sound(facts):
        return Standing("unverified", shown=_last_good(versions, facts))
    newest = versions[-1]
    top = max((one.version.number for one in versions if reached(one, facts)), default=0)
    stands = next((one for one in versions if one.version.number == top and _holds(one, facts)), None)
    now_on = _last_on(newest, facts)
    if facts.is_closed:
        # What stood when somebody left is shown and binds nobody.
        return Standing("closed", shown=stands or newest, answers=now_on)
    if stands is newest:
        return Standing("stands", stands, _since(now_on), shown=stands, answers=now_on, begun_by=_first(versions, top))
    since = _since(_last_on(stands, facts)) if stands else None
    if newest.version.number <= top:
        return Standing("ended", shown=newest, answers=now_on, begun_by=newest.version.author)
    begun_by = _round_begun_by(versions, top, facts)
    no = _no_to(newest, facts)
    if no is None:
        return Standing("open", stands, since, open=newest, shown=stands or newest, answers=now_on, begun_by=begun_by)
    by, at = no.statement.person, no.statement.at
    taken_back = by == newest.version.author
    return Standing(
        "taken-back" if taken_back else "rests",
        stands,
        since,
        rests=newest,
        shown=stands or newest,
        answers=now_on,
        no_by=None if taken_back else by,
        rests_until=None if taken_back else at + RESTS_FOR,
        begun_by=begun_by,
    )


def is_sound(facts: Facts) -> bool:
    """Say whether nothing is missing, moved, unsigned, out of its chain, or worded by somebody whose it is not."""
    if facts.unread or not facts.versions or not facts.said:
        return False
    versions = facts.in_order
    before, over, digests = "", None, {}
    for number, written in enumerate(versions, 1):
        version, asker = written.version, versions[0].version.author
        if version.number != number or version.before != before or version.author not in facts.members:
            return False
        is_theirs = may_word(version.text, over, author=version.author, asker=asker)
        if not (is_theirs and is_shown_whole(version.text, facts.members)):
            return False
        before, over = written.digest, version.text
        digests[number] = written.digest
    heads: dict[UUID, str] = {}
    for turn, said in enumerate(sorted(facts.said, key=lambda said: said.statement.turn), 1):
        one = said.statement
        follows = one.turn == turn and one.previous == heads.get(one.person, "")
        if not (said.is_signed and follows and one.person in facts.members and one.choice in CHOICES):
            return False
        if digests.get(one.version) != one.exact:
            return False
        heads[one.person] = said.digest
    return all(_ever(one, one.version.author, "yes", facts) for one in facts.versions)


def is_shown_whole(text: Text, members: Sequence[UUID]) -> bool:
    """Say whether every plan is a member's, by their id as it is always written: no page shows any other."""
    return text.plan.keys() <= {str(member) for member in members}


def believed(said: Sequence[Said], pinned: Mapping[str, str]) -> tuple[Said, ...]:
    """Return what was said, where words under a former key count only up to where they were pinned.

    Whoever comes by an old key cannot say anything new with it. `pinned` is everybody's last word as it was known when
    the keys changed.
    """
    turns = {one.digest: one.statement.turn for one in said}
    known = {person: turns.get(digest, 0) for person, digest in pinned.items()}
    return tuple(
        replace(one, is_signed=False)
        if one.is_former and one.statement.turn > known.get(str(one.statement.person), 0)
        else one
        for one in said
    )


def stands_plainly(newest: Written, last_words: Mapping[UUID, Said], members: Sequence[UUID]) -> bool:
    """Say whether everybody's very last word on an agreement is a signed yes to its newest version.

    That is how most agreements stand, and all that a list has to open of them.
    """
    said = [last_words.get(member) for member in members]
    return is_shown_whole(newest.version.text, members) and all(
        one is not None
        and one.is_signed
        and (one.statement.choice, one.statement.version, one.statement.exact)
        == ("yes", newest.version.number, newest.digest)
        for one in said
    )


def standing_plainly(newest: Written, last_words: Mapping[UUID, Said]) -> Standing:
    """Return the standing of an agreement that `stands_plainly`."""
    return Standing("stands", newest, _since(last_words), shown=newest, answers=last_words)


def moves(there: Standing, person: UUID, now: datetime) -> set[Move]:
    """Return what a person can do about an agreement now."""
    if there.state in ("closed", "unverified"):
        return set()
    found: set[Move] = {"withdraw"} if there.stands else set()
    if there.open is not None:
        if there.waits_for(person):
            return found | {"yes", "wording", "time", "no"}
        return found | {"take-back", "wording"}
    if there.rests is not None and there.no_by is not None and now < _until(there):
        # Only who said no comes back to it before the rest is over.
        return found | ({"yes", "wording", "no"} if person == there.no_by else set())
    if there.rests is not None and person == there.no_by:
        return found | {"yes", "wording"}
    return found | {"wording"}


def hindrance(text: Text, person: UUID, others: Iterable[Standing], now: datetime) -> Hindrance | None:
    """Return what in the other agreements of two keeps a person from asking for something now.

    That is a wish of their own that is open, or this same one while it rests after the other's no.
    """
    for there in others:
        if there.open is not None and there.begun_by == person:
            return "one-at-a-time"
        rests, by = there.rests, there.no_by
        if rests and by not in (None, person) and now < _until(there) and is_same_ask(text, rests.version.text):
            return "rests"
    return None


def may_word(text: Text, over: Text | None, *, author: UUID, asker: UUID) -> bool:
    """Say whether an author leaves alone what is not theirs: the need and the limit of who asks, others' own plans."""
    if over is None:
        return set(text.plan) <= {str(author)}
    if author != asker and any(getattr(text, name) != getattr(over, name) for name in THEIRS_ALONE):
        return False
    return {who: plan for who, plan in text.plan.items() if who != str(author)} == {
        who: plan for who, plan in over.plan.items() if who != str(author)
    }


def is_same_ask(one: Text, other: Text) -> bool:
    """Say whether two texts ask for the same in the same words, but for spaces, case and stops."""
    return bool(one.ask) and _folded(one.ask) == _folded(other.ask)


def reached(one: Written, facts: Facts) -> bool:
    """Say whether everybody once said yes to a version; from then on it takes the place of all before it."""
    return all(_ever(one, member, "yes", facts) for member in facts.members)


def _folded(words: str) -> str:
    return " ".join("".join(letter if letter.isalnum() else " " for letter in words.casefold()).split())


def _until(there: Standing) -> datetime:
    assert there.rests_until is not None
    return there.rests_until


def _on(one: Written, facts: Facts) -> list[Said]:
    """Return what was said to a version, in order."""
    said = [said for said in facts.said if said.is_signed and said.statement.exact == one.digest]
    return sorted(said, key=lambda said: said.statement.turn)


def _last_on(one: Written, facts: Facts) -> dict[UUID, Said]:
    return {said.statement.person: said for said in _on(one, facts)}


def _ever(one: Written, person: UUID, choice: str, facts: Facts) -> bool:
    return any((said.statement.person, said.statement.choice) == (person, choice) for said in _on(one, facts))


def _holds(one: Written, facts: Facts) -> bool:
    """Say whether everybody's last word on a version is yes, and nobody has stepped back from it, ever."""
    last = _last_on(one, facts)
    said_yes = all(member in last and last[member].statement.choice == "yes" for member in facts.members)
    stepped_back = any(
        said.statement.choice == "withdraw" and said.statement.version >= one.version.number for said in facts.said
    )
    return said_yes and not stepped_back


def _since(last: Mapping[UUID, Said]) -> datetime:
    return max(said.statement.at for said in last.values())


def _no_to(one: Written, facts: Facts) -> Said | None:
    """Return the no that a wording rests for, or None: the first, by somebody whose last word it still is.

    Whoever says no again in other words does not begin the rest anew, and whoever takes a wording back after somebody
    else's no does not end it.
    """
    last = _last_on(one, facts)
    refusals = ("no", "withdraw")
    still = [said.statement.person for said in last.values() if said.statement.choice in refusals]
    return next(
        (said for said in _on(one, facts) if said.statement.choice in refusals and said.statement.person in still), None
    )


def _round_begun_by(versions: Sequence[Written], top: int, facts: Facts) -> UUID:
    """Return who began what is open: the author of the first wording since the last yes of all, or the last no."""
    answered = [
        said.statement.version
        for said in facts.said
        if said.statement.choice in ("no", "withdraw") and said.statement.version < versions[-1].version.number
    ]
    return _first(versions, max([top, *answered]) + 1)


def _first(versions: Sequence[Written], number: int) -> UUID:
    return next(one.version.author for one in versions if one.version.number >= number)


def _last_good(versions: Sequence[Written], facts: Facts) -> Written | None:
    """Return the newest version with a verified yes of every member, else the newest that can be read at all."""
    agreed = [one for one in versions if reached(one, facts)]
    return next(reversed(agreed or list(versions)), None)
