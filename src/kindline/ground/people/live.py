"""Where two people look at the same time, one hears within a second that the other did something shared.

A stream carries nothing but the circle's mark, which is new with every shared act: no words, no keys, nothing of who
looks. It ends with the session, and when somebody leaves. Whoever can't hold a stream open gets one mark and asks
again. Before there is a circle, whoever invited somebody hears of the invitation in the same way; with its first news
that stream ends, and the browser asks what there is to listen to by then.
"""

import asyncio
import gc
from collections.abc import AsyncIterator, Awaitable, Callable, Collection
from contextlib import suppress
from typing import NamedTuple
from uuid import UUID

from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse

from kindline.ground.people.inviting import marks_of
from kindline.ground.vault.models import Circle, Session

LOOK_EVERY = 0.4  # seconds; one question to the database for everybody who listens
STILL_THERE_EVERY = 25.0  # seconds; a line that says nothing keeps proxies from hanging up
TIDY_EVERY = 100  # streams that ended; a long-lived one leaves loops of objects that the collector would find in days
ASK_AGAIN = 5000  # ms, of a browser whose stream ended
CONTENT_TYPE = "text/event-stream"


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


def state(heard: Collection[UUID], sessions: Collection[str]) -> State:
    """Ask the database how things are with circles and invitations."""
    circles = list(Circle.objects.filter(id__in=heard))
    marks = {one.id: one.mark for one in circles}
    closed = frozenset(one.id for one in circles if one.closed_at is not None)
    invitations = set(heard) - marks.keys()
    if invitations:
        marks |= marks_of(invitations)
    return State(marks, set(Session.objects.filter(id__in=sessions).values_list("id", flat=True)), closed)


class _Listener:
    """One open page."""

    __slots__ = ("heard", "mark", "news", "once", "over", "session")

    def __init__(self, wake: Wake) -> None:
        self.heard, self.mark, self.session, self.once = wake.heard, wake.mark, wake.session, wake.once
        self.news = asyncio.Event()
        self.over = False


class Hub:
    """Everybody on this process who has a shared page open."""

    def __init__(self, look: Look) -> None:
        self.look = look
        self.listeners: set[_Listener] = set()
        self.looking: asyncio.Task[None] | None = None
        self.ended = 0
        self.closing: Callable[[], bool] = lambda: False

    def streamed(self, response: HttpResponseBase) -> HttpResponseBase:
        """Return a wake as a stream that stays open, anything else as it is."""
        if not isinstance(response, Wake):
            return response
        stream = StreamingHttpResponse(self._events(response), headers=dict(response.items()))
        stream.cookies = response.cookies
        del stream["Content-Length"]
        return stream

    async def _events(self, wake: Wake) -> AsyncIterator[bytes]:
        listener = _Listener(wake)
        self.listeners.add(listener)
        if self.looking is None or self.looking.done():
            self.looking = asyncio.create_task(self._look())
        try:
            yield wake.content
            told = wake.mark
            while not listener.over:
                listener.news.clear()
                try:
                    await asyncio.wait_for(listener.news.wait(), STILL_THERE_EVERY)
                except TimeoutError:
                    yield b":\n\n"
                else:
                    if listener.mark != told:
                        told = listener.mark
                        yield said(told)
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
            for one in here:
                self._tell(one, now)

    def _tell(self, one: _Listener, now: State | None) -> None:
        if self.closing() or (now is not None and (one.session not in now.sessions or one.heard not in now.marks)):
            one.over = True
            one.news.set()
        elif now is not None and (now.marks[one.heard] != one.mark or one.heard in now.closed):
            one.mark, one.over = now.marks[one.heard], one.once or one.heard in now.closed
            one.news.set()
