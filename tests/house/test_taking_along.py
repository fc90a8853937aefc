"""What is taken along comes back the same, whatever it is, and only to whom it belongs."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import msgspec
import pytest
import time_machine
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from kindline.front.takeout import actions, queries
from kindline.front.takeout.reading import recognised
from kindline.front.takeout.rooms import ROOMS
from kindline.ground.vault.sealing import Shape
from kindline.mine.calm import shapes as calm
from kindline.mine.drafts import rules as draft_rules
from kindline.mine.drafts import shapes as drafts
from kindline.mine.journal import rules as journal_rules
from kindline.mine.journal import shapes as journal
from kindline.mine.needs import rules as needs_rules
from kindline.mine.needs import shapes as needs
from kindline.ours.negotiation import rules as talk_rules
from kindline.ours.negotiation import shapes as talks
from tests.people import Somebody

pytestmark = [pytest.mark.django_db, pytest.mark.storage, pytest.mark.walks]
NOW = datetime(2026, 11, 22, 20, 0, tzinfo=UTC)

moments = st.datetimes(datetime(1902, 1, 1), NOW.replace(tzinfo=None)).map(lambda at: at.replace(tzinfo=UTC, fold=0))  # noqa: DTZ001
texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=60)
said = texts.filter(str.strip)
finer = st.lists(st.sampled_from([name for below in needs_rules.NEEDS.values() for name in below])).map(tuple)
need = st.sampled_from(["", *needs_rules.NEEDS])


def chosen(among: tuple[str, ...]) -> st.SearchStrategy[str]:
    return st.sampled_from(["", *among])


def filled(names: tuple[str, ...]) -> st.SearchStrategy[dict[str, str]]:
    return st.dictionaries(st.sampled_from(names), texts, max_size=4)


insights = st.builds(journal.Insight, need=need, finer=finer, need_words=texts, fear=texts, other=texts, step=texts)
entries = st.builds(
    journal.Entry,
    kind=st.sampled_from(journal_rules.KINDS),
    what=said,
    written_at=moments,
    happened_at=moments,
    feelings=st.dictionaries(said, st.integers(1, 3), max_size=4),
    did=st.lists(st.sampled_from(journal_rules.DID), unique=True).map(tuple),
    wanted=texts,
    insight=st.none() | insights,
)
papers = st.builds(
    needs.Paper,
    holds=st.builds(needs.Walk, at=moments, secure=texts, need=need, finer=finer, ask=texts, origin=texts)
    | st.builds(
        needs.Check,
        at=moments,
        met=st.dictionaries(st.sampled_from(list(needs_rules.NEEDS)), st.integers(0, 4)),
        free=st.integers(0, 4),
    )
    | st.builds(
        needs.Reading,
        at=moments,
        about=texts,
        numbers=st.dictionaries(st.sampled_from(needs_rules.LEANING), st.floats(1, 7)),
    )
    | st.builds(needs.Sentence, at=moments, text=said),
)
lines = st.text(st.sampled_from("ab é."), min_size=1, max_size=30).filter(str.strip)
tellings = st.builds(talks.Needs, need=texts, fear=texts, matters=texts)
practices = st.builds(calm.Practice, name=said, added_at=moments, how=texts, minutes=st.integers(0, 180))


@st.composite
def drafts_of(draw: Any, entry_ids: list[UUID]) -> drafts.Draft:
    """Return a draft, perhaps of one of these entries, perhaps of one that is gone."""
    touchstone = draw(texts)
    return draw(
        st.builds(
            drafts.Draft,
            begun_at=moments,
            changed_at=moments,
            kind=st.sampled_from(draft_rules.KINDS),
            entry_id=st.none() | st.uuids(version=4) | (st.sampled_from(entry_ids) if entry_ids else st.none()),
            parts=filled(draft_rules.PARTS),
            edited=filled(draft_rules.WORDINGS),
            choice=st.sampled_from(draft_rules.WORDINGS),
            aside=st.lists(texts, max_size=3),
            kept_until=st.none() | moments,
            outcome=chosen(draft_rules.OUTCOMES),
            plan=filled(draft_rules.ANSWERS),
            stands_by=chosen(("yes", "not-yet")),
            touchstone=st.just(touchstone),
            touchstone_at=moments if touchstone else st.none(),
        )
    )


@st.composite
def talks_on_one_phone(draw: Any) -> talks.OnePhone:
    """Return a talk on one phone, as far as it may have come."""
    options = draw(st.lists(lines, max_size=3))
    numbers = [str(number) for number in range(len(options))]
    tap = st.fixed_dictionaries({number: st.sampled_from(talk_rules.TAPS) for number in numbers})
    finer = st.dictionaries(st.sampled_from(numbers or ["0"]), st.integers(0, 10)) if numbers else st.just({})
    taps = st.builds(talks.Taps, taps=tap, finer=finer, guess=st.sampled_from(["", *numbers]))
    return draw(
        st.builds(
            talks.OnePhone,
            topic=lines,
            other=lines,
            begun_at=moments,
            needs=st.lists(tellings, max_size=2).map(tuple),
            senses=st.tuples(texts, texts),
            loop=texts,
            options=st.just(tuple(options)),
            taps=st.lists(taps, max_size=2).map(tuple) if options else st.just(()),
            handed=st.integers(0, 2),
        )
    )


@st.composite
def places(draw: Any) -> dict[str, dict[UUID, Shape]]:
    """Return what somebody may have in every room, pointing at each other."""
    ids = st.uuids(version=4)
    wrote = draw(st.dictionaries(ids, entries, max_size=4))
    own = draw(st.dictionaries(ids, practices, max_size=3))
    keys = [str(practice) for practice in own] + ["breathe", ""]
    told = st.builds(calm.Moment, at=moments, practice=st.sampled_from(keys), before=st.integers(0, 5))
    order = st.builds(calm.Arrangement, order=st.lists(st.sampled_from(keys), unique=True).map(tuple))
    return {
        "journal": wrote,
        "drafts": draw(st.dictionaries(ids, drafts_of(list(wrote)), max_size=3)),
        "needs": draw(st.dictionaries(ids, papers, max_size=4)),
        "negotiation": draw(st.dictionaries(ids, talks_on_one_phone(), max_size=2)),
        "reminders": {},  # one choice a person, under an id of their own: takeout has its tests
        "calm": {
            **own,
            **draw(st.dictionaries(ids, told, max_size=3)),
            **draw(st.dictionaries(ids, order, max_size=1)),
        },
    }


@pytest.fixture(autouse=True)
def frozen() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def furnish(one: Somebody, place: dict[str, dict[UUID, Shape]]) -> None:
    with transaction.atomic():
        for room in ROOMS:
            room.bring(one.person, list(place.get(room.name, {}).items()))


def bring(one: Somebody, raw: bytes) -> int:
    """Bring a file in whole, and return how many documents came."""
    rooms = {room.name: room for room in ROOMS}
    found = recognised.read(raw, rooms, one.person.zone, NOW, most=1 << 24)
    actions.put_down(person=one.person, found=found, now=NOW)
    waiting = queries.waiting(one.person)
    assert waiting is not None
    actions.begin(person=one.person, arrival=waiting.row.id, kind="", now=NOW)
    came = 0
    while some := actions.bring_some(person=one.person, arrival=waiting.row.id):
        came += some
    return came


def without_ids(place: dict[str, dict[UUID, Shape]]) -> list[str]:
    """Return every document as text, with each id in it as the words of what it points at."""
    told = {str(one): f"<{said_of(document)}>" for room in place.values() for one, document in room.items()}

    def plain(value: Any) -> Any:
        if isinstance(value, dict):
            return dict(sorted((told.get(name, name), plain(part)) for name, part in value.items()))
        if isinstance(value, list | tuple):
            return [plain(part) for part in value]
        return told.get(value, value) if isinstance(value, str) else value

    documents = [msgspec.to_builtins(one) for room in place.values() for one in room.values()]
    return sorted(repr(plain(one)) for one in documents)


def said_of(document: Shape) -> str:
    return repr({name: getattr(document, name, "") for name in ("what", "name", "happened_at", "added_at")})


@settings(
    max_examples=25,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(place=places())
def test_everything_comes_back_in_another_place_as_it_was(alice: Somebody, dana: Somebody, place: dict) -> None:
    for one in (alice, dana):
        actions.delete_everything(person=one.person)
    furnish(alice, place)
    count = sum(map(len, place.values()))
    if count:
        assert bring(dana, queries.takeout(alice.person, NOW)) == count
    assert without_ids(queries.documents(dana.person)) == without_ids(place)
    assert queries.documents(alice.person) == place


@settings(
    max_examples=25,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(place=places())
def test_what_is_here_already_does_not_come_twice(alice: Somebody, dana: Somebody, place: dict) -> None:
    for one in (alice, dana):
        actions.delete_everything(person=one.person)
    furnish(alice, place)
    if not any(place.values()):
        return
    took = queries.takeout(alice.person, NOW)
    assert bring(alice, took) == 0
    bring(dana, took)
    assert bring(dana, took) == 0
    assert bring(alice, queries.takeout(dana.person, NOW)) == 0, "there and back again"
    assert queries.documents(alice.person) == place


def test_an_id_of_somebody_else_looks_like_any_other(alice: Somebody, dana: Somebody) -> None:
    """Whether it exists elsewhere on the server changes nothing about what comes in."""
    shape = journal.Entry(what="hers", written_at=NOW, happened_at=NOW)
    taken, free = uuid4(), uuid4()
    furnish(alice, {"journal": {taken: shape}})
    for one in (taken, free):
        furnish(alice, {"drafts": {uuid4(): drafts.Draft(begun_at=NOW, changed_at=NOW, entry_id=one)}})
    raw = queries.takeout(alice.person, NOW).replace(b'"what": "hers"', b'"what": "mine"')
    assert bring(dana, raw) == 3
    [(entry_id, entry)] = queries.documents(dana.person)["journal"].items()
    assert (entry_id == taken, entry.what) == (False, "mine")
    pointing = {draft.entry_id for draft in queries.documents(dana.person)["drafts"].values()}
    assert pointing == {entry_id, free}
    assert queries.documents(alice.person)["journal"] == {taken: shape}


def test_what_was_changed_here_stays_as_it_is_here(alice: Somebody) -> None:
    entry_id = uuid4()
    then = journal.Entry(what="then", written_at=NOW - timedelta(days=2), happened_at=NOW)
    furnish(alice, {"journal": {entry_id: then}})
    took = queries.takeout(alice.person, NOW)
    actions.delete_everything(person=alice.person)
    now = msgspec.structs.replace(then, what="now")
    furnish(alice, {"journal": {entry_id: now}})
    assert bring(alice, took) == 0
    assert queries.documents(alice.person)["journal"] == {entry_id: now}
