"""A topic set aside, between two: answered, moved, left to rest or let go, by either and in the same second."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
import time_machine
from django.http import Http404

from kindline.ground.people.actions import change_profile
from kindline.ground.people.refusing import Refused
from kindline.ours.pauses import actions, ledger, models, queries
from tests.people import Somebody, pair, shared_by

pytestmark = [pytest.mark.django_db, pytest.mark.storage]

NOW = datetime(2026, 5, 3, 18, 53, 20, tzinfo=UTC)
TUESDAY, WEDNESDAY = (datetime(2026, 5, day, 18, tzinfo=UTC) for day in (5, 6))
NEW, TODAY, TOGETHER, CALENDAR = "/ours/pauses/topics/new/", "/today/", "/together/", "/calendar/"


@pytest.fixture
def two(alice: Somebody, bob: Somebody) -> Any:
    with time_machine.travel(NOW, tick=False):
        for one in (alice, bob):
            change_profile(person=one.person, time_zone="UTC")
        pair(alice, bob)
        yield alice, bob


def set_aside(by: Somebody, at: datetime = TUESDAY) -> UUID:
    topic_id = uuid4()
    actions.set_aside(circle=shared_by(by), topic_id=topic_id, topic="the summer", at=at, now=NOW)
    return topic_id


def page(one: Somebody, path: str) -> str:
    answer = one.client.get(path, follow=True)
    main = answer.content.decode().partition("<main")[2].partition("</main>")[0]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", main))


def says(one: Somebody, topic_id: UUID, way: str, over: datetime = TUESDAY, **more: str) -> Any:
    sent = {"says": way, "over": over.isoformat(), **more}
    return one.client.post(f"/ours/pauses/topics/{topic_id}/", sent)


def state(one: Somebody, topic_id: UUID) -> tuple[str, datetime]:
    found = ledger.topic(shared_by(one), topic_id)
    return found.state, found.at


def test_the_other_can_say_that_it_suits_and_both_read_so(two: tuple[Somebody, Somebody]) -> None:
    alice, bob = two
    topic = set_aside(bob)
    address = f"/ours/pauses/topics/{topic}/"
    assert address in alice.client.get(TODAY).content.decode()
    assert "Bob suggests it; answer if you like" in page(alice, TODAY)
    asked = page(alice, address)
    for words in ("Bob suggests Tuesday 5 May, 18:00.", "This time suits me", "Another time", "Not now", "needn’t"):
        assert words in asked
    waits = page(bob, address)
    assert "Kindline doesn’t show whether it was seen" in waits
    assert "This time suits me" not in waits
    assert says(alice, topic, "suits")["Location"] == address
    for one in two:
        assert "It suits you both." in page(one, address)
        assert "suits you both" in page(one, TOGETHER)


def test_another_time_is_asked_back_and_the_first_one_is_gone(two: tuple[Somebody, Somebody]) -> None:
    alice, bob = two
    topic = set_aside(bob)
    says(alice, topic, "another", day="2026-05-06", at="18:00")
    assert state(bob, topic) == ("asked", WEDNESDAY)
    assert state(alice, topic) == ("theirs", WEDNESDAY)
    assert says(bob, topic, "suits", over=TUESDAY).status_code == 302, "that he said before"
    assert state(alice, topic)[0] == "theirs"
    says(bob, topic, "another", over=WEDNESDAY, day="2026-05-05", at="18:00")
    assert state(alice, topic) == ("asked", TUESDAY), "the first time can be named once more"
    late = says(alice, topic, "suits", over=WEDNESDAY + timedelta(days=1))
    assert late.status_code == 409, "what stood on an older page is not said of another time"
    assert "in this very moment" in late.content.decode()
    says(alice, topic, "suits", over=TUESDAY)
    assert state(bob, topic) == ("both", TUESDAY)


def test_not_now_rests_it_and_only_whoever_said_so_takes_it_up_again(two: tuple[Somebody, Somebody]) -> None:
    alice, bob = two
    topic = set_aside(bob)
    assert "the summer" in page(bob, CALENDAR)
    says(alice, topic, "not-now")
    shown = page(bob, f"/ours/pauses/topics/{topic}/")
    assert "Alice said: not now. It rests." in shown
    assert "Another time" not in shown, "nobody is asked again and again"
    assert "the summer" not in page(bob, CALENDAR)
    pressed = says(bob, topic, "another", day="2026-05-06", at="18:00")
    assert pressed.status_code == 409
    assert state(alice, topic) == ("i-rest", TUESDAY)
    says(alice, topic, "another", day="2026-05-06", at="18:00")
    assert state(bob, topic) == ("asked", WEDNESDAY)


def test_a_no_stands_also_where_another_time_was_named_in_the_same_second(two: tuple[Somebody, Somebody]) -> None:
    alice, bob = two
    topic = set_aside(bob)
    says(bob, topic, "another", day="2026-05-06", at="18:00")
    says(alice, topic, "not-now", over=TUESDAY)
    assert state(alice, topic)[0] == "i-rest"
    assert state(bob, topic)[0] == "they-rest"


def test_two_times_named_in_the_same_second_leave_one_and_keep_what_the_other_chose(
    two: tuple[Somebody, Somebody],
) -> None:
    alice, bob = two
    topic = set_aside(bob)
    assert says(alice, topic, "another", day="2026-05-06", at="18:00").status_code == 302
    second = says(bob, topic, "another", day="2026-05-07", at="17:30")
    assert second.status_code == 409
    assert 'value="2026-05-07"' in second.content.decode()
    assert "Alice suggests Wednesday 6 May, 18:00." in re.sub(r"<[^>]*>", "", second.content.decode())
    assert state(bob, topic) == ("asked", WEDNESDAY)


def test_the_same_form_twice_says_the_same_and_one_row_holds_it(two: tuple[Somebody, Somebody]) -> None:
    alice, bob = two
    topic = set_aside(bob)
    for _time in range(2):
        assert says(alice, topic, "another", day="2026-05-06", at="18:00").status_code == 302
    for way in ("not-now", "suits", "suits"):
        says(alice, topic, way, over=WEDNESDAY)
    assert models.TopicAnswer.objects.count() == 1
    assert state(bob, topic) == ("asked", WEDNESDAY)


def test_what_was_let_go_is_answered_by_nobody_and_says_so_warmly(
    two: tuple[Somebody, Somebody], charlie: Somebody
) -> None:
    alice, bob = two
    topic = set_aside(bob)
    says(alice, topic, "suits")
    for way in ("suits", "not-now"):
        assert says(charlie, topic, way).status_code == 404
    assert charlie.client.get(f"/ours/pauses/topics/{topic}/").status_code == 404
    bob.client.post(f"/ours/pauses/topics/{topic}/let-go/")
    gone = says(alice, topic, "another", day="2026-05-06", at="18:00")
    assert gone.status_code == 404
    assert "It isn’t here any more." in gone.content.decode()
    assert not models.TopicAnswer.objects.exists(), "what was said of it goes with it"
    with pytest.raises(Http404):
        actions.answer_topic(circle=shared_by(alice), topic_id=topic, way="suits", at=TUESDAY, over=TUESDAY, now=NOW)


@pytest.mark.parametrize("days", [-1, 0, 61])
def test_a_time_that_has_passed_or_is_months_away_is_not_named(two: tuple[Somebody, Somebody], days: int) -> None:
    alice, bob = two
    topic = set_aside(bob)
    at = NOW + timedelta(days=days)
    with pytest.raises(Refused):
        actions.answer_topic(circle=shared_by(alice), topic_id=topic, way="another", at=at, over=TUESDAY, now=NOW)


def test_what_the_other_says_waits_while_one_is_away(two: tuple[Somebody, Somebody]) -> None:
    alice, bob = two
    topic = set_aside(bob)
    actions.step_away(circle=shared_by(bob), pause_id=uuid4(), return_at=NOW + timedelta(minutes=20), now=NOW)
    later = NOW + timedelta(minutes=3)
    with time_machine.travel(later, tick=False):
        says(alice, topic, "not-now")
        alice.client.post(NEW, {"form_id": str(uuid4()), "topic": "the car", "day": "2026-05-06", "at": "18:00"})
        held = page(bob, TODAY)
        assert "you suggested it" in held
        assert "the car" not in held
        bob.client.post("/ours/pauses/back/")
        after = page(bob, TODAY)
    assert "it rests" in after
    assert "the car" in after


def test_whoever_waited_sets_a_time_too_and_their_words_are_never_lost(two: tuple[Somebody, Somebody]) -> None:
    alice, bob = two
    form_id = str(uuid4())
    sent = {"form_id": form_id, "topic": "the summer", "day": "", "at": "18:00"}
    short = alice.client.post(NEW, sent)
    assert short.status_code == 422
    assert "the summer" in short.content.decode()
    made = alice.client.post(NEW, {**sent, "day": "2026-05-05"})
    assert made["Location"] == f"/ours/pauses/topics/{form_id}/"
    assert alice.client.post(NEW, {**sent, "day": "2026-05-05"})["Location"] == made["Location"]
    other = alice.client.post(NEW, {**sent, "day": "2026-05-05", "topic": "the car"})
    assert other.status_code == 409
    assert "the car" in other.content.decode()
    assert "the summer" in page(bob, TODAY)


def test_withdrawing_ones_words_takes_ones_answers_and_leaves_the_others_topic(
    two: tuple[Somebody, Somebody],
) -> None:
    alice, bob = two
    theirs, own = set_aside(bob), set_aside(alice)
    for one, topic in ((alice, theirs), (bob, own)):
        says(one, topic, "suits")
    actions.withdraw_words(circle=shared_by(alice))
    assert [one.id for one in ledger.all_topics(shared_by(bob))] == [theirs]
    assert state(bob, theirs)[0] == "theirs"
    assert not models.TopicAnswer.objects.exists()


def test_an_answer_is_taken_along_and_one_that_was_changed_from_outside_counts_for_nothing(
    two: tuple[Somebody, Somebody],
) -> None:
    alice, bob = two
    topic = set_aside(bob)
    says(alice, topic, "suits")
    kinds = [type(document).__name__ for _circle, _row, document in queries.everything(bob.person)]
    assert kinds.count("TopicAnswer") == 1
    row = models.TopicAnswer.objects.get()
    models.TopicAnswer.objects.update(sealed=bytes(row.sealed) + b"x")
    assert state(bob, topic)[0] == "theirs"
    says(alice, topic, "not-now")
    assert state(bob, topic)[0] == "they-rest", "and can be said anew"


def test_whoever_waited_has_a_page_of_their_own_once_the_other_is_back(two: tuple[Somebody, Somebody]) -> None:
    alice, bob = two
    pause = actions.step_away(circle=shared_by(bob), pause_id=uuid4(), return_at=NOW + timedelta(minutes=20), now=NOW)
    actions.come_back(circle=shared_by(bob), now=NOW + timedelta(minutes=1))
    silent = page(alice, "/ours/pauses/")
    for words in ("Bob is back", "You needn’t be ready because Bob is.", "A moment of my own first",
                  "A time for it, later", "Write it down, for me", "leaves you afraid"):  # fmt: skip
        assert words in silent
    pause.refresh_from_db()
    aside = actions.Aside(uuid4(), "the summer", TUESDAY)
    actions.say_on_return(
        circle=shared_by(bob), pause=pause, sentence="I’d like to hear you.", way="set-aside", version=0, aside=aside,
        now=NOW,
    )  # fmt: skip
    said = page(alice, "/ours/pauses/")
    assert "I’d like to hear you." in said
    assert "A time for it, later" not in said, "one is named already, and can be answered"
    assert "Bob suggests it; answer if you like" in said
    assert "What’s good for you now" in page(alice, TODAY)
