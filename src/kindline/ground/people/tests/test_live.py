"""Open pages hear of what is shared, of nothing else, and for no longer than the session."""

import asyncio
from collections.abc import Collection
from uuid import UUID, uuid4

import pytest
from django.utils import timezone

from kindline.ground.people import inviting, live
from kindline.ground.people.live import Hub, Listener, State, Wake
from kindline.ground.vault import circles
from kindline.ground.vault.models import Circle
from tests.people import Somebody, pair, shared_by

CIRCLE, FIRST, SECOND, SESSION = uuid4(), uuid4(), uuid4(), "a session"


class Database:
    """A state that a test changes by hand."""

    def __init__(self) -> None:
        self.state = State({CIRCLE: FIRST}, {SESSION})

    async def look(self, circles: Collection[UUID], sessions: Collection[str]) -> State:
        assert (set(circles), set(sessions)) == ({CIRCLE}, {SESSION})
        return self.state


@pytest.fixture
def database(monkeypatch: pytest.MonkeyPatch) -> Database:
    monkeypatch.setattr(live, "LOOK_EVERY", 0.001)
    return Database()


class Page:
    """An open page: what it was told after its first mark, until it hangs up."""

    def __init__(self) -> None:
        self.told: asyncio.Queue[bytes] = asyncio.Queue()
        self.over = asyncio.Event()

    async def say(self, message: live.Message) -> None:
        if message["body"]:
            self.told.put_nowait(message["body"])
        if not message["more_body"]:
            self.over.set()

    async def hear(self) -> live.Message:
        await self.over.wait()
        return {"type": "http.disconnect"}

    async def listen(self, hub: Hub, *, once: bool = False) -> list[bytes]:
        """Listen to the end, and return what nobody took out meanwhile."""
        listener = Listener(Wake(CIRCLE, FIRST, SESSION, once=once), self.say)
        await hub.stay(listener, self.hear)
        assert listener not in hub.listeners
        return [self.told.get_nowait() for _ in range(self.told.qsize())]


async def heard_once(hub: Hub, page: Page) -> bytes:
    """Let a page hear one thing, and hang up."""
    listening = asyncio.create_task(page.listen(hub))
    said = await page.told.get()
    page.over.set()
    await listening
    return said


def test_a_page_that_can_hold_no_stream_gets_its_mark_and_when_to_ask_again() -> None:
    assert Wake(CIRCLE, FIRST, SESSION).content == f"retry: {live.ASK_AGAIN}\n\n".encode() + live.said(FIRST)


def test_a_new_mark_is_told_once(database: Database) -> None:
    async def listen() -> list[bytes]:
        page = Page()
        listening = asyncio.create_task(page.listen(Hub(database.look)))
        database.state = State({CIRCLE: SECOND}, {SESSION})
        first = await page.told.get()
        database.state = State({CIRCLE: SECOND}, set())
        return [first, *await listening]

    assert asyncio.run(listen()) == [live.said(SECOND)]


def test_a_stream_ends_with_its_session(database: Database) -> None:
    database.state = State({CIRCLE: SECOND}, set())
    assert asyncio.run(Page().listen(Hub(database.look))) == []


@pytest.mark.parametrize("mark", [FIRST, SECOND])
def test_a_stream_ends_when_somebody_leaves_with_the_news_of_it(database: Database, mark: UUID) -> None:
    database.state = State({CIRCLE: mark}, {SESSION}, frozenset({CIRCLE}))
    told = asyncio.run(Page().listen(Hub(database.look)))
    assert told == ([live.said(SECOND)] if mark == SECOND else [])


def test_streams_end_when_the_server_stops(database: Database) -> None:
    hub = Hub(database.look)
    hub.closing = lambda: True
    assert asyncio.run(Page().listen(hub)) == []


def test_a_page_that_hangs_up_is_told_nothing_more(database: Database) -> None:
    async def listen() -> list[bytes]:
        page, hub = Page(), Hub(database.look)
        page.over.set()
        told = await page.listen(hub)
        database.state = State({CIRCLE: SECOND}, {SESSION})
        assert hub.looking is not None
        await hub.looking
        return told

    assert asyncio.run(listen()) == []


def test_a_database_away_for_a_moment_ends_nothing(database: Database) -> None:
    async def listen() -> bytes:
        away, look = asyncio.Event(), database.look

        async def looked(circles: Collection[UUID], sessions: Collection[str]) -> State:
            if not away.is_set():
                away.set()
                raise ConnectionError
            return await look(circles, sessions)

        hearing = asyncio.create_task(heard_once(Hub(looked), Page()))
        await away.wait()
        database.state = State({CIRCLE: SECOND}, {SESSION})
        return await hearing

    assert asyncio.run(listen()) == live.said(SECOND)


def test_a_quiet_stream_says_now_and_then_that_it_is_there(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "STILL_THERE_EVERY", 0.0)
    assert asyncio.run(heard_once(Hub(database.look), Page())) == b":\n\n"


def test_what_is_new_is_told_in_the_very_moment_a_stream_says_that_it_is_there(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "STILL_THERE_EVERY", 0.0)

    async def listen() -> bytes:
        page = Page()
        listening = asyncio.create_task(page.listen(Hub(database.look)))
        while (said := await page.told.get()) == b":\n\n":
            database.state = State({CIRCLE: SECOND}, {SESSION})
        page.over.set()
        await listening
        return said

    assert asyncio.run(listen()) == live.said(SECOND)


def test_a_page_that_reads_nothing_holds_up_nobody_else(database: Database) -> None:
    async def listen() -> list[bytes]:
        hub, quick, slow, read = Hub(database.look), Page(), Page(), asyncio.Event()

        async def stuck(_message: live.Message) -> None:
            await read.wait()

        waiting = asyncio.create_task(hub.stay(Listener(Wake(CIRCLE, FIRST, SESSION), stuck), slow.hear))
        hearing = asyncio.create_task(quick.listen(hub))
        told = []
        for mark in (SECOND, FIRST, SECOND):
            database.state = State({CIRCLE: mark}, {SESSION})
            told.append(await quick.told.get())
        for page in (quick, slow):
            page.over.set()
        read.set()
        await waiting
        await hearing
        return told

    assert asyncio.run(listen()) == [live.said(SECOND), live.said(FIRST), live.said(SECOND)]


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
    database.state = State({CIRCLE: SECOND}, {SESSION})
    assert asyncio.run(Page().listen(Hub(database.look), once=True)) == [live.said(SECOND)]


def test_a_stream_ends_when_what_it_told_of_is_gone(database: Database) -> None:
    database.state = State({}, {SESSION})
    assert asyncio.run(Page().listen(Hub(database.look))) == []
