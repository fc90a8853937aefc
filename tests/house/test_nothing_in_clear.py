"""T4. A canary in every field of every form: then no file, row, log, header or address of a real server holds it."""

import re
from pathlib import Path

import pytest

from kindline.ground.vault.primitives import Cost
from tests.house.browsing import Answer, OverHttp
from tests.house.fields import FIELDS, PASSING, SECRET, WORDS, kind_of
from tests.house.markup import Field
from tests.house.serving import Rows, Server, server
from tests.house.test_scripts_never_run import assert_everything_was_walked_through, starts
from tests.house.traces import PLANTED, Traces
from tests.house.two import Hand, join, together
from tests.house.walking import Walk, general
from tests.house.writing import Writing

pytestmark = [pytest.mark.storage, pytest.mark.walks]

# Every canary begins with this; its first letter is left out of what is looked for, as it may be made a capital.
BIRD = "kanarienruf"
SONG = BIRD[1:]
PASSPHRASE = f"seven {BIRD} over the cold mill pond"
NAMES = f"Bea {BIRD}", f"Ben {BIRD}"  # the two who share
NEXT_PASSPHRASE = f"nine {BIRD} under the warm tin roof"


class Canaries:
    """Writes another canary into each field, and remembers which."""

    def __init__(self) -> None:
        self.where: dict[str, tuple[str, str]] = {}

    def __call__(self, address: str, one: Field) -> str:
        canary = f"{BIRD}{len(self.where):04}"
        self.where[canary] = (address, general(one.name))
        longer = f"You never listen, {canary}."
        return longer if not one.longest or one.longest > len(longer) else canary[: one.longest]


def unlock(browser: OverHttp, name: str, passphrase: str) -> None:
    """Unlock somebody's place in a browser."""
    form = next(form for form in browser.ask("GET", "/unlock/").page.forms if form.named("passphrase"))
    typed = {"name": name, "passphrase": passphrase}
    pairs = [(key, typed.get(key, value)) for key, value in form.standing()]
    assert browser.ask("POST", "/unlock/", pairs).status == 302


def test_a_walk_with_canaries_leaves_no_trace_in_clear(tmp_path: Path) -> None:
    with server(tmp_path) as house:
        browser, canaries = house.browser(), Canaries()
        code = join(browser, f"Ada {BIRD}", PASSPHRASE)
        unlock(house.browser(), f"Ada {BIRD}", PASSPHRASE)  # a second device, to be locked
        writing = Writing(canaries, f"Ada {BIRD}", PASSPHRASE, NEXT_PASSPHRASE, f"Adele {BIRD}")
        walk = Walk(browser, writing).through(starts(person=True))
        pair = [Hand(Walk(house.browser(), mine), mine) for mine in (writing_of(canaries, name) for name in NAMES)]
        join(pair[0].walk.browser, NAMES[0], PASSPHRASE)
        together(*pair, (NAMES[1], PASSPHRASE))
        each_reads_the_other(*pair)
        browsers = [browser, *(hand.walk.browser for hand in pair)]
        for hand in pair:
            walk.take_over(hand.walk)
        tokens = {value for one in browsers for got in one.answers for value in cookies(got) if len(value) == 64}
        traces = Traces([SONG, code, code.replace("-", ""), *tokens])

        no_feed_says_more_than_when(house, browsers, traces)
        every_field_is_listed(walk)
        assert_everything_was_walked_through(walk)
        every_canary_came_back(walk, canaries)
        house.back_up("backup.tar.gz")
        nothing_in_clear(house, browsers, traces)
        the_true_cost(house.rows())
        house.stop()
        nothing_in_clear(house, browsers, traces)
        a_planted_canary_is_found(house, traces)


def cookies(answer: Answer) -> list[str]:
    set_now = [value for name, value in answer.headers if name.lower() == "set-cookie"]
    given = dict(one.partition(";")[0].split("=", 1) for one in set_now)
    # Of the cookie of a device that may pause, the token is the first part; its zone and hours are no secret.
    return [value.split(".")[0] for name, value in given.items() if name in {"kindline", "kindline-pause"}]


def writing_of(canaries: "Canaries", name: str) -> Writing:
    return Writing(canaries, name, PASSPHRASE)


def each_reads_the_other(one: Hand, other: Hand) -> None:
    """What one of two wrote and gave has to stand on pages of the other; otherwise nothing was shared."""
    for reads, wrote in ((one, other), (other, one)):
        seen = "\n".join(answer.page.words for answer in reads.walk.pages if answer.status == 200)
        given = {word for words in wrote.writing.written.values() for text in words for word in text.split()}
        assert len([word for word in given if word.startswith(BIRD) and word.strip(".") in seen]) > 3


