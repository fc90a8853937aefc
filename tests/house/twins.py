"""Twin worlds: two histories that differ only in what Alice does for herself, seen through everything Bob can get.

Whatever Bob does and whatever Alice shares is the same in both. If one byte, one header, the order of two lines or
the number of questions to the database differs, Bob could learn something he was not told.
"""

import random
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from urllib.parse import urldefrag, urljoin

import time_machine
from django.db import connection, transaction
from django.http import HttpResponseBase

from tests.people import Somebody, pair, somebody
from tests.size import FULL

BEGUN = datetime(2026, 3, 2, 19, 0, tzinfo=UTC)
BETWEEN_THEM = ("/today/", "/together/", "/ours/", "/wake/", "/calendar/")  # where most of what the other does can show
ENTRANCES = ("/today/", "/together/", "/settings/", "/wake/", "/moment/", "/back/", "/takeout/", "/calendar/")
# The six words come from keys, which are chance in each world.
NOT_LOOKED_AT = ("/static/", "/exit", "/lock", "/together/compare/", "/settings/passphrase/")
PAGES = 40  # that Bob looks at in the end
NEAREST = PAGES if FULL else 20  # of them, that he looks at in between
RANDOM = re.compile(
    r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"  # ids: only truly random ones pass for one
    r"|(?<![0-9a-zA-Z])[0-9a-f]{12}4[0-9a-f]{3}[89ab][0-9a-f]{15}(?![0-9a-zA-Z])"  # the same without hyphens
    r"|(?<![0-9a-zA-Z])[0-9a-f]{64}(?![0-9a-zA-Z])|(?<![0-9a-f])[0-9a-f]{128}(?![0-9a-f])"  # tokens, signatures
    r"|(?<![\w+/=-])(?:[0-9a-zA-Z]{64}|[0-9a-zA-Z]{32})(?![\w+/=-])"  # of forms; never the beginning of what follows
    r"|(?<![\w-])[\w-]{43}(?=\.ics)"  # the secret in the address of a calendar feed
    r"|nonce[-=]\"?[\w-]{22}"
    r"|[\w+/=-]{86,}"  # signatures in base64, as files hold them
    r"|(?<=class=\"mark\">)[0-9a-f]{8}"  # the short digest of a wording
)
FEED = re.compile(r"/calendar/[\w-]{43}\.ics")
Act = Callable[[Somebody, Somebody, random.Random], object]


@dataclass
class Seen:
    """What one answer is to whoever gets it."""

    path: str
    status: int
    headers: list[tuple[str, str]]
    cookies: list[tuple[str, str, str]]
    body: str
    questions: int  # to the database


@dataclass
class Counted:
    """Counts what the database is asked."""

    questions: int = 0

    def __call__(self, ask: Callable[..., object], *question: object) -> object:
        """Count one question, and ask it."""
        self.questions += 1
        return ask(*question)


@dataclass
class World:
    """One history, and what Bob sees in it."""

    alice: Somebody = field(init=False)
    bob: Somebody = field(init=False)
    seen: list[Seen] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)

    def begin(self) -> None:
        """Let both join and share."""
        self.alice, self.bob = somebody("Alice"), somebody("Bob")
        pair(self.alice, self.bob)
        self.bob.client.post("/calendar/own/")

    def look_round(self, under: tuple[str, ...] = ("/",), pages: int = PAGES) -> None:
        """Let Bob open everything he finds under these addresses, up to so many pages."""
        waiting = [path for path in (*ENTRANCES, self.feed()) if path.startswith(under)]
        met = set(waiting)
        for path in _first(waiting, pages):
            for link in self.look(path):
                if link not in met and link.startswith(under) and not link.startswith(NOT_LOOKED_AT):
                    met.add(link)
                    waiting.append(link)

    def feed(self) -> str:
        """Return the address that Bob's calendar app fetches."""
        page = self.bob.client.get("/calendar/").content.decode()
        found = FEED.search(page)
        assert found is not None
        return found.group()

    def look(self, path: str) -> list[str]:
        """Let Bob open a page; return where its links lead."""
        asked = Counted()
        with connection.execute_wrapper(asked):
            answer = self.bob.client.get(path)
        self.seen.append(self.as_seen(path, answer, asked.questions))
        return _links(answer, path)

    def as_seen(self, path: str, answer: HttpResponseBase, questions: int) -> Seen:
        """Return an answer with everything random in it told apart, and nothing else changed."""
        body = b"".join(answer) if answer.streaming else answer.content  # type: ignore[attr-defined]
        return Seen(
            self.told_apart(path),
            answer.status_code,
            [(name, self.told_apart(value)) for name, value in answer.items()],
            [(name, one["expires"], str(one["max-age"])) for name, one in answer.cookies.items()],
            self.told_apart(body.decode("utf-8", "backslashreplace")),
            questions,
        )

    def told_apart(self, text: str) -> str:
        """Replace what is random by the order in which it first came."""
        return RANDOM.sub(lambda found: self.names.setdefault(found.group(), f"<{len(self.names)}>"), text)


