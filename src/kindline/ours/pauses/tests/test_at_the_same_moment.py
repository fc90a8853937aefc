"""Stepping away, needing longer and coming back in the same moment, twice and in two windows: on a real server."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime, timedelta
from threading import Barrier
from uuid import uuid4

import pytest

from tests.house.serving import HOST, Server, server
from tests.visitor import Visitor

pytestmark = [pytest.mark.storage]

AWAY, LONGER, BACK = "/ours/pauses/away/", "/ours/pauses/longer/", "/ours/pauses/back/"
TOLD, DEVICES = "/ours/pauses/told/", "/ours/pauses/devices/"
Sending = tuple[Visitor, str, dict[str, str | list[str]]]


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with server(tmp_path_factory.mktemp("house")) as one:
        yield one


@pytest.fixture
def two(house: Server) -> Iterator[tuple[Visitor, Visitor]]:
    """Return two people who share a space."""
    one, other = (Visitor(f"http://{HOST}:{house.port}", name=f"{name} {uuid4()}").join() for name in ("Al", "Bo"))
    with closing(one), closing(other):
        one.share_with(other)
        yield one, other


def form(of: Visitor, **fields: str) -> dict[str, str | list[str]]:
    of.close()  # the server hangs up on whoever rests
    return {**of.get("/moment/").hidden, **fields}


def at_once(sendings: list[Sending]) -> list[tuple[int, str]]:
    """Send several forms in the same moment, each over a connection of its own; return statuses and where they lead."""
    gate = Barrier(len(sendings))

    def send(of: Visitor, path: str, fields: dict[str, str | list[str]]) -> tuple[int, str]:
        with closing(of.twin()) as window:
            window.get("/help/")  # the line is there before the moment comes
            gate.wait(60)
            answer = window.post(path, fields)
            return answer.status, answer.headers.get("location", "").partition("?")[0]

    with ThreadPoolExecutor(len(sendings)) as many:
        return list(many.map(lambda one: send(*one), sendings))


def test_at_once_twice_and_in_two_windows_everybody_has_one_pause(house: Server, two: tuple[Visitor, Visitor]) -> None:
    alice, bob = two
    mine, other, hers = form(bob, minutes="20"), form(bob, minutes="60"), form(alice, minutes="30")
    sent = [(bob, AWAY, mine), (bob, AWAY, mine), (bob, AWAY, other), (alice, AWAY, hers)]
    assert at_once(sent) == [(302, "/moment/pause/")] * 4
    assert len(house.rows()["pauses_pause"]) == 2

    bob.close()
    asked = bob.get(bob.get("/moment/?longer").headers["location"]).hidden
    longer: dict[str, str | list[str]] = {**asked, "minutes": "15"}
    assert at_once([(bob, LONGER, longer)] * 3) == [(302, "/moment/pause/")] * 3
    again = bob.get("/moment/?longer").headers["location"]
    assert "What " in bob.get(again).text, "one new time was given, and there is room for another"

    answers = at_once([(bob, BACK, {}), (bob, BACK, {}), (alice, BACK, {})])
    assert {status for status, _where in answers} == {302}
    assert answers[0] == answers[1]
    assert answers[0][1].endswith("/soft/")
    for one in two:
        one.close()
        assert "stepped away" not in one.get("/today/").text


def told(since: int, until: int) -> dict[str, str | list[str]]:
    """Return what a phone tells of a pause, in minutes from now."""
    now = datetime.now(UTC)
    moments = {"started_at": since, "return_at": until, "now": 0}
    return {"id": str(uuid4()), **{name: (now + timedelta(minutes=one)).isoformat() for name, one in moments.items()}}


def test_told_by_every_tab_and_begun_elsewhere_in_the_same_moment_it_is_one_pause(
    house: Server, two: tuple[Visitor, Visitor]
) -> None:
    _alice, bob = two
    bob.close()
    bob.get(DEVICES)
    assert bob.post(DEVICES, {}).status == 302
    phone = bob.twin()
    phone.cookies = {name: value for name, value in bob.cookies.items() if name != "kindline"}
    kept, elsewhere = told(-5, 60), form(bob, minutes="20")
    before = len(house.rows()["pauses_pause"])
    with closing(phone):
        phone.get("/help/")
        sent = [(phone, TOLD, kept), (phone, TOLD, kept), (bob, TOLD, kept), (bob, AWAY, elsewhere)]
        statuses = sorted(status for status, _where in at_once(sent))
        assert statuses == [204, 204, 204, 302]
        assert len(house.rows()["pauses_pause"]) == before + 1
        assert at_once([(phone, BACK, {}), (bob, BACK, {}), (phone, TOLD, kept)])[0][0] == 302
    assert len(house.rows()["pauses_pause"]) == before + 1
