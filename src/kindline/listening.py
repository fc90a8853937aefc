"""How long the server listens to one connection: who never finishes a request is hung up on.

uvicorn waits for as long as a stranger likes, and each who waits holds a socket. Proxies do this too; here it also
holds without one.
"""

import asyncio

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

LOOKED_AT_EVERY = 5.0  # seconds
LONGEST_HEAD = 30.0  # seconds
LONGEST_BODY = 120.0  # seconds; the largest form in that time is 17 kB a second
LONGEST_UNREAD = 60.0  # seconds in which nothing of an answer is read; it may be a whole journal, held in memory
MOST_HEAD = 16 * 1024  # bytes of a request's head


class Patient(H11Protocol):
    """A connection that ends when a request takes too long to come, or its answer lies there unread."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to look at the clock."""
        super().connection_made(transport)
        self._phase: object = None
        self._since = self.loop.time()
        self._next_look = self.loop.call_later(LOOKED_AT_EVERY, self._look)

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop looking."""
        self._next_look.cancel()
        super().connection_lost(exc)

    def _look(self) -> None:
        state = self.conn.their_state
        unread = self.transport.get_write_buffer_size()
        phase = (state, id(self.cycle), unread)  # every request has a cycle of its own
        if phase != self._phase:
            self._phase, self._since = phase, self.loop.time()
        if unread and self.loop.time() - self._since > LONGEST_UNREAD:
            self.transport.abort()  # closing would wait for it to be read
            return
        longest = {h11.IDLE: LONGEST_HEAD, h11.SEND_BODY: LONGEST_BODY}.get(state)
        if longest is not None and self.loop.time() - self._since > longest:
            self.transport.close()
            return
        self._next_look = self.loop.call_later(LOOKED_AT_EVERY, self._look)
