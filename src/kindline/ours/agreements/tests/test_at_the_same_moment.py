"""T7, truly at once: two people act on one agreement in the same moment, against a real server on either database."""

import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from html import unescape
from threading import Barrier
from uuid import uuid4

import pytest

from tests.house.serving import HOST, Server, server
from tests.visitor import Answer, Visitor

pytestmark = [pytest.mark.storage]

ROUNDS = 4
NEW = "/ours/agreements/new/?for=us"
HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)"')
WRITTEN = re.compile(r'<textarea name="(\w+)"[^>]*>([^<]*)</textarea>')


@dataclass
class Pair:
    """Two people in their own browsers."""

    house: Server
    alice: Visitor
    bob: Visitor

    def proposed(self) -> str:
        """Let Alice put something to Bob; return its address."""
        fields = form(self.alice, NEW)
        prepared = self.alice.post("/ours/agreements/new/", {**fields, "ask": f"knock, please {uuid4()}"})
        give = prepared.headers["location"]
        sent = {**form(self.alice, give), "passphrase": self.alice.passphrase}
        return told(self.alice.post(give, sent))

    def worded(self, by: Visitor, there: str, ask: str) -> tuple[str, dict[str, str]]:
        """Let somebody prepare another wording; return the address and the form that give it."""
        by.close()
        prepared = told(by.post(f"{there}wording/", {}))
        give = told(by.post(prepared, {**form(by, prepared), "ask": ask}))
        return give, {**form(by, give), "passphrase": by.passphrase}

    def yes(self, by: Visitor, there: str) -> tuple[str, dict[str, str]]:
        """Return the address and the form of somebody's yes."""
        return f"{there}yes/", {**form(by, f"{there}yes/"), "passphrase": by.passphrase}

    def let_it_rest(self, there: str) -> None:
        """Let an open wish be answered with no, so that there is room for the next one."""
        for who in (self.alice, self.bob):
            page = look(who, f"{there}no/")
            if page.status == 200:
                who.post(f"{there}no/", {**hidden(page), "word": ""})

    def statements(self) -> int:
        return len(self.house.rows()["agreements_statement"])


def look(of: Visitor, path: str) -> Answer:
    """Open a page over a new line: the server hangs up on one that rested for some seconds."""
    of.close()
    return of.get(path)


def form(of: Visitor, path: str) -> dict[str, str]:
    """Return what a page's form holds."""
    return hidden(look(of, path))


def hidden(page: Answer) -> dict[str, str]:
    written = {name: words.strip() for name, words in WRITTEN.findall(page.text)}
    return {name: unescape(value) for name, value in {**written, **dict(HIDDEN.findall(page.text))}.items()}


def read(page: Answer) -> str:
    """Return a page's words as they stand now, without what was taken out of them."""
    return " ".join(re.sub(r"<[^>]+>", "", re.sub(r"<del>[^<]*</del>", "", page.text)).split())


def told(answer: Answer) -> str:
    assert answer.status == 302, (answer.status, read(answer)[:900])
    return answer.headers["location"]


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pair]:
    with server(tmp_path_factory.mktemp("house")) as house:
        url = f"http://{HOST}:{house.port}"
        alice, bob = Visitor(url, name="Alice").join(), Visitor(url, name="Bob").join()
        alice.share_with(bob)
        yield Pair(house, alice, bob)
        for one in (alice, bob):
            one.close()


def at_once(*acts: tuple[Visitor, str, dict[str, str]]) -> list[Answer]:
    """Let several forms be sent in the same moment, each over a line of its own."""
    gate = Barrier(len(acts))

    def send(who: Visitor, path: str, fields: dict[str, str]) -> Answer:
        twin = who.twin()
        gate.wait(60)
        try:
            return twin.post(path, fields)
        finally:
            twin.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        answers = [one.result() for one in [pool.submit(send, *act) for act in acts]]
    for who, _path, _fields in acts:
        who.close()
    return answers


