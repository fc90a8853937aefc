"""Reading agreements: always as one of their members."""

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from kindline.ground.page.readable import Readable
from kindline.ground.people.inviting import pair_of
from kindline.ground.people.models import Person
from kindline.ground.vault import unsaved
from kindline.ground.vault.circles import CircleKeys, circles_of
from kindline.ground.vault.primitives import Unopened
from kindline.ground.vault.records import each_opened, find, opened, owned
from kindline.ground.vault.sealing import Shape
from kindline.ours.agreements import layout, ledger, models, shapes
from kindline.ours.agreements.ledger import Kept
from kindline.ours.agreements.rules import Written, reached
from kindline.ours.agreements.shapes import Statement, Text

SHAPES = (shapes.Wording, shapes.Stated)  # of what `everything` yields

State = Literal["stands", "for-you", "with-other", "rests", "taken-back", "ended", "closed", "unverified"]


@dataclass(frozen=True, slots=True)
class Outline:
    """One agreement in a list. Its page is `{% url 'agreements:agreement' id %}`, its note `agreements:touchstone`."""

    id: UUID
    circle: UUID
    state: State
    title: str  # one line
    stone: str  # what its touchstone says, once it stands
    limit: str  # what whoever asks does themselves
    offer: str
    words: str  # all of its newest wording, to find it again
    is_request: bool  # its title is what is asked, and no whole sentence
    look_again_on: date | None
    since: datetime | None  # when everybody had said yes; None unless it stands
    name: str  # the other's name; "" for me alone
    is_mine: bool  # I ask for it; False when the other does
    needs_time: bool  # the answer it waits for is "I need time"
    also_open: bool  # it stands, and a newer wording waits for an answer
    heard: str  # what the other said last to the newest wording, "" unless it was after me
    heard_at: datetime | None

    @property
    def is_newer(self) -> bool:
        """Say whether it is another wording of what I asked for, or of what stands."""
        return self.is_mine or self.also_open

    @property
    def asks_me(self) -> bool:
        """Say whether its title is what the other asks of me, and no whole sentence."""
        return self.is_request and not self.is_mine

    @property
    def is_alone(self) -> bool:
        """Say whether this is an agreement with myself."""
        return not self.name


@dataclass(frozen=True, slots=True)
class Overview:
    """Every agreement of a person, by where it stands."""

    for_you: list[Outline]  # waits for my answer
    with_other: list[Outline]  # waits for theirs
    standing: list[Outline]  # between two
    mine: list[Outline]  # stands, with myself
    resting: list[Outline]
    past: list[Outline]  # ended, or of a space that is closed
    unverified: list[Outline]

    @property
    def in_force(self) -> list[Outline]:
        """Return what stands between two, also where a newer wording waits."""
        newer = [line for line in (*self.for_you, *self.with_other) if line.also_open]
        return sorted([*self.standing, *newer], key=_newest_first, reverse=True)

    @property
    def everything(self) -> list[Outline]:
        """Return all of them, what waits for an answer first."""
        return [line for name in self.__slots__ for line in getattr(self, name)]

    def holding(self, asked: str) -> list[Outline]:
        """Return those whose wording holds every word asked for, whole or as part of one."""
        words = _plain(asked).split()
        return [line for line in self.everything if words and all(word in _plain(line.words) for word in words)]

    def __bool__(self) -> bool:
        """Say whether there is any."""
        return any(getattr(self, name) for name in self.__slots__)


@dataclass(frozen=True, slots=True)
class Found:
    """What is prepared, as it is stored, with the version that a change must name."""

    id: UUID
    version: int
    prepared: shapes.Prepared

    @property
    def waits(self) -> bool:
        """Say whether it is kept ready for whoever was invited."""
        return self.prepared.waits

    @property
    def title(self) -> str:
        """Return the line it is known by."""
        return layout.title_of(self.prepared.text)


def overview(person: Person) -> Overview:
    """Return every agreement of this person's circles, by where it stands."""
    found: dict[str, list[Outline]] = {name: [] for name in Overview.__slots__}
    for circle in circles_of(person.keyring):
        kept = sorted(ledger.all_kept(circle), key=_last_written, reverse=True)
        older = ledger.older(circle, kept)
        for one in kept:
            line = outline(one, is_older=one.id in older)
            found[_group(line)].append(line)
    return Overview(**{name: sorted(lines, key=_newest_first, reverse=True) for name, lines in found.items()})


def standing(person: Person) -> list[Outline]:
    """Return the agreements that stand between this person and the other, the newest first."""
    return overview(person).standing


def waiting_for_me(person: Person) -> list[Outline]:
    """Return the wordings that wait for this person's answer."""
    return overview(person).for_you


