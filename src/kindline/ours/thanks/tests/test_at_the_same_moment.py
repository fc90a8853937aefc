"""Two people who give in the same moment both succeed, and one form sent twice is one line: on a real server."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from threading import Barrier
from uuid import uuid4

import pytest

from tests.house.serving import HOST, Server, server
from tests.visitor import Visitor

pytestmark = [pytest.mark.storage]

THANK, PUT_IN = "/ours/thanks/thank/", "/ours/thanks/put-in/"
ROUNDS = 3  # each with people of its own, since a day has room for one line
Sending = tuple[Visitor, str, dict[str, str | list[str]]]


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with server(tmp_path_factory.mktemp("house")) as one:
        yield one


@pytest.fixture
def pairs(house: Server) -> Iterator[list[tuple[Visitor, Visitor]]]:
    """Return people who share a space, two by two."""
    made = []
    for _ in range(ROUNDS):
        one, other = (Visitor(f"http://{HOST}:{house.port}", name=f"{name} {uuid4()}").join() for name in ("Al", "Bo"))
        one.share_with(other)
        made.append((one, other))
    yield made
    for two in made:
        for visitor in two:
            visitor.close()


def form(of: Visitor, path: str, text: str) -> Sending:
    of.close()  # the server hangs up on whoever rests
    return of, path, {**of.get(path).hidden, "text": text}


def at_once(sendings: list[Sending]) -> list[int]:
    """Send several forms in the same moment, each over a connection of its own; return the statuses."""
    gate = Barrier(len(sendings))

    def send(of: Visitor, path: str, fields: dict[str, str | list[str]]) -> int:
        with closing(of.twin()) as window:
            window.get("/help/")  # the line is there before the moment comes
            gate.wait(60)
            return window.post(path, fields).status

    with ThreadPoolExecutor(len(sendings)) as many:
        return list(many.map(lambda one: send(*one), sendings))


def lines(house: Server) -> int:
    return len(house.rows()["thanks_line"])


def test_both_give_at_once_and_a_form_sent_twice_is_one_line(
    house: Server, pairs: list[tuple[Visitor, Visitor]]
) -> None:
    for alice, bob in pairs:
        before, thanks = lines(house), form(alice, THANK, "Thanks for the tea.")
        sent = [thanks, thanks, form(bob, THANK, "Thanks for the lift."), form(bob, PUT_IN, "The heron again.")]
        assert at_once(sent) == [302] * 4
        assert lines(house) == before + 3
        for one in (alice, bob):
            one.close()
            jar = one.get("/ours/thanks/").text
            assert all(words in jar for words in ("Thanks for the tea.", "Thanks for the lift.", "The heron again."))


def test_of_two_windows_that_give_at_once_one_goes_first(house: Server, pairs: list[tuple[Visitor, Visitor]]) -> None:
    for alice, _bob in pairs:
        before = lines(house)
        assert sorted(at_once([form(alice, THANK, f"Thanks, {number}.") for number in range(3)])) == [302, 409, 409]
        assert lines(house) == before + 1
