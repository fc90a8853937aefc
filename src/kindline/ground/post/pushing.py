"""Handing messages to push services: to exactly the address that was checked, in little time, without following on."""

import socket
import ssl
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from threading import Lock, Timer
from typing import Any

import urllib3
from django.conf import settings
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import HTTPError

from kindline.ground.post import outside, webpush
from kindline.ground.post.models import Channel
from kindline.ground.post.outcome import GONE, LATER, REFUSED, SENT, Outcome
from kindline.ground.post.outside import Endpoint, NotOutside, Unresolved

CONNECT, READ, IN_ALL = 5.0, 10.0, 15.0  # seconds
KEPT_FOR = 8 * 60 * 60  # seconds that a push service keeps a message for a device that is off
TOPIC = "reminder"  # a newer one takes the place of one that was not handed out yet
OFTEN = 429
AT_ONCE = 8  # connections to one service, and threads
CONTACT = "https://localhost"  # of an installation without a public address


class _Patience:
    """A connection that hangs up when a request takes too long in all, however steadily its answer drips."""

    _wire: socket.socket | None = None
    _timer: Timer | None = None
    _hung_up = False

    def _new_conn(self) -> socket.socket:
        made: socket.socket = super()._new_conn()  # type: ignore[misc]
        self._forget_wire()
        self._wire = made.dup()  # what encrypts takes the socket itself over
        return made

    def connect(self) -> None:
        self._wait(CONNECT + READ)
        super().connect()  # type: ignore[misc]
        self._wait(IN_ALL)

    def request(self, *words: Any, **named: Any) -> None:
        self._wait(IN_ALL)
        super().request(*words, **named)  # type: ignore[misc]

    def getresponse(self) -> Any:
        try:
            answer = super().getresponse()  # type: ignore[misc]
        finally:
            self._stop_waiting()
        if self._hung_up:  # or half a line of an answer would count as one
            answer.close()
            raise TimeoutError
        return answer

    def close(self) -> None:
        self._stop_waiting()
        self._forget_wire()
        super().close()  # type: ignore[misc]

    def _wait(self, seconds: float) -> None:
        self._stop_waiting()
        self._hung_up = False
        self._timer = Timer(seconds, self._hang_up)
        self._timer.daemon = True
        self._timer.start()

    def _stop_waiting(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _hang_up(self) -> None:
        self._hung_up = True
        with suppress(OSError):
            if self._wire is not None:
                self._wire.shutdown(socket.SHUT_RDWR)

    def _forget_wire(self) -> None:
        if self._wire is not None:
            self._wire.close()
            self._wire = None


class _Plain(_Patience, HTTPConnection):
    """Loopback only."""


class _Encrypted(_Patience, HTTPSConnection):
    """Everything else."""


class Push:
    """Hands over the messages of one round; connections and signed tokens are used again. Threads may share it."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.key = webpush.own_key(settings.PUSH_KEY)
        self._lock = Lock()
        self._pools: dict[tuple[str, str, int], HTTPConnectionPool] = {}
        self._tokens: dict[str, str] = {}

    def close(self) -> None:
        """Close every connection."""
        for pool in self._pools.values():
            pool.close()

    def send(self, channel: Channel, payload: bytes) -> Outcome:
        """Hand a message for one device to its push service."""
        try:
            endpoint = outside.read(channel.target)
            pool = self._pool(endpoint)
            message = webpush.encrypted(payload, bytes(channel.public), bytes(channel.auth))
        except (NotOutside, webpush.NoKey):
            return REFUSED
        except Unresolved:
            return LATER
        head = {
            "Host": endpoint.netloc,
            "Authorization": self._token(channel.target, endpoint),
            "Content-Encoding": "aes128gcm",
            "Content-Type": "application/octet-stream",
            "TTL": str(KEPT_FOR),
            "Topic": TOPIC,
            "Urgency": "normal",
            "User-Agent": "Kindline",
        }
        try:
            answer = pool.urlopen(
                "POST", endpoint.path, body=message, headers=head, redirect=False, retries=False,
                preload_content=False, assert_same_host=False,
            )  # fmt: skip
        except (HTTPError, OSError, ValueError):
            return LATER
        return self._read(answer)

    def _read(self, answer: urllib3.BaseHTTPResponse) -> Outcome:
        """Read the status and nothing of the body: with one, the connection isn't used again."""
        if answer.headers.get("Content-Length") != "0":
            answer.close()
        answer.release_conn()
        if answer.status // 100 == 2:  # noqa: PLR2004 - what went well
            return SENT
        if answer.status in {404, 410}:
            return GONE
        if answer.status == OFTEN or answer.status >= 500:  # noqa: PLR2004 - where the fault is theirs
            return LATER._replace(wait=_asked(answer.headers.get("Retry-After", ""), self.now))
        return REFUSED

    def _token(self, target: str, endpoint: Endpoint) -> str:
        origin = f"{endpoint.scheme}://{endpoint.netloc}"
        with self._lock:
            if origin not in self._tokens:
                contact = settings.URL if settings.SECURE else CONTACT
                self._tokens[origin] = webpush.authorization(self.key, target, contact, self.now)
            return self._tokens[origin]

    def _pool(self, endpoint: Endpoint) -> HTTPConnectionPool:
        """Return the connections to a service. Its name is resolved once a round, outside of the lock."""
        name = (endpoint.scheme, endpoint.host, endpoint.port)
        with self._lock:
            if name in self._pools:
                return self._pools[name]
        address = outside.resolved(endpoint)
        with self._lock:
            return self._pools.setdefault(name, _pool(endpoint, address))


def _pool(endpoint: Endpoint, address: str) -> HTTPConnectionPool:
    timeout = urllib3.Timeout(connect=CONNECT, read=READ)
    if endpoint.scheme == "http":
        plain = HTTPConnectionPool(address, endpoint.port, maxsize=AT_ONCE, timeout=timeout)
        plain.ConnectionCls = _Plain
        return plain
    # Connected by number; the certificate has to be for the name.
    pool = HTTPSConnectionPool(
        address, endpoint.port, maxsize=AT_ONCE, timeout=timeout, ssl_context=ssl.create_default_context(),
        server_hostname=endpoint.host, assert_hostname=endpoint.host,
    )  # fmt: skip
    pool.ConnectionCls = _Encrypted
    return pool


def _asked(header: str, now: datetime) -> timedelta:
    """Return how long a service asked to be left alone: seconds, or a date."""
    if header.isascii() and header.isdecimal():
        return timedelta(seconds=min(int(header[:9]), 1_000_000))
    with suppress(ValueError, TypeError):
        until = parsedate_to_datetime(header)
        return max(until.replace(tzinfo=until.tzinfo or UTC) - now, timedelta(0))
    return timedelta(0)
