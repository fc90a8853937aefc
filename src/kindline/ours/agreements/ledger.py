"""From rows to facts: opening what is stored of agreements and checking every signature."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from contextlib import suppress
from typing import NamedTuple, TypeVar
from uuid import UUID

from django.db.models import F, OuterRef, Subquery
from django.http import Http404

from kindline.ground.people.models import Person
from kindline.ground.vault.circles import CircleKeys, circles_of
from kindline.ground.vault.primitives import Unopened, derived_id, signing_public
from kindline.ground.vault.records import opened, owned
from kindline.ours.agreements import models, rules, shapes, statements
from kindline.ours.agreements.rules import Facts, Said, Standing, Written
from kindline.ours.agreements.statements import Keys

A = TypeVar("A", bound=models.Act)

AT_ONCE = 500  # ids in one question to the database


class Kept(NamedTuple):
    """One agreement as it is stored: whose it is, what is known of it, where it stands."""

    id: UUID
    circle: CircleKeys
    facts: Facts
    standing: Standing


def keys_of(circle: CircleKeys) -> Keys:
    """Return the public keys that members sign with and signed with before, one's own among them."""
    secrets = circle.keyring.secrets
    own = {circle.me: (signing_public(secrets.signing_seed), *reversed(secrets.former))}
    return own | {other.account: (other.signing, *reversed(other.former)) for other in circle.others}


def kept(person: Person, agreement: UUID) -> Kept:
    """Return an agreement of one of this person's circles; raise Http404 for anybody else's."""
    for circle in circles_of(person.keyring):
        if any(owned(model, circle).filter(agreement=agreement).exists() for model in models.ACTS):
            return kept_in(circle, agreement)
    raise Http404


def kept_in(circle: CircleKeys, agreement: UUID) -> Kept:
    """Return an agreement of a circle, everything about it opened and checked."""
    facts = facts_of(
        circle,
        agreement,
        owned(models.Version, circle).filter(agreement=agreement).order_by("ordinal"),
        owned(models.Statement, circle).filter(agreement=agreement).order_by("ordinal"),
    )
    return Kept(agreement, circle, facts, rules.standing(facts))


def all_kept(circle: CircleKeys) -> list[Kept]:
    """Return every agreement of a circle, opened as far as a list needs it.

    Where everybody's last word is yes to the newest version, only those words and that version are opened; of all
    others everything. The page of an agreement always opens and checks the whole of it.
    """
    members, keys = circle.members, keys_of(circle)
    newest = {row.agreement: row for row in _last(circle, models.Version, 1)}
    words: dict[UUID, list[models.Statement]] = defaultdict(list)
    for row in _last(circle, models.Statement, len(members)):
        words[row.agreement].append(row)
    found, whole = [], []
    for agreement in newest.keys() | words.keys():
        version = _version(circle, newest.get(agreement))
        last = [_statement(circle, row, keys) for row in words[agreement]]
        spoken = {one.statement.person: one for one in _believed(circle, agreement, [one for one in last if one])}
        if version and circle.is_open and rules.stands_plainly(version, spoken, members):
            facts = Facts(members, (version,), tuple(spoken.values()))
            found.append(Kept(agreement, circle, facts, rules.standing_plainly(version, spoken)))
        else:
            whole.append(agreement)
    return found + _opened_whole(circle, whole)


def all_whole(circle: CircleKeys) -> list[Kept]:
    """Return every agreement of a circle, everything about each opened and checked."""
    rows = (owned(model, circle).values_list("agreement", flat=True).distinct() for model in models.ACTS)
    return _opened_whole(circle, sorted({agreement for some in rows for agreement in some}))


def facts_of(
    circle: CircleKeys, agreement: UUID, versions: Iterable[models.Version], said: Iterable[models.Statement]
) -> Facts:
    """Return what stands in an agreement's rows, each checked; rows that say something else are counted as unread."""
    keys = keys_of(circle)
    wordings = [_version(circle, row) for row in versions]
    words = [_statement(circle, row, keys) for row in said]
    return Facts(
        circle.members,
        tuple(one for one in wordings if one is not None),
        _believed(circle, agreement, [one for one in words if one is not None]),
        unread=wordings.count(None) + words.count(None),
        is_closed=not circle.is_open,
    )