def lived(
    seed: int, steps: int, shared: list[Act], private: list[Act], *, often: bool = True, pages: int = PAGES
) -> list[Seen]:
    """Return what Bob saw of a history with these shared acts, in which Alice also did some of these for herself.

    He looks round after each step, or only at the end of it all, at so many pages at most.
    """
    world = World()
    order, alone = random.Random(seed), random.Random(seed)  # noqa: S311 - the same at every run
    deck = _dealt(private, alone)
    with rolled_back(), time_machine.travel(BEGUN, tick=False) as clock:
        world.begin()
        for _ in range(steps):
            clock.shift(timedelta(minutes=order.choice((3, 5, 7))))
            _stay(world)
            clock.shift(timedelta(minutes=2))  # so that what Alice does has a time of its own
            for _ in range(alone.randrange(2, 5) if private else 0):
                next(deck)(world.alice, world.bob, alone)
            order.choice(shared)(world.alice, world.bob, order)
            if often:
                world.look_round(BETWEEN_THEM, min(pages, NEAREST))
        world.look_round(pages=pages)
    return world.seen


def _dealt(acts: list[Act], alone: random.Random) -> Iterator[Act]:
    """Yield acts in chance order, each once before any comes again, so that few steps meet them all."""
    while acts:
        yield from alone.sample(acts, len(acts))


def differences(one: list[Seen], other: list[Seen]) -> list[str]:
    """Return in which answers two histories differ, each in a short line."""
    found = [f"{len(one)} and {len(other)} answers"] if len(one) != len(other) else []
    for first, second in zip(one, other, strict=False):
        found += [
            f"{first.path}: {name}: {_where(str(getattr(first, name)), str(getattr(second, name)))}"
            for name in ("path", "status", "headers", "cookies", "body", "questions")
            if getattr(first, name) != getattr(second, name)
        ]
    return found


@contextmanager
def rolled_back() -> Iterator[None]:
    """Leave nothing behind in the database."""
    with transaction.atomic():
        try:
            yield
        finally:
            transaction.set_rollback(True)


def _stay(world: World) -> None:
    """Keep both unlocked: time passes here in steps, not in touches."""
    for one in (world.alice, world.bob):
        one.client.post("/stay/")


def _first(growing: list[str], most: int) -> Iterator[str]:
    for place in range(most):
        if place >= len(growing):
            return
        yield growing[place]


def _links(answer: HttpResponseBase, path: str) -> list[str]:
    if answer.status_code in (301, 302, 303):
        return [urljoin(path, answer["Location"])]
    if not answer.get("Content-Type", "").startswith("text/html") or answer.streaming:
        return []
    finder = _Links()
    finder.feed(answer.content.decode())  # type: ignore[attr-defined]
    return [urldefrag(urljoin(path, link)).url for link in finder.found]


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs).get("href") if tag == "a" else None
        if found:
            self.found.append(found)


def _where(one: str, other: str) -> str:
    at = next((at for at, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]), 0)
    return f"{one[max(0, at - 60) : at + 60]!r} or {other[max(0, at - 60) : at + 60]!r}"
