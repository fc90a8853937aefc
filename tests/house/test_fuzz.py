"""T17. Seeded junk in every form, address, file and in what the coach reads: no fault of ours, and nothing slow."""

import random
from collections import Counter
from contextlib import closing
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path
from time import monotonic, thread_time
from traceback import extract_tb
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from django.utils import timezone

from kindline.coach import listen
from tests.house.addresses import LISTED, REFUSED, routes
from tests.house.browsing import Answer, Pairs
from tests.house.fuzzing import NAMES, Known, Sent, all_known, of_page
from tests.house.junk import Junk
from tests.house.test_who_may_open_what import undone
from tests.house.walking import name_of
from tests.people import Somebody
from tests.serving import serving
from tests.size import FULL, chance, tell
from tests.visitor import Visitor

REQUESTS = 200_000 if FULL else 1_200
OVER_HTTP = 5_000 if FULL else 120
READINGS = 20_000 if FULL else 200  # by the coach alone
LONGEST = 2  # seconds


def fault(error: Exception) -> str:
    """Return what went wrong and where, in a line."""
    ours = [frame for frame in extract_tb(error.__traceback__) if "kindline" in frame.filename] or extract_tb(
        error.__traceback__
    )
    return f"{type(error).__name__}: {str(error)[:80]} at {Path(ours[-1].filename).name}:{ours[-1].lineno}"


@pytest.mark.django_db
@pytest.mark.storage
@pytest.mark.walks
def test_junk_in_every_form_and_address_is_no_fault_of_ours_and_never_slow(alice: Somebody) -> None:
    seed, began = chance("T17").begun_with, monotonic()
    known = all_known(alice)
    assert {one.address for one in known if one.method == "POST"}
    faults: Counter[str] = Counter()
    statuses: Counter[int] = Counter()
    first: dict[str, str] = {}
    longest = 0.0
    stranger, token = Client(), alice.client.cookies.output()
    with time_machine.travel(timezone.now(), tick=False):  # or she would lock: what moves her clock is undone
        for number in range(REQUESTS):
            drawn = random.Random(f"{seed}-{number}")  # noqa: S311
            one = known[number % len(known)]
            client = stranger if one.for_all and drawn.random() < 0.4 else alice.client
            started = thread_time()
            try:
                with undone():
                    statuses[status := Sent(client, one, Junk(drawn)).send()] += 1
                wrong = f"answered {status}" if status >= 500 else ""
            except Exception as error:  # noqa: BLE001 - whatever it is, it is what we look for
                wrong = fault(error)
            took = thread_time() - started
            longest = max(longest, took)
            wrong = wrong or (f"took {took:.1f} s" if took > LONGEST else "")
            if wrong:
                faults[wrong] += 1
                first.setdefault(wrong, f"{one.method} {one.address} (request {number} of seed {seed!r})")
            if client.cookies.output() != token:
                stranger.cookies.clear()
                alice.client.cookies.clear()
                alice.client.cookies[settings.SESSION_COOKIE] = alice.token
                token = alice.client.cookies.output()
    assert not faults, "\n".join(f"{count} × {wrong}: {first[wrong]}" for wrong, count in faults.most_common(20))
    assert statuses[200] > REQUESTS / 10, f"junk hardly got anywhere: {statuses}"
    assert statuses[401] < REQUESTS / 50, f"junk met the lock: {statuses}"
    tell(
        "T17",
        f"{REQUESTS:,} requests from {len(known)} forms and addresses, seed {seed}: 0 faults, the longest "
        f"{longest * 1000:.0f} ms of work; answers {dict(sorted(statuses.items()))} ({monotonic() - began:.0f} s)",
    )


def test_the_coach_reads_any_junk_quickly() -> None:
    seed, longest = chance("T17").begun_with, 0.0
    for number in range(READINGS):
        junk = Junk(random.Random(f"{seed}-{number}"))  # noqa: S311
        text = " ".join(junk.value() for _ in range(junk.chance.randrange(1, 30)))[:20_000]
        started = thread_time()
        listen(text)
        longest = max(longest, thread_time() - started)
        assert longest < LONGEST, f"reading {number} of seed {seed!r}"
    tell("T17, the coach", f"{READINGS:,} texts of junk, seed {seed}: 0 faults, the longest {longest * 1000:.0f} ms")


@pytest.mark.faults
def test_a_real_server_answers_junk_and_goes_on() -> None:
    seed, longest = chance("T17").begun_with, 0.0
    with serving() as server, closing(Visitor(server.url)) as alice:
        alice.join()
        entry_id = uuid4()
        alice.write("The dishes stood there again.", entry_id)
        token = dict(alice.cookies)
        known = [one for path in _paths(entry_id) for one in of_page(_OfVisitor(alice), path, for_all=False)]
        known = [one for one in known if name_of(one.address) not in {"door:lock", "door:exit"}]
        for number in range(OVER_HTTP):
            junk = Junk(random.Random(f"{seed}-{number}"))  # noqa: S311
            one = known[number % len(known)]
            before = server.worked
            try:
                status = _over_http(alice, one, junk)
            except HTTPException:
                status = 0  # hung up on: the next request has to go through
                alice.close()
            longest = max(longest, server.worked - before)
            assert status < 500, f"{status} from {one.address}: request {number} of seed {seed!r}"
            if alice.cookies != token:
                alice.cookies = dict(token)
        assert alice.get("/help/").status == 200
        assert server.stderr == "" or "Traceback" not in server.stderr
    assert longest < LONGEST * 2, f"the longest took {longest:.1f} s of work"
    tell("T17, over HTTP", f"{OVER_HTTP:,} requests to a real server: 0 faults, the longest {longest:.2f} s of work")


@dataclass
class _OfVisitor:
    """A visitor as the walks see a browser."""

    visitor: Visitor

    def ask(self, _method: str, address: str, _pairs: Pairs = ()) -> Answer:
        told = self.visitor.get(address)
        return Answer(address, told.status, list(told.headers.items()), told.text)


def _paths(entry_id: object) -> list[str]:
    plain = [route.path() for route in routes() if not route.wants and LISTED[route.name].get != REFUSED]
    things = [route for route in routes() if route.wants == ("entry_id",) and LISTED[route.name].get != REFUSED]
    return [*plain, *(route.path(entry_id=entry_id) for route in things)]


def _over_http(alice: Visitor, one: Known, junk: Junk) -> int:
    if one.method == "GET":
        return alice.get(f"{urlsplit(one.address).path}?{junk.query(NAMES)}").status
    pairs = [(name, value) for name, value in junk.pairs(one.pairs) if name != "csrfmiddlewaretoken"]
    fields: dict[str, str | list[str]] = {name: value.encode(errors="replace").decode() for name, value in pairs}
    return alice.post(one.address, fields).status