def _believed(circle: CircleKeys, agreement: UUID, said: Sequence[Said]) -> tuple[Said, ...]:
    """Return what was said as far as it counts: under a former key, what this person has pinned."""
    if not any(one.is_former for one in said):
        return tuple(said)
    row, pinned = pin_of(circle, agreement), {}
    with suppress(Unopened):
        pinned = opened(row, circle.keyring, shapes.Pin).heads if row else {}
    return rules.believed(said, pinned)


def pin_of(circle: CircleKeys, agreement: UUID) -> models.Pin | None:
    """Return the row in which this person keeps how an agreement stood."""
    return owned(models.Pin, circle.keyring).filter(id=pin_id(circle, agreement)).first()


def pin_id(circle: CircleKeys, agreement: UUID) -> UUID:
    """Return the id of that row."""
    return derived_id(circle.keyring.naming_key, "agreement-pin", agreement.bytes)


def is_older(one: Kept) -> bool:
    """Say whether something is missing that was here when this person last did something with the agreement."""
    return _misses(one, pin_of(one.circle, one.id), whose=None)


def older(circle: CircleKeys, found: Sequence[Kept]) -> set[UUID]:
    """Return of which agreements this person's own last word is missing, or the wording it was to.

    What a list has to know: of everybody else's words it opens the last ones only, and an agreement's page all.
    """
    rows: dict[UUID, models.Pin] = {}
    ids = {one.id: pin_id(circle, one.id) for one in found}
    for start in range(0, len(found), AT_ONCE):
        some = [ids[one.id] for one in found[start : start + AT_ONCE]]
        rows |= {row.id: row for row in owned(models.Pin, circle.keyring).filter(id__in=some)}
    me = str(circle.me)
    doubted = [one.id for one in found if _misses(one, rows.get(ids[one.id]), whose=me)]
    # Looked at once more: this person may have said something in another window while these rows were read.
    return {one.id for one in _opened_whole(circle, doubted) if _misses(one, rows.get(ids[one.id]), whose=me)}


def _misses(one: Kept, row: models.Pin | None, *, whose: str | None) -> bool:
    """Say whether somebody's last word as it is pinned is missing, everybody's when `whose` is None, or its wording.

    Every word somebody says is pinned with it, so where their words stand without a pin, that was taken away.
    """
    if row is None:
        return any(said.is_signed and said.statement.person == one.circle.me for said in one.facts.said)
    try:
        pin = opened(row, one.circle.keyring, shapes.Pin)
    except Unopened:
        return True
    digests = {said.digest for said in one.facts.said}
    heads = {digest for who, digest in pin.heads.items() if whose in (None, who)}
    has_version = any(version.digest == pin.version for version in one.facts.versions)
    return not (has_version and digests >= heads)


def _opened_whole(circle: CircleKeys, agreements: Sequence[UUID]) -> list[Kept]:
    versions: dict[UUID, list[models.Version]] = defaultdict(list)
    said: dict[UUID, list[models.Statement]] = defaultdict(list)
    for start in range(0, len(agreements), AT_ONCE):
        some = agreements[start : start + AT_ONCE]
        for version in owned(models.Version, circle).filter(agreement__in=some).order_by("ordinal"):
            versions[version.agreement].append(version)
        for statement in owned(models.Statement, circle).filter(agreement__in=some).order_by("ordinal"):
            said[statement.agreement].append(statement)
    found = []
    for agreement in agreements:
        facts = facts_of(circle, agreement, versions[agreement], said[agreement])
        found.append(Kept(agreement, circle, facts, rules.standing(facts)))
    return found


def _last(circle: CircleKeys, model: type[A], number: int) -> list[A]:
    """Return the last rows of every agreement of a circle, so many of each."""
    same = owned(model, circle).filter(agreement=OuterRef("agreement")).order_by("-ordinal").values("ordinal")[:1]
    return list(owned(model, circle).annotate(last=Subquery(same)).filter(ordinal__gt=F("last") - number))


def _version(circle: CircleKeys, row: models.Version | None) -> Written | None:
    try:
        wording = opened(row, circle, shapes.Wording) if row else None
    except Unopened:
        return None
    if row is None or wording is None:
        return None
    return statements.read_version(wording, circle=circle.circle, agreement=row.agreement, number=row.ordinal)


def _statement(circle: CircleKeys, row: models.Statement, keys: Keys) -> Said | None:
    try:
        stored = opened(row, circle, shapes.Stated)
    except Unopened:
        return None
    statement = statements.read_statement(
        stored, row.id, circle=circle.circle, agreement=row.agreement, turn=row.ordinal
    )
    return statements.checked(stored, statement, keys, circle.me) if statement else None