def waiting_for_other(person: Person) -> list[Outline]:
    """Return this person's wordings that wait for the other's answer."""
    return overview(person).with_other


def with_myself(person: Person) -> list[Outline]:
    """Return the agreements this person has with nobody but themselves."""
    return overview(person).mine


def agreement(person: Person, agreement_id: UUID) -> Kept:
    """Return one agreement, opened and checked in whole; raise Http404 for anybody else's."""
    return ledger.kept(person, agreement_id)


def talk_behind(one: Kept) -> UUID | None:
    """Return the talk of two that an agreement came of, for a way back to it, or None."""
    row = owned(models.Version, one.circle).filter(agreement=one.id, ordinal=1).first()
    try:
        return opened(row, one.circle, shapes.Wording).talk if row else None
    except Unopened:
        return None


def given(person: Person, agreement_ids: Iterable[UUID]) -> set[UUID]:
    """Return which of these are agreements of this person's circles, whatever came of them."""
    circles = [circle.circle for circle in circles_of(person.keyring)]
    rows = models.Version.objects.filter(circle_id__in=circles, agreement__in=list(agreement_ids))
    return set(rows.values_list("agreement", flat=True))


def is_older(one: Kept) -> bool:
    """Say whether something is missing that was here when this person last did something with the agreement."""
    return ledger.is_older(one)


def relied_on(one: Kept) -> Written | None:
    """Return what stands of an agreement; None as well where something this person did there is missing."""
    return None if one.standing.stands is None or ledger.is_older(one) else one.standing.stands


def prepared(person: Person, prepared_id: UUID) -> Found:
    """Return what this person has prepared; raise Http404 for anybody else's."""
    record = find(models.Prepared, person.keyring, prepared_id)
    return Found(record.id, record.version, opened(record, person.keyring, shapes.Prepared))


def in_preparation(person: Person) -> list[Found]:
    """Return everything this person has prepared and not given, the newest first."""
    found = [
        Found(prepared_id, version, document)
        for prepared_id, version, document in each_opened(models.Prepared, person.keyring, shapes.Prepared)
    ]
    return sorted(found, key=lambda one: one.prepared.changed_at, reverse=True)


def begun(left: unsaved.AllLeft) -> list[unsaved.Begun]:
    """Return what a person began to word, of all that they left unsaved: "wish" for two, "own" for themselves."""
    page, found = reverse("agreements:new"), []
    for kind, whose in (("wish", "us"), ("own", "me")):
        forms = [one for one in left.get(page, ()) if one[1].get("whose") == [whose]]
        if unsaved.has_words(forms, (*shapes.LINES, "plan")):
            found.append(unsaved.Begun(kind, f"{page}?for={whose}"))
    return found


def sent_with(person: Person, nonce: UUID) -> UUID | None:
    """Return the agreement that a form of this person's circles already came to, or None."""
    for circle in circles_of(person.keyring):
        found = owned(models.Statement, circle).filter(id=nonce).values_list("agreement", flat=True).first()
        if found is not None:
            return found
    return None


def circle_for(person: Person, prepared: shapes.Prepared) -> CircleKeys | None:
    """Return the circle that something prepared is for: what was kept ready, for whoever shares a space by now."""
    here = pair_of(person) if prepared.waits else None
    return here or next((one for one in circles_of(person.keyring) if one.circle == prepared.circle), None)


def other_name(person: Person) -> str:
    """Return the name of whoever this person shares a space with now, or ""."""
    circle = pair_of(person)
    return circle.other_name if circle else ""


def everything(person: Person) -> Iterator[tuple[UUID, UUID, Shape]]:
    """Yield circle, row and document of every version and statement this person can open, for taking along."""
    for circle in circles_of(person.keyring):
        for model, shape in ((models.Version, shapes.Wording), (models.Statement, shapes.Stated)):
            for row in owned(model, circle).order_by("agreement", "ordinal"):
                try:
                    yield circle.circle, row.id, opened(row, circle, shape)
                except Unopened:
                    continue