def stands(of: Visitor, there: str) -> bool:
    """Say whether an agreement stands, as its touchstone shows."""
    return look(of, f"{there}touchstone/").status == 200


def test_one_form_sent_four_times_is_one_yes(two: Pair) -> None:
    for _ in range(ROUNDS):
        there = two.proposed()
        before, act = two.statements(), two.yes(two.bob, there)
        answers = at_once(*[(two.bob, *act)] * 4)
        assert {one.status for one in answers} == {302}
        assert two.statements() == before + 1
        assert stands(two.alice, there)


def test_one_wish_given_four_times_is_one_proposal(two: Pair) -> None:
    for _ in range(ROUNDS):
        fields = form(two.alice, NEW)
        ask = f"sing {uuid4()}"
        give = told(two.alice.post("/ours/agreements/new/", {**fields, "ask": ask}))
        before = len(two.house.rows()["agreements_version"])
        act = (two.alice, give, {**form(two.alice, give), "passphrase": two.alice.passphrase})
        answers = at_once(act, act, act, act)
        places = {told(one) for one in answers}
        assert len(places) == 1
        assert len(two.house.rows()["agreements_version"]) == before + 1
        two.let_it_rest(places.pop())


def test_a_yes_and_a_newer_wording_meet(two: Pair) -> None:
    for number in range(ROUNDS):
        there = two.proposed()
        wording = two.worded(two.alice, there, f"knock twice {number}")
        yes, given = at_once((two.bob, *two.yes(two.bob, there)), (two.alice, *wording))
        assert (yes.status, given.status) in {(302, 302), (409, 302)}
        assert stands(two.bob, there) == (yes.status == 302), "a yes holds for the words it was given to, or not at all"
        assert f"knock twice {number}".capitalize() in look(two.bob, "/ours/agreements/").text
        two.let_it_rest(there)


def test_of_two_wordings_at_once_one_is_next_and_the_other_keeps_its_words(two: Pair) -> None:
    for number in range(ROUNDS):
        there = two.proposed()
        acts = [(who, *two.worded(who, there, f"{who.name} says knock {number}")) for who in (two.alice, two.bob)]
        answers = at_once(*acts)
        places = [told(one) for one in answers]
        assert sorted("prepared" in place for place in places) == [False, True]
        for (who, _give, _fields), place in zip(acts, places, strict=True):
            assert f"{who.name} says knock {number}" in read(look(who, place))
            if "prepared" in place:
                assert "There is a newer wording by now" in look(who, place).text
                told(who.post(f"{place}delete/", {}))
        two.let_it_rest(there)


def test_a_yes_and_its_taking_back_meet(two: Pair) -> None:
    for _ in range(ROUNDS):
        there = two.proposed()
        back = (f"{there}back/", {**form(two.alice, f"{there}back/?open=1"), "do": "take-back"})
        yes, taken = at_once((two.bob, *two.yes(two.bob, there)), (two.alice, *back))
        assert sorted((yes.status, taken.status)) == [302, 409]
        assert stands(two.alice, there) == (yes.status == 302)


@pytest.mark.parametrize("acts", ["both", "one"])
def test_stepping_back_at_once_ends_it_for_both(two: Pair, acts: str) -> None:
    there = two.proposed()
    told(two.bob.post(*two.yes(two.bob, there)))
    who: list[Visitor] = [two.alice, two.bob] if acts == "both" else [two.bob, two.bob]
    meant: Callable[[Visitor], dict[str, str]] = lambda one: {**form(one, f"{there}back/"), "do": "withdraw"}  # noqa: E731
    answers = at_once(*((one, f"{there}back/", meant(one)) for one in who))
    assert 302 in {one.status for one in answers}
    assert {one.status for one in answers} <= {302, 409}
    for one in (two.alice, two.bob):
        assert not stands(one, there)
        assert "This is over." in look(one, there).text
