"""The server's way in: each request hops to a worker thread once, does all its work there, and hops back.

Django's own handler hops some seventeen times and opens a database connection each time (docs/decisions/one-hop.md).
This leans on `load_middleware(is_async=False)` and `get_response_async`, so Django's minor version is pinned.
"""

import io
import os
import warnings
from collections.abc import Awaitable, Callable, Collection, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import IO, TYPE_CHECKING, Any, TypeVar
from uuid import UUID

import django
from asgiref.sync import sync_to_async
from django.conf import settings
from django.core.exceptions import RequestAborted
from django.core.handlers.asgi import ASGIHandler
from django.core.handlers.base import BaseHandler
from django.db import close_old_connections
from django.http import HttpRequest, HttpResponse, HttpResponseBase

if TYPE_CHECKING:
    from kindline.ground.people.live import Listener

Message = Mapping[str, Any]
T = TypeVar("T")

PAGES = ThreadPoolExecutor(4, "page")
# Unlocking takes its turn elsewhere, so that people who wait for it never hold up everybody else's pages.
UNLOCKING = ThreadPoolExecutor(20, "unlock")
# Nor does what open pages wait for stand in line behind pages that are asked for.
LOOKING = ThreadPoolExecutor(1, "look")
UNLOCKING_PATHS = ("/unlock/", "/join/", "/recover/", "/settings/")
SIGNING_PATHS = ("/yes/", "/same/")  # where a passphrase is typed again, in whichever room
ORDINARY = 64 * 1024  # bytes of a body that is always read
MOST_IN_ALL = 32 * 1024 * 1024  # bytes of all larger bodies at a time
# Files are counted apart, so that whoever sends some never stands in the way of somebody's words.
# One large one at a time: reading one may take ten times its size, and half a gigabyte is all that many machines have.
MOST_OF_FILES = 28 * 1024 * 1024
TOO_LARGE = "This is more than fits in one go. Nothing was kept. Please send less."


class OneHopHandler(ASGIHandler):
    """Django's handler with all synchronous work of a request in one place."""

    def __init__(self) -> None:
        BaseHandler.__init__(self)
        self.load_middleware(is_async=False)
        from kindline.ground.people import live  # noqa: PLC0415 - it needs the apps, which are ready by now

        def state(heard: Collection[UUID], sessions: Collection[str]) -> live.State:
            return _in_a_connection(lambda: live.state(heard, sessions))

        self.hub = live.Hub(sync_to_async(state, thread_sensitive=False, executor=LOOKING))

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        """Answer a request; a page that listens stays after that, with nothing kept of its request.

        Django gives each request a thread of its own for what it closes, and a stream would hold it for hours; here
        all share the one that asgiref has for that.
        """
        if scope["type"] != "http":
            raise ValueError(scope["type"])
        going = _Going(send)
        await self.handle(scope, receive, going)
        if going.listener is not None:
            scope["headers"].clear()  # the token in its cookie doesn't stay either
            await self.hub.stay(going.listener, receive)

    async def handle(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        """Answer a request; at a few addresses a whole file may come with it."""
        body = _File() if scope["path"] in settings.FILE_PATHS else _Body()
        try:
            await super().handle(scope, _Coming(receive, body), send)
        finally:
            body.let_go()

    async def get_response_async(self, request: HttpRequest) -> HttpResponseBase:
        """Answer a request on one worker thread."""
        stretches = request.path.startswith(UNLOCKING_PATHS) or request.path.endswith(SIGNING_PATHS)
        unlocks = request.method == "POST" and stretches
        hop = sync_to_async(self._answer, thread_sensitive=False, executor=UNLOCKING if unlocks else PAGES)
        return await hop(request)

    async def send_response(self, response: HttpResponseBase, send: Any) -> None:
        """Send an answer; a wake's is not over with its first mark."""
        going: _Going = send
        going.listener = self.hub.listener(response, going.send)
        if going.listener is not None:
            del response["Content-Length"]
        await super().send_response(response, send)

    def _answer(self, request: HttpRequest) -> HttpResponseBase:
        try:
            return _in_a_connection(lambda: self.get_response(request))
        finally:
            # It points back at the request: the keys on both would stay until the collector comes by.
            vars(request).pop("htmx", None)

    async def read_body(self, receive: Any) -> io.BytesIO:
        """Read a body into memory, never into a temporary file; of one that is too large nothing is kept."""
        body: _Body = receive.body
        more = True
        while more:
            message = await receive()
            if message["type"] == "http.disconnect":
                raise RequestAborted
            body.add(message.get("body", b""))
            more = message.get("more_body", False)
        return body.whole()

    def create_request(self, scope: Message, body_file: IO[bytes]) -> tuple[Any, Any]:
        """Return the request, or the answer to one whose body is too large."""
        if isinstance(body_file, _TooLarge):
            return None, HttpResponse(TOO_LARGE, status=413, content_type="text/plain; charset=utf-8")
        return super().create_request(scope, body_file)


def _in_a_connection(work: Callable[[], T]) -> T:
    """Do something with the database on a worker thread, and leave no stale connection behind."""
    close_old_connections()
    try:
        return work()
    finally:
        close_old_connections()


class _TooLarge(io.BytesIO):
    """Stands for a body that was not kept."""


class _Body:
    """A body that is still coming. Ordinary ones always fit; all larger ones together have a limit.

    Otherwise a stranger who begins many large ones and ends none would fill the memory.
    """

    in_all = 0  # bytes of larger bodies that are coming right now; touched on the event loop only
    most_in_all = MOST_IN_ALL

    def __init__(self) -> None:
        self.held = io.BytesIO()
        self.size = self.counted = 0
        self.fits = True

    def add(self, chunk: bytes) -> None:
        self.size += len(chunk)
        counted = len(chunk) if self.size > ORDINARY else 0
        kind = type(self)
        self.fits = self.fits and self.size <= self.limit() and kind.in_all + counted <= self.most_in_all
        if self.fits:
            self.held.write(chunk)
            self.counted += counted
            kind.in_all += counted
        elif self.counted or self.held.tell():
            self.held = io.BytesIO()
            self.let_go()

    def let_go(self) -> None:
        type(self).in_all -= self.counted
        self.counted = 0

    def limit(self) -> int:
        return settings.BODY_LIMIT

    def whole(self) -> io.BytesIO:
        self.let_go()
        self.held.seek(0)
        return self.held if self.fits else _TooLarge()


class _File(_Body):
    """A body with a file in it: it counts until it is answered, since reading a whole journal takes a while."""

    in_all = 0
    most_in_all = MOST_OF_FILES

    def limit(self) -> int:
        return settings.FILE_LIMIT

    def whole(self) -> io.BytesIO:
        self.held.seek(0)
        return self.held if self.fits else _TooLarge()


class _Coming:
    """What hands out the pieces of a request, with the body they belong to."""

    def __init__(self, receive: Callable[[], Awaitable[Message]], body: _Body) -> None:
        self.receive = receive
        self.body = body

    async def __call__(self) -> Message:
        return await self.receive()


class _Going:
    """What takes the pieces of an answer; those of a wake are never the last."""

    def __init__(self, send: Any) -> None:
        self.send = send
        self.listener: Listener | None = None

    async def __call__(self, message: Message) -> None:
        if self.listener is not None and message["type"] == "http.response.body":
            message = {**message, "more_body": True}
        await self.send(message)


# WhiteNoise hands out files in plain steps, which is right for files of a few kilobytes; Django warns each time.
warnings.filterwarnings("ignore", "StreamingHttpResponse must consume synchronous iterators")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kindline.settings")
django.setup(set_prefix=False)
application = OneHopHandler()
