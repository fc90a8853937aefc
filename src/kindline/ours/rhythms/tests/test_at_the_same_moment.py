"""Planning, moving and beginning in the same moment, twice and in two windows: on a real server."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import timedelta
from threading import Barrier
from uuid import uuid4

import pytest
from django.utils import timezone

from tests.house.serving import HOST, Server, server
from tests.visitor import Visitor

pytestmark = [pytest.mark.storage]

NEW = "/ours/rhythms/new/"
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


def form(of: Visitor, path: str, **fields: str) -> dict[str, str | list[str]]:
    of.close()  # the server hangs up on whoever rests
    return {**of.get(path).hidden, **fields}


def at_once(sendings: list[Sending]) -> list[tuple[int, str]]:
    """Send several forms in the same moment, each over a connection of its own; return statuses and where they lead."""
    gate = Barrier(len(sendings))

    def send(of: Visitor, path: str, fields: dict[str, str | list[str]]) -> tuple[int, str]:
        with closing(of.twin()) as window:
            window.get("/help/")  # the line is there before the moment comes
            gate.wait(60)
            answer = window.post(path, fields)
            return answer.status, answer.headers.get("location", "")

    with ThreadPoolExecutor(len(sendings)) as many:
        return list(many.map(lambda one: send(*one), sendings))


def planned(of: Visitor) -> dict[str, str | list[str]]:
    when = {"often": "weekly", "weekdays": "6", "day": "2026-05-03", "clock": "19:00", "minutes": "20"}
    return form(of, NEW, kind="check-in", title="Our table", whose="us", **when)


def test_a_form_sent_twice_at_once_is_one_plan(house: Server, two: tuple[Visitor, Visitor]) -> None:
    alice, _bob = two
    before, plan = len(house.rows()["rhythms_rhythm"]), planned(alice)
    assert {status for status, _where in at_once([(alice, NEW, plan)] * 3)} == {302}
    assert len(house.rows()["rhythms_rhythm"]) == before + 1


def test_both_move_the_same_one_at_once_and_one_of_them_is_asked_again(two: tuple[Visitor, Visitor]) -> None:
    alice, bob = two
    ((_status, path),) = at_once([(alice, NEW, planned(alice))])
    today = timezone.localdate()
    sunday = today + timedelta(days=13 - today.weekday())
    days = [(alice, sunday + timedelta(days=1)), (bob, sunday + timedelta(days=2))]
    on = f"{path}move/?on={sunday}T19:00"
    forms = [(of, f"{path}move/", form(of, on, day=day.isoformat())) for of, day in days]
    answers = at_once([(of, to, {**fields, "clock": "19:00"}) for of, to, fields in forms])
    assert sorted(status for status, _where in answers) == [302, 409]


def test_both_begin_at_once_and_there_is_one_check_in(house: Server, two: tuple[Visitor, Visitor]) -> None:
    alice, bob = two
    ((_status, path),) = at_once([(alice, NEW, planned(alice))])
    before = len(house.rows()["rhythms_checkin"])
    for one in two:
        one.close()
    begun = at_once([(one, f"{path}begin/", {"form_id": str(uuid4())}) for one in (alice, bob, alice)])
    assert {status for status, _where in begun} == {302}
    assert len({where for _status, where in begun}) == 1
    assert len(house.rows()["rhythms_checkin"]) == before + 1