def no_feed_says_more_than_when(house: Server, browsers: list[OverHttp], traces: Traces) -> None:
    """What a calendar app is given holds what comes round, and no word of anybody."""
    told = 0
    for browser in browsers:
        for form in browser.ask("GET", "/calendar/").page.forms:
            if form.action == "/calendar/own/":  # none yet
                browser.ask("POST", form.action, form.standing())
        found = re.search(r"/calendar/[\w-]{43}\.ics", browser.ask("GET", "/calendar/").text)
        assert found is not None
        feed = house.browser().ask("GET", found.group())
        told += feed.text.count("BEGIN:VEVENT")
        assert traces.found(feed.text.encode()) == []
    assert told > 0, "nothing comes round for anybody: the feeds prove nothing"


def nothing_in_clear(house: Server, browsers: list[OverHttp], traces: Traces) -> None:
    for name, content in house.files():
        assert traces.found(content) == [], name
    for table, rows in house.rows().items():
        for row in rows:
            for cell in row:
                assert traces.found(as_bytes(cell)) == [], table
    heads = Traces([SONG])
    for answer in [answer for browser in browsers for answer in browser.answers]:
        assert heads.found(answer.address.encode()) == [], "words travel in an address"
        for name, value in answer.headers:
            assert heads.found(value.encode()) == [], f"{answer.address} {name}"


def as_bytes(cell: object) -> bytes:
    return bytes(cell) if isinstance(cell, bytes | memoryview) else str(cell).encode()


def every_field_is_listed(walk: Walk) -> None:
    unlisted = {
        f"{sent.name} {general(name)}"
        for sent in walk.sent
        if sent.name != "door:unsaved"  # carries the fields of other forms, each listed there
        for name in [*(one.name for one in sent.form.fields), *(one.name for one in sent.form.buttons if one.name)]
        if not kind_of(sent.name, general(name))
    }
    assert not unlisted, f"say in tests/house/fields.py what stands in: {sorted(unlisted)}"


def every_canary_came_back(walk: Walk, canaries: Canaries) -> None:
    """A word that nobody ever sees again was never kept, and proves nothing."""
    words = {form_of(address, name) for address, fields in FIELDS.items() for name in fields if fields[name] == WORDS}
    asked = "\n".join(answer.page.words for answer in walk.pages if answer.status == 200)
    written, back = set(), set()
    for canary, where in canaries.where.items():
        written.add(form_of(*where))
        if canary in asked:
            back.add(form_of(*where))
    told = {form_of("door:unlock", "name"), form_of("door:name", "name")}
    assert sorted(words - written - told) == [], "the walk never wrote into these fields"
    assert sorted(words & written - back) == [], "what was written into these fields was never seen again"


def form_of(address: str, name: str) -> tuple[str, str]:
    """Return a field with the first address of its form: a new thing and one changed later share theirs."""
    return next(other for other, fields in FIELDS.items() if fields is FIELDS[address]), name


def the_true_cost(rows: Rows) -> None:
    installation = rows["vault_installation"][0]
    assert Cost(*installation[-2:]) == Cost(64 * 1024 * 1024, 3)


def a_planted_canary_is_found(house: Server, traces: Traces) -> None:
    assert traces.found(b"nothing of the kind") == []
    house.run("INSERT INTO vault_throttle (bucket, tries, tried_at) VALUES (%s, 1, '2026-01-01')", f"x {BIRD}0000")
    assert any(traces.found(as_bytes(cell)) for row in house.rows()["vault_throttle"] for cell in row)
    house.back_up("another.tar.gz")
    assert [name for name, content in house.files() if "another" in name and traces.found(content)]
    if not house.database:
        assert any(traces.found(content) for name, content in house.files() if "kindline.sqlite3" in name)
    planted = house.temporary / "left-behind"
    planted.write_bytes(PLANTED["gzip of base64"](BIRD.encode()))
    assert [name for name, content in house.files() if "left-behind" in name and traces.found(content)]
    planted.unlink()


@pytest.mark.parametrize("how", PLANTED)
@pytest.mark.parametrize("before", [0, 1, 2, 7])
def test_a_planted_canary_is_found_in_every_encoding(how: str, before: int) -> None:
    assert Traces([SONG]).found(b"\x00" * before + PLANTED[how](f"{BIRD}0042".encode()))
    assert Traces(["elsewhere-entirely"]).found(PLANTED[how](f"{BIRD}0042".encode())) == []


def test_the_kinds_of_fields_are_the_ones_explained() -> None:
    assert {PASSING, SECRET, WORDS} <= {kind for fields in FIELDS.values() for kind in fields.values()}
