"""Where two people look at the same time, one hears within a second that the other did something shared.

A stream carries nothing but the circle's mark, which is new with every shared act: no words, no keys, nothing of who
looks. It ends with the session, and when somebody leaves. Whoever can't hold a stream open gets one mark and asks
again. Before there is a circle, whoever invited somebody hears of the invitation in the same way; with its first news
that stream ends, and the browser asks what there is to listen to by then.
"""

import asyncio
import gc
from collections.abc import Awaitable, Callable, Collection, Coroutine
from contextlib import suppress
from time import monotonic
from typing import Any, NamedTuple
from uuid import UUID

from django.http import HttpResponse, HttpResponseBase

from kindline.ground.people.inviting import marks_of
from kindline.ground.vault.models import Circle, Session

LOOK_EVERY = 0.4  # seconds; one question to the database for everybody who listens
STILL_THERE_EVERY = 25.0  # seconds; a line that says nothing keeps proxies from hanging up
ASK_AGAIN = 5000  # ms, of a browser whose stream ended
TIDY_EVERY = 100  # streams that ended; asyncio leaves a loop of objects for each that the collector would find in days
CONTENT_TYPE = "text/event-stream"

Message = dict[str, Any]
Hear = Callable[[], Awaitable[Message]]
Say = Callable[[Message], Coroutine[Any, Any, None]]


class State(NamedTuple):
    """What can have changed: the mark of each circle and invitation, which sessions are still there, what closed."""

    marks: dict[UUID, UUID]
    sessions: set[str]
    closed: frozenset[UUID] = frozenset()  # circles that somebody left: their last mark is told, and no other


Look = Callable[[Collection[UUID], Collection[str]], Awaitable[State]]


class Wake(HttpResponse):
    """One mark, of a circle or an invitation, for a session; a server that can hold it open makes a stream of it.

    `once` ends the stream with its first news.
    """

    def __init__(self, heard: UUID, mark: UUID, session: str, *, once: bool = False) -> None:
        super().__init__(f"retry: {ASK_AGAIN}\n\n".encode() + said(mark), content_type=CONTENT_TYPE)
        self.heard, self.mark, self.session, self.once = heard, mark, session, once


def said(mark: UUID) -> bytes:
    """Return a mark as an event."""
    return f"data: {mark.hex}\n\n".encode()


def piece(words: bytes, *, more: bool = True) -> Message:
    """Return a piece of a stream, as servers send it; with no more to come, it is the last."""
    return {"type": "http.response.body", "body": words, "more_body": more}


STILL_THERE = piece(b":\n\n")
LAST = piece(b"", more=False)


def state(heard: Collection[UUID], sessions: Collection[str]) -> State:
    """Ask the database how things are with circles and invitations."""
    circles = list(Circle.objects.filter(id__in=heard))
    marks = {one.id: one.mark for one in circles}
    closed = frozenset(one.id for one in circles if one.closed_at is not None)
    invitations = set(heard) - marks.keys()
    if invitations:
        marks |= marks_of(invitations)
    return State(marks, set(Session.objects.filter(id__in=sessions).values_list("id", flat=True)), closed)


class Listener:
    """One open page: what it listens to, what it heard last, and the way to it."""

    __slots__ = ("heard", "mark", "once", "say", "session", "told_at")

    def __init__(self, wake: Wake, say: Say) -> None:
        self.heard, self.mark, self.session, self.once = wake.heard, wake.mark, wake.session, wake.once
        self.say = say
        self.told_at = monotonic()

    def news(self, now: State | None) -> Message | None:
        """Return what there is to say by now; a piece with no more to come ends the stream."""
        if now is not None:
            if self.session not in now.sessions or self.heard not in now.marks:
                return LAST
            closed = self.heard in now.closed
            if now.marks[self.heard] != self.mark:
                self.mark = now.marks[self.heard]
                return piece(said(self.mark), more=not (closed or self.once))
            if closed:
                return LAST
        return STILL_THERE if monotonic() - self.told_at > STILL_THERE_EVERY else None


class Hub:
    """Everybody on this process who has a shared page open.

    One task looks and speaks for all of them. Each page's own task does nothing but wait for it to hang up, and so
    keeps nothing: neither its request nor a thread.
    """

    def __init__(self, look: Look) -> None:
        self.look = look
        self.listeners: set[Listener] = set()
        self.looking: asyncio.Task[None] | None = None
        self.ended = 0
        self.closing: Callable[[], bool] = lambda: False

    def listener(self, response: HttpResponseBase, say: Say) -> Listener | None:
        """Return the open page that an answer begins; None for an answer that is over when it is sent."""
        return Listener(response, say) if isinstance(response, Wake) else None

    async def stay(self, listener: Listener, receive: Hear) -> None:
        """Tell a page that had its first mark what is new, until it hangs up or there is nothing more to tell."""
        self.listeners.add(listener)
        if self.looking is None or self.looking.done():
            self.looking = asyncio.create_task(self._look())
        try:
            await receive()  # a page that listens says nothing, so this comes back at the end of one or the other
        finally:
            self.listeners.discard(listener)
            self.ended += 1
            if self.ended % TIDY_EVERY == 0:
                gc.collect()

    async def _look(self) -> None:
        while self.listeners:
            await asyncio.sleep(LOOK_EVERY)
            here = list(self.listeners)
            now = None
            with suppress(Exception):  # a database that is away for a moment must not end everybody's streams
                now = await self.look({one.heard for one in here}, {one.session for one in here})
            await self._tell(here, now)

    async def _tell(self, here: Collection[Listener], now: State | None) -> None:
        """Say to each what is new for it; a page that reads slowly holds up nobody else's."""
        saying = []
        for one in here:
            news = LAST if self.closing() else one.news(now)
            if news is not None:
                one.told_at = monotonic()
                saying.append(asyncio.create_task(one.say(news)))
                if not news["more_body"]:
                    self.listeners.discard(one)
        if saying:
            await asyncio.wait(saying, timeout=LOOK_EVERY)