def outline(one: Kept, *, is_older: bool = False) -> Outline:
    """Return what a list shows of an agreement; of one that `is_older`, no more than that it cannot be verified."""
    there, me = one.standing, one.circle.me
    newest = there.main
    text = newest.version.text if newest else Text()
    waits = there.waits_for(me)
    heard = _heard(one)
    state: State = there.state if there.state != "open" else ("for-you" if waits else "with-other")
    line = Outline(
        id=one.id,
        circle=one.circle.circle,
        state=state,
        title=layout.title_of(text, is_alone=not one.circle.others),
        stone=_stone(one, there.stands) if there.stands else "",
        limit=text.limit,
        offer=text.offer,
        words="\n".join(getattr(text, name) for name in shapes.LINES),
        is_request=layout.is_half_a_request(text),
        look_again_on=there.stands.version.text.look_again_on if there.stands else None,
        since=there.since,
        name=one.circle.other_name,
        is_mine=one.facts.asker == me,
        needs_time=any(said.statement.choice == "time" for said in there.answers.values()),
        also_open=there.stands is not None and there.open is not None,
        heard=heard.choice if heard else "",
        heard_at=heard.at if heard else None,
    )
    if not is_older or state in ("ended", "closed"):  # what binds nobody stays where it is
        return line
    line = replace(line, state="unverified", stone="", since=None, look_again_on=None)
    return replace(line, also_open=False, heard="", heard_at=None)


def news(overview: Overview, since: datetime) -> list[Outline]:
    """Return what the other has answered since a moment, the last answer first; nothing of a space that is closed."""
    lines = (*overview.standing, *overview.resting, *overview.with_other, *overview.past)
    new = [line for line in lines if line.state != "closed" and line.heard_at and line.heard_at > since]
    return sorted(new, key=lambda line: line.heard_at or since, reverse=True)


def readable(person: Person) -> list[Readable]:
    """Return every agreement of this person as it is read on paper: its words, and who said yes to them when."""
    found = []
    for circle in circles_of(person.keyring):
        names = layout.names_in(circle, person.name)
        kept = ledger.all_whole(circle)
        older = ledger.older(circle, kept)
        for one in kept:
            stands, newest = one.standing.stands, one.standing.main
            # What both said yes to goes on beside a newer wish, so it is on paper beside it.
            both = (stands, newest) if stands is not newest else (newest,)
            found += [_on_paper(one, each, names, is_sure=one.id not in older) for each in both if each is not None]
    return found


def _stone(one: Kept, stands: Written) -> str:
    return layout.touchstone_of(stands.version.text, is_alone=not one.circle.others)


def _heard(one: Kept) -> Statement | None:
    """Return the last word of all on the newest wording, when it is the other's answer."""
    last = max((said.statement for said in one.standing.answers.values()), key=lambda said: said.turn, default=None)
    newest = one.standing.asked or one.standing.stands or one.standing.shown
    if last is None or newest is None or last.person == one.circle.me:
        return None
    if newest.version.author == last.person and last.choice != "withdraw":
        return None  # their yes to their own wording
    return last


def _plain(words: str) -> str:
    return unicodedata.normalize("NFC", words).casefold()


def _group(line: Outline) -> str:
    if line.state == "stands":
        return "mine" if line.is_alone else "standing"
    groups = {"for-you": "for_you", "with-other": "with_other", "rests": "resting", "taken-back": "resting"}
    return groups.get(line.state, "unverified" if line.state == "unverified" else "past")


def _last_written(one: Kept) -> float:
    """Return when its newest wording was written, so that what has no other date is in no random order."""
    return max((written.version.made_at.timestamp() for written in one.facts.versions), default=0.0)


def _newest_first(line: Outline) -> float:
    return line.since.timestamp() if line.since else 0.0


def _on_paper(one: Kept, wording: Written, names: dict[UUID, str], *, is_sure: bool) -> Readable:
    """Return a wording with whose words it is, who said yes to it, and whether it still binds."""
    text = wording.version.text
    parts = [(str(layout.LABELS[name]), getattr(text, name)) for name in layout.LABELS]
    parts += [(name, plan) for who, name in names.items() if (plan := text.plan.get(str(who)))]
    yes = [answer.name for answer in layout.answers_to(one, wording, names) if answer.choice == "yes"]
    authors = [names.get(author, "") for author in layout.authors_of(one, wording)]
    parts.append((str(_("Words by")), ", ".join(authors)))
    parts.append((str(_("Yes from")), ", ".join(dict.fromkeys(yes))))
    is_sure = is_sure and one.standing.state != "unverified"
    if one.standing.state in ("ended", "closed"):
        parts.append(("", str(_("This is over; it binds nobody any more."))))
    elif not is_sure:
        parts.append(("", str(_("Kindline cannot verify this; it binds nobody now."))))
    return Readable(_what(one, wording, is_sure=is_sure), wording.version.made_at, parts)


def _what(one: Kept, wording: Written, *, is_sure: bool) -> str:
    """Say what a wording is: agreed, still a wish, or something that nobody can tell any more."""
    if not is_sure:
        return _("An agreement, or a wish")
    if not reached(wording, one.facts):
        return _("A wish to change an agreement") if one.standing.stands else _("A wish")
    return _("An agreement") if one.circle.others else _("An agreement with yourself")
