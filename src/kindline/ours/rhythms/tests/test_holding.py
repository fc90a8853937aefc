"""A check-in, side by side or apart: parts, lines, an end in sight, and words that are never lost."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
import time_machine
from django.conf import settings
from django.http import HttpResponse
from django.utils import timezone

from kindline.ground.people.refusing import Refused
from kindline.ground.vault import sessions
from kindline.ground.vault.records import Changed
from kindline.ours.agreements import queries as agreements
from kindline.ours.rhythms import actions, ledger, models, queries, rules
from kindline.ours.rhythms.tests import living
from tests.house.dump import dump
from tests.people import Somebody, pair, shared_by

pytestmark = [pytest.mark.django_db, pytest.mark.storage]

NOW = datetime(2026, 3, 8, 19, 0, tzinfo=UTC)
Held = tuple[Somebody, Somebody, str]


@pytest.fixture
def clock() -> Any:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def held(clock: Any, alice: Somebody, bob: Somebody) -> Held:
    """Alice and Bob, and the address of a check-in that Alice began."""
    del clock
    pair(alice, bob)
    rhythm = living.planned(alice)
    begun = alice.client.post(f"/ours/rhythms/{rhythm}/begin/", {"form_id": str(uuid4())})
    return alice, bob, begun["Location"]


def text(response: HttpResponse) -> str:
    body = response.content.decode()
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", body[body.index("<main") :]))


def page(one: Somebody, path: str) -> str:
    return text(one.client.get(path))


def gives(one: Somebody, path: str, words: str, part: str = rules.THANKS, form_id: str = "") -> Any:
    return one.client.post(path, {"form_id": form_id or str(uuid4()), "part": part, "words": words})


def presses(one: Somebody, path: str, do: str, part: str) -> Any:
    return one.client.post(path, {"form_id": str(uuid4()), "part": part, "do": do})


def later(clock: Any, minutes: int, *people: Somebody) -> None:
    keyrings = [one.person.keyring for one in people]
    clock.move_to(NOW + timedelta(minutes=minutes))
    for one, keyring in zip(people, keyrings, strict=True):
        one.token = sessions.start(keyring, timezone.now())
        one.client.cookies[settings.SESSION_COOKIE] = one.token


def test_a_line_given_stands_on_the_others_page(held: Held) -> None:
    alice, bob, path = held
    mark = shared_by(bob).mark
    assert gives(alice, path, "For the tea.").status_code == 302
    assert "For the tea." in page(bob, path)
    assert shared_by(bob).mark != mark, "open pages look again"


def test_both_see_that_it_has_begun_and_not_by_whom(held: Held) -> None:
    alice, bob, path = held
    for where in ("/today/", "/together/", "/ours/rhythms/"):
        pages = [page(one, where) for one in (alice, bob)]
        assert all("It has begun, until 19:20 at most." in shown for shown in pages)
    shown = bob.client.get(path).content.decode()
    assert "Alice began" not in shown


def test_beginning_twice_is_one_check_in(held: Held) -> None:
    alice, bob, path = held
    rhythm = models.Rhythm.objects.get().id
    again = bob.client.post(f"/ours/rhythms/{rhythm}/begin/", {"form_id": str(uuid4())})
    assert again["Location"] == path
    assert models.CheckIn.objects.count() == 1
    assert alice.client.get(path).status_code == 200


def test_going_on_and_stopping_are_for_both(held: Held) -> None:
    alice, bob, path = held
    presses(bob, path, "on", rules.THANKS)
    assert "A minute each is plenty" in page(alice, path)
    presses(alice, path, "on", rules.THANKS)  # pressed on a page that stood still
    assert "A minute each is plenty" in page(bob, path)
    presses(alice, path, "enough", rules.WELL)
    assert "That was your check-in" in page(bob, path)
    assert "has begun" not in page(bob, "/today/")


def test_it_ends_when_it_said_whatever_was_done(held: Held, clock: Any) -> None:
    alice, bob, path = held
    assert "Until 19:20 at most" in page(bob, path)
    later(clock, 20, alice, bob)
    assert "That was your check-in" in page(bob, path)
    assert queries.running(bob.person, timezone.now()) is None


def test_the_line_somebody_is_writing_when_it_ends_is_still_taken(held: Held, clock: Any) -> None:
    alice, bob, path = held
    later(clock, 22, alice, bob)
    assert gives(alice, path, "One more thing.", rules.WISH).status_code == 302
    assert "One more thing." in page(bob, path)


def test_words_that_come_after_enough_are_shown_and_not_lost(held: Held) -> None:
    alice, bob, path = held
    presses(bob, path, "enough", rules.THANKS)
    answer = gives(alice, path, "For the tea.")
    assert answer.status_code == 409
    assert "come to its end. Your words are below; nothing is lost. Written, not given For the tea." in text(answer)
    assert "For the tea." not in page(bob, path)


def test_the_same_form_twice_is_one_line_and_other_words_are_shown_beside(held: Held) -> None:
    alice, bob, path = held
    form_id = str(uuid4())
    for _ in range(2):
        assert gives(alice, path, "For the tea.", form_id=form_id).status_code == 302
    assert page(bob, path).count("For the tea.") == 1
    answer = gives(alice, path, "For the soup.", form_id=form_id)
    assert answer.status_code == 409
    assert "For the tea." in text(answer)
    assert "For the soup." in answer.content.decode()


def test_what_one_gave_can_go_on_quietly_at_the_end(held: Held) -> None:
    alice, bob, path = held
    gives(alice, path, "Would you leave the lamp on?", rules.WISH)
    gives(alice, path, "Your mother’s key", rules.TOPIC)
    presses(bob, path, "enough", rules.THANKS)
    shown = alice.client.get(path).content.decode()
    assert "Put it as something to try" in text(alice.client.get(path))
    assert "Put it as something to try" not in page(bob, path), "a wish is its person's to go on with"
    line = re.search(r'name="line" value="([^"]*)"', shown)
    topic = re.search(r'href="(/ours/rhythms/new/\?kind=calm-talk[^"]*)"', shown)
    assert line
    assert topic
    tried = [alice.client.post(f"{path}try/", {"line": line[1]})["Location"] for _ in range(2)]
    assert tried[0] == tried[1]
    (prepared,) = agreements.in_preparation(alice.person)
    assert prepared.prepared.text.ask == "Would you leave the lamp on?"
    assert agreements.in_preparation(bob.person) == []
    assert bob.client.post(f"{path}try/", {"line": line[1]}).status_code == 409
    assert "Your mother’s key" in alice.client.get(topic[1].replace("&amp;", "&")).content.decode()


def test_a_stranger_and_somebody_alone_have_no_check_in_there(held: Held, charlie: Somebody, dana: Somebody) -> None:
    _alice, _bob, path = held
    for one in (charlie, dana):
        for answer in (one.client.get(path), gives(one, path, "Me too."), one.client.post(f"{path}try/")):
            assert answer.status_code == 404


def test_the_actions_refuse_what_the_pages_refuse(held: Held) -> None:
    alice, bob, path = held
    talk = ledger.check_in(alice.person, models.CheckIn.objects.get().id, NOW)
    act: dict[str, Any] = {"person": alice.person, "talk": talk, "part": rules.THANKS, "act_id": uuid4(), "now": NOW}
    actions.give(words="one", **act)
    with pytest.raises(Changed):
        actions.give(words="other", **act)
    presses(bob, path, "enough", rules.THANKS)
    with pytest.raises(Refused):
        actions.give(words="late", **{**act, "act_id": uuid4()})


# Side by side.


def test_side_by_side_writes_nothing_and_keeps_its_end_in_sight(clock: Any, dana: Somebody) -> None:
    del clock
    rhythm = living.planned(dana, alone=True, kind=rules.CHECK_IN)
    path = f"/ours/rhythms/{rhythm}/side-by-side/"
    before = dump()
    first = dana.client.get(path)
    assert "it ends at 19:20" in text(first)
    seen = []
    for part in (*rules.PARTS, rules.OVER):
        shown = dana.client.get(f"{path}?part={part}&until=19:20")
        seen.append(text(shown))
        assert ("Until 19:20 at most" in seen[-1]) == (part != rules.OVER)
        assert ("That’s enough for today" in seen[-1]) == (part != rules.WISH), "the last part just ends"
    assert dump() == before
    assert len(set(seen)) == 5


def test_the_last_part_has_one_way_to_its_end(held: Held) -> None:
    alice, _bob, path = held
    for part in rules.PARTS:
        does = re.findall(r'name="do" value="(\w+)"', alice.client.get(path).content.decode())
        assert does == ["on", "enough"][: 1 if part == rules.WISH else 2]
        presses(alice, path, "on", part)
    assert "That was your check-in" in page(alice, path)


@pytest.mark.parametrize("query", ["part=wish", "part=wish&until=25:99", "part=odd&until=19:20", "until=19:20"])
def test_a_strange_address_begins_from_the_start(query: str, clock: Any, dana: Somebody) -> None:
    del clock
    rhythm = living.planned(dana, alone=True, kind=rules.CHECK_IN)
    assert "it ends at 19:20" in page(dana, f"/ours/rhythms/{rhythm}/side-by-side/?{query}")


# Lines that come late, and boxes left empty.


def test_past_its_end_an_empty_box_that_was_kept_asks_for_nothing(held: Held, clock: Any) -> None:
    """Who writes a topic and wipes it out again leaves an empty box behind, to be filled by nobody after the end."""
    alice, bob, path = held
    kept = {"form_id": str(uuid4()), "page": path, "part": rules.TOPIC}
    for part in rules.PARTS:
        presses(bob, path, "on", part)
    for words, is_asked in (("", False), ("  ", False), ("Your mother’s key", True)):
        alice.client.post("/unsaved/", {**kept, "words": words})
        shown = page(alice, path)
        assert "That was your check-in" in shown
        assert ("Give it to Bob" in shown) == is_asked, "words that were written come back, an empty box does not"
    assert "Give it to Alice" not in page(bob, path)
    later(clock, 31, alice, bob)
    assert "Give it to Bob" not in page(alice, path), "then it takes no more lines"


def test_nothing_given_past_its_end_leaves_no_open_form(held: Held) -> None:
    alice, bob, path = held
    for part in rules.PARTS:
        presses(bob, path, "on", part)
    assert "Give it to Bob" not in text(gives(alice, path, " ", rules.TOPIC))


def test_whoever_gives_a_line_in_a_part_left_behind_reads_where_it_went(held: Held, clock: Any) -> None:
    alice, bob, path = held
    says = "Your line stands with the others at the end."
    gives(bob, path, "For the tea.")
    later(clock, 1, alice, bob)
    presses(alice, path, "on", rules.THANKS)
    assert says not in page(bob, path), "that one was given in time"
    later(clock, 2, alice, bob)
    gives(bob, path, "For the lamp.")
    assert says in page(bob, path)
    assert "For the lamp." not in page(alice, path)
    assert says not in page(alice, path)
    later(clock, 3, alice, bob)
    presses(alice, path, "on", rules.WELL)
    assert says not in page(bob, path), "said once is enough"
    presses(alice, path, "enough", rules.TOPIC)
    for one in (alice, bob):
        assert "For the lamp." in page(one, path)
        assert says not in page(one, path)


# Words that were written and never given.


def leaves_unsaved(one: Somebody, path: str, words: str, form_id: str) -> None:
    told = one.client.post("/unsaved/", {"form_id": form_id, "page": path, "part": rules.THANKS, "words": words})
    assert told.status_code == 302


def rhythm_of(one: Somebody, path: str) -> str:
    return f"/ours/rhythms/{ledger.check_in(one.person, UUID(path.split('/')[-2]), timezone.now()).kept.id}/"


def test_what_was_typed_and_never_given_stays_with_its_writer_and_is_found_again(held: Held, clock: Any) -> None:
    alice, bob, path = held
    leaves_unsaved(alice, path, "For the lamp.", str(uuid4()))
    presses(bob, path, "enough", rules.THANKS)
    later(clock, 60 * 24, alice, bob)
    assert "Written, not given For the lamp." in page(alice, path)
    assert "What you wrote on 8 March, and didn’t give" in page(alice, rhythm_of(alice, path))
    assert "For the lamp." not in page(bob, path)
    assert path not in bob.client.get(rhythm_of(bob, path)).content.decode(), "nothing was given"


def test_words_that_were_never_given_can_be_let_go(held: Held, clock: Any) -> None:
    alice, bob, path = held
    form_id, other = str(uuid4()), str(uuid4())
    leaves_unsaved(alice, path, "For the lamp.", form_id)
    leaves_unsaved(alice, path, "For the soup.", other)
    presses(bob, path, "enough", rules.THANKS)
    later(clock, 60, alice, bob)
    assert alice.client.post(path, {"form_id": form_id, "do": "let-go"}).status_code == 302
    shown = page(alice, path)
    assert "For the lamp." not in shown
    assert "For the soup." in shown, "the other ones stay"


@pytest.mark.parametrize("words", ["For the tea. " * 60, "For the tea."], ids=["too long", "short"])
def test_a_late_line_is_there_again_whatever_its_length(words: str, held: Held, clock: Any) -> None:
    alice, bob, path = held
    later(clock, 31, alice, bob)
    answer = gives(alice, path, words)
    assert answer.status_code == 409
    for shown in (text(answer), page(alice, path)):
        assert f"Written, not given {words.strip()}" in shown
    assert "For the tea." not in page(bob, path)


def test_words_left_in_a_space_that_was_closed_are_still_their_writers(held: Held) -> None:
    alice, bob, path = held
    leaves_unsaved(alice, path, "For the lamp.", str(uuid4()))
    living.leaves(bob)
    assert "Written, not given For the lamp." in page(alice, path)


def test_a_rhythm_leads_to_all_that_was_given_and_each_to_the_one_before(held: Held, clock: Any) -> None:
    alice, bob, first = held
    gives(alice, first, "For the tea.")
    presses(bob, first, "enough", rules.THANKS)
    rhythm = rhythm_of(alice, first)
    later(clock, 60 * 24 * 7, alice, bob)
    second = f"/ours/rhythms/check-in/{living.begun(alice, UUID(rhythm.split('/')[3]))}/"
    gives(bob, second, "For the lamp.")
    presses(alice, second, "enough", rules.THANKS)
    living.begun(bob, UUID(rhythm.split("/")[3]))
    for one in (alice, bob):
        shown = one.client.get(rhythm).content.decode()
        assert shown.index(f'href="{second}"') < shown.index(f'href="{first}"'), "while a third one is held"
        assert f'href="{first}"' in one.client.get(second).content.decode()
        assert "The one before" not in page(one, first)
