"""Inside somebody's own pause nothing of the other arrives; afterwards all of it is there."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.utils import timezone

from kindline.front.together import actions as together
from kindline.ours.agreements.tests import living
from kindline.ours.thanks import actions as thanks
from tests.people import Somebody, pair, shared_by

pytestmark = [pytest.mark.django_db, pytest.mark.storage]
JAR, TODAY, TOGETHER = "/ours/thanks/", "/today/", "/together/"
WISH, TEA, HERON = "cook on Sundays", "Thanks for the tea.", "The heron, at six."


def page(one: Somebody, path: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", one.client.get(path, follow=True).content.decode()))


def steps_away(one: Somebody) -> None:
    assert one.client.post("/ours/pauses/away/", {"form_id": str(uuid4()), "minutes": "20"}).status_code == 302


def sends(one: Somebody) -> None:
    circle, now = shared_by(one), timezone.now()
    living.proposed(one, living.text(ask=f"Would you {WISH}?"), now)
    thanks.thank(person=one.person, circle=circle, text=TEA, form_id=uuid4(), now=now)
    thanks.put_in_the_jar(person=one.person, circle=circle, text=HERON, form_id=uuid4(), now=now)


def test_nothing_of_the_other_arrives_inside_ones_pause_and_all_of_it_after(alice: Somebody, bob: Somebody) -> None:
    pair(alice, bob)
    steps_away(bob)
    sends(alice)
    for path in (TODAY, TOGETHER, JAR, "/ours/pauses/"):
        shown = page(bob, path)
        assert not [words for words in (WISH, TEA, HERON) if words in shown], path
    assert "You said" in page(bob, TODAY)
    bob.client.post("/ours/pauses/back/")
    assert WISH in page(bob, TODAY)
    assert TEA in page(bob, TODAY)
    assert WISH in page(bob, TOGETHER)
    assert TEA in page(bob, JAR)
    assert HERON in page(bob, JAR)


def test_an_answer_is_told_on_today_for_a_day(alice: Somebody, bob: Somebody) -> None:
    pair(alice, bob)
    wished = living.proposed(alice, living.text(ask=WISH), timezone.now())
    assert f"It asks of you: C{WISH[1:]}" in page(bob, TODAY)
    living.says_yes(bob, wished, timezone.now())
    assert "Bob said yes" in page(alice, TODAY)
    assert "said yes" not in page(bob, TODAY), "it was Bob who said it"
    with time_machine.travel(timezone.now() + timedelta(hours=25), tick=False):
        assert "Bob said yes" not in page(alice, TODAY)


def test_an_answer_in_a_space_that_was_left_is_told_no_more(alice: Somebody, bob: Somebody) -> None:
    pair(alice, bob)
    living.says_yes(bob, living.proposed(alice, living.text(ask=WISH), timezone.now()), timezone.now())
    assert "Bob said yes" in page(alice, TODAY)
    together.leave(person=bob.person, circle=shared_by(bob), choice="keep", now=timezone.now())
    assert "Bob said yes" not in page(alice, TODAY)


def test_a_no_is_told_with_what_stands_all_the_same(alice: Somebody, bob: Somebody) -> None:
    pair(alice, bob)
    living.says_no(bob, living.proposed(alice, now=timezone.now()), timezone.now())
    told = page(alice, TODAY)
    assert "Bob said no to the request" in told
    assert f"What you do yourself still stands: “{living.TEXT.limit}”" in told


def test_whoever_is_stepped_back_from_reads_so_and_no_more(alice: Somebody, bob: Somebody) -> None:
    pair(alice, bob)
    agreement = living.agreed(alice, bob, now=timezone.now())
    living.steps_back(bob, agreement, timezone.now())
    assert "Bob stepped back from this" in page(alice, TODAY)
    assert "stepped back" not in page(bob, TODAY)


def test_another_wording_of_what_i_asked_asks_nothing_of_me(alice: Somebody, bob: Somebody) -> None:
    pair(alice, bob)
    agreement = living.agreed(alice, bob, living.text(ask=WISH), timezone.now())
    living.worded(bob, agreement, living.text(ask=f"{WISH}, not in May"), timezone.now())
    for path in (TODAY, TOGETHER):
        shown = page(alice, path)
        assert "Another wording, from Bob" in shown
        assert "It asks of you" not in shown
        assert shown.count(f"C{WISH[1:]}") > shown.count("not in May"), "what stands goes on and is shown"


def test_answers_wait_for_the_end_of_ones_pause(alice: Somebody, bob: Somebody) -> None:
    pair(alice, bob)
    wished = living.proposed(alice, now=timezone.now())
    steps_away(alice)
    living.says_yes(bob, wished, timezone.now())
    assert "Bob said yes" not in page(alice, TODAY)


def test_whoever_sends_sees_their_own_pages_as_always(alice: Somebody, bob: Somebody) -> None:
    pair(alice, bob)
    steps_away(bob)
    sends(alice)
    assert WISH in page(alice, TOGETHER)
    assert TEA in page(alice, JAR)
    assert HERON in page(alice, JAR)


def test_what_lay_in_the_jar_before_stays_and_so_does_what_one_gave_oneself(alice: Somebody, bob: Somebody) -> None:
    pair(alice, bob)
    sends(alice)
    steps_away(bob)
    thanks.thank(person=bob.person, circle=shared_by(bob), text="For the lift.", form_id=uuid4(), now=timezone.now())
    shown = page(bob, JAR)
    assert TEA in shown
    assert "For the lift." in shown
    assert TEA in page(bob, TODAY)
