"""Open pages hear of what is shared, of nothing else, and for no longer than the session."""

import asyncio
from collections.abc import Collection
from uuid import UUID, uuid4

import pytest
from django.http import HttpResponse, StreamingHttpResponse
from django.utils import timezone

from kindline.ground.people import inviting, live
from kindline.ground.people.live import Hub, State, Wake
from kindline.ground.vault import circles
from kindline.ground.vault.models import Circle
from tests.people import Somebody, pair, shared_by

CIRCLE, FIRST, SECOND, SESSION = uuid4(), uuid4(), uuid4(), "a session"


class Database:
    """A state that a test changes by hand."""

    def __init__(self) -> None:
        self.state = State({CIRCLE: FIRST}, {SESSION})
        self.away = False

    async def look(self, circles: Collection[UUID], sessions: Collection[str]) -> State:
        assert (set(circles), set(sessions)) == ({CIRCLE}, {SESSION})
        if self.away:
            raise ConnectionError
        return self.state


@pytest.fixture
def database(monkeypatch: pytest.MonkeyPatch) -> Database:
    monkeypatch.setattr(live, "LOOK_EVERY", 0.001)
    return Database()


def events(hub: Hub) -> StreamingHttpResponse:
    stream = hub.streamed(Wake(CIRCLE, FIRST, SESSION))
    assert isinstance(stream, StreamingHttpResponse)
    return stream


def test_a_new_mark_is_told_once(database: Database) -> None:
    async def listen() -> list[bytes]:
        stream = aiter(events(Hub(database.look)))
        first = await anext(stream)
        database.state = State({CIRCLE: SECOND}, {SESSION})
        second = await anext(stream)
        database.state = State({CIRCLE: SECOND}, set())
        return [first, second, *[event async for event in stream]]

    told = asyncio.run(listen())
    assert told == [f"retry: {live.ASK_AGAIN}\n\n".encode() + live.said(FIRST), live.said(SECOND)]


def test_a_stream_ends_with_its_session(database: Database) -> None:
    async def listen() -> list[bytes]:
        hub = Hub(database.look)
        database.state = State({CIRCLE: SECOND}, set())
        told = [event async for event in events(hub)]
        assert not hub.listeners
        return told

    assert len(asyncio.run(listen())) == 1


@pytest.mark.parametrize("mark", [FIRST, SECOND])
def test_a_stream_ends_when_somebody_leaves_with_the_news_of_it(database: Database, mark: UUID) -> None:
    async def listen() -> list[bytes]:
        hub = Hub(database.look)
        database.state = State({CIRCLE: mark}, {SESSION}, frozenset({CIRCLE}))
        told = [event async for event in events(hub)]
        assert not hub.listeners
        return told

    assert asyncio.run(listen())[1:] == ([live.said(SECOND)] if mark == SECOND else [])


def test_streams_end_when_the_server_stops(database: Database) -> None:
    async def listen() -> int:
        hub = Hub(database.look)
        hub.closing = lambda: True
        return len([event async for event in events(hub)])

    assert asyncio.run(listen()) == 1


def test_a_database_away_for_a_moment_ends_nothing(database: Database) -> None:
    async def listen() -> bytes:
        stream = aiter(events(Hub(database.look)))
        await anext(stream)
        database.away = True
        waiting = asyncio.ensure_future(anext(stream))
        while not database.away:
            await asyncio.sleep(0)
        database.state, database.away = State({CIRCLE: SECOND}, {SESSION}), False
        return await waiting

    assert asyncio.run(listen()) == live.said(SECOND)


def test_a_quiet_stream_says_now_and_then_that_it_is_there(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "STILL_THERE_EVERY", 0.001)

    async def listen() -> bytes:
        stream = aiter(events(Hub(database.look)))
        await anext(stream)
        return await anext(stream)

    assert asyncio.run(listen()) == b":\n\n"


def test_other_answers_stay_as_they_are(database: Database) -> None:
    answer = HttpResponse("a page")
    assert Hub(database.look).streamed(answer) is answer


@pytest.mark.django_db
@pytest.mark.storage
def test_a_page_learns_the_mark_and_nothing_else(alice: Somebody, bob: Somebody) -> None:
    pair(alice, bob)
    told = bob.client.get("/wake/")
    assert told.content.endswith(live.said(Circle.objects.get().mark))
    assert told["Content-Type"] == live.CONTENT_TYPE
    shared_by(alice).in_turn()
    assert bob.client.get("/wake/").content != told.content


@pytest.mark.django_db
@pytest.mark.storage
def test_somebody_alone_has_nothing_to_wait_for(dana: Somebody) -> None:
    assert dana.client.get("/wake/").status_code == 204


@pytest.mark.django_db
@pytest.mark.storage
def test_the_state_is_of_those_asked_for(alice: Somebody, bob: Somebody) -> None:
    circle = pair(alice, bob)
    session = alice.person.session.id
    now = live.state([circle.circle], [session, "gone"])
    assert now == State({circle.circle: Circle.objects.get().mark}, {session})
    assert live.state([], []) == State({}, set())
    circles.close(circle, timezone.now(), keep=True)
    assert live.state([circle.circle], []).closed == {circle.circle}


@pytest.mark.django_db
@pytest.mark.storage
def test_whoever_invited_hears_that_the_guest_is_there(alice: Somebody, bob: Somebody) -> None:
    code = inviting.invite(person=alice.person, now=timezone.now())
    made = inviting.invitation_of(alice.person, timezone.now())
    assert made is not None
    before = alice.client.get("/wake/")
    assert before.content.endswith(live.said(inviting.mark_of(made)))
    assert live.state([made.id], []).marks == {made.id: inviting.mark_of(made)}
    inviting.accept(person=bob.person, typed=code, now=timezone.now())
    assert live.state([made.id], []).marks != {made.id: inviting.mark_of(made)}
    assert alice.client.get("/wake/").content != before.content
    assert bob.client.get("/wake/").status_code == 204


@pytest.mark.django_db
@pytest.mark.storage
def test_a_code_that_somebody_only_looks_up_wakes_nobody(alice: Somebody, bob: Somebody) -> None:
    code = inviting.invite(person=alice.person, now=timezone.now())
    before = alice.client.get("/wake/").content
    bob.client.post("/invited/", {"code": code})
    assert alice.client.get("/wake/").content == before


@pytest.mark.django_db
@pytest.mark.storage
def test_the_host_hears_when_the_guest_is_in(alice: Somebody, bob: Somebody) -> None:
    inviting.accept(
        person=bob.person, typed=inviting.invite(person=alice.person, now=timezone.now()), now=timezone.now()
    )
    inviting.give_key(person=alice.person)
    before = alice.client.get("/wake/").content
    inviting.take_key(person=bob.person)
    assert alice.client.get("/wake/").content != before


def test_the_first_news_of_an_invitation_is_the_last(database: Database) -> None:
    async def listen() -> list[bytes]:
        stream = Hub(database.look).streamed(Wake(CIRCLE, FIRST, SESSION, once=True))
        assert isinstance(stream, StreamingHttpResponse)
        events = aiter(stream)
        await anext(events)
        database.state = State({CIRCLE: SECOND}, {SESSION})
        return [event async for event in events]

    assert asyncio.run(listen()) == [live.said(SECOND)]


def test_a_stream_ends_when_what_it_told_of_is_gone(database: Database) -> None:
    async def listen() -> int:
        database.state = State({}, {SESSION})
        return len([event async for event in events(Hub(database.look))])

    assert asyncio.run(listen()) == 1
