"""The pages of this room, as browsers see them: Alice and Bob, Charlie a stranger, Dana alone."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.utils import timezone

from kindline.ground.people.alone import found_circle
from kindline.ground.vault import circles, unsaved
from kindline.ground.vault.models import Circle
from kindline.ours.thanks import actions, models, queries
from tests.people import Somebody, pair, shared_by

pytestmark = [pytest.mark.django_db, pytest.mark.storage]

JAR, THANK, PUT_IN, TODAY = "/ours/thanks/", "/ours/thanks/thank/", "/ours/thanks/put-in/", "/today/"
TEA = "Thanks for making tea."
NOW = datetime(2026, 5, 3, 18, 20, tzinfo=UTC)


def sent(one: Somebody, text: str = TEA, **fields: Any) -> dict[str, Any]:
    circle = queries.present_circle(one.person)
    named = str(circle.circle) if circle and circle.others else ""
    return {"form_id": str(uuid4()), "circle": named, "text": text, **fields}


def text(response: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", response.content.decode()))


def steady(response: Any) -> str:
    """Return a page without what is new at each asking: tokens, and the id of a form to come."""
    return re.sub(r'(csrfmiddlewaretoken|form_id)" value="[^"]*"|nonce="[^"]*"', "", response.content.decode())


def test_thanks_arrive_in_quiet_words_and_lie_in_the_jar(alice: Somebody, bob: Somebody) -> None:
    pair(alice, bob)
    answer = alice.client.post(THANK, sent(alice), follow=True)
    assert "It’s with Bob now" in text(answer)
    for page in (JAR, TODAY):
        assert TEA in text(bob.client.get(page))
    assert TEA in text(alice.client.get(JAR))
    assert TEA not in text(alice.client.get(TODAY))


def test_after_a_day_it_is_in_the_jar_only(alice: Somebody, bob: Somebody) -> None:
    pair(alice, bob)
    yesterday = timezone.now() - timedelta(hours=24, minutes=1)
    actions.thank(person=alice.person, circle=shared_by(alice), text=TEA, form_id=uuid4(), now=yesterday)
    assert TEA not in text(bob.client.get(TODAY))
    assert TEA in text(bob.client.get(JAR))


def test_no_page_of_the_giver_tells_whether_it_was_seen_or_the_jar_is_closed(alice: Somebody, bob: Somebody) -> None:
    pair(alice, bob)
    form = sent(alice)
    alice.client.post(THANK, form)
    pages = (JAR, THANK, PUT_IN, TODAY, "/wake/", f"{JAR}{form['form_id']}/")
    before = [steady(alice.client.get(page)) for page in pages]
    bob.client.get(TODAY)
    bob.client.get(JAR)
    bob.client.post(f"{JAR}of/{shared_by(bob).circle}/close/")
    assert "Whatever comes lies in it" in text(bob.client.get(JAR))
    assert TEA not in text(bob.client.get(JAR)) + text(bob.client.get(TODAY))
    assert [steady(alice.client.get(page)) for page in pages] == before
    bob.client.post(f"{JAR}of/{shared_by(bob).circle}/open/")
    assert [steady(alice.client.get(page)) for page in pages] == before
    assert TEA in text(bob.client.get(JAR))


def test_a_second_line_on_a_day_is_kindly_refused_with_its_words_kept(alice: Somebody, bob: Somebody) -> None:
    pair(alice, bob)
    alice.client.post(THANK, sent(alice))
    assert "Tomorrow has room for another" in text(alice.client.get(THANK))
    answer = alice.client.post(THANK, sent(alice, "And for the bread."))
    assert answer.status_code == 409
    assert "And for the bread." in text(answer)
    assert "Tomorrow has room for another" in text(answer)
    assert models.Line.objects.count() == 1


def test_a_form_sent_twice_gives_one_line(alice: Somebody, bob: Somebody) -> None:
    pair(alice, bob)
    form = sent(alice)
    assert {alice.client.post(THANK, form).status_code for _ in range(2)} == {302}
    assert models.Line.objects.count() == 1
    again = alice.client.post(THANK, form | {"text": "Back, and other words."})
    assert again.status_code == 409
    assert "Back, and other words." in text(again)


@pytest.mark.parametrize("words", ["", "  \n ", "x" * 241])
def test_what_cannot_be_given_stays_on_the_page(alice: Somebody, bob: Somebody, words: str) -> None:
    pair(alice, bob)
    answer = alice.client.post(THANK, sent(alice, words))
    assert answer.status_code == 200
    assert 'class="wrong"' in answer.content.decode()
    assert words.strip() in answer.content.decode()
    assert not models.Line.objects.exists()


def test_words_for_somebody_who_left_go_nowhere_and_stay_on_the_page(alice: Somebody, bob: Somebody) -> None:
    pair(alice, bob)
    form = sent(alice)
    circles.close(shared_by(bob), timezone.now(), keep=False)
    for page in (THANK, PUT_IN):
        answer = alice.client.post(page, form)
        assert answer.status_code == 409
        assert TEA in text(answer)
        assert "nothing was given" in text(answer)
    assert not models.Line.objects.exists()


def test_what_was_begun_for_somebody_who_left_can_go_into_a_jar_of_ones_own(alice: Somebody, bob: Somebody) -> None:
    pair(alice, bob)
    form_id = uuid4()
    unsaved.keep(alice.person.keyring, form_id, THANK, {"text": [TEA]}, timezone.now())
    circles.close(shared_by(bob), timezone.now(), keep=False)
    asked = alice.client.get(THANK).content.decode()
    assert TEA in asked
    assert f'action="{PUT_IN}"' in asked
    assert f'href="{THANK}"' in alice.client.get("/today/").content.decode()
    refused = alice.client.post(THANK, {"form_id": str(form_id), "circle": str(uuid4()), "text": TEA})
    assert f'formaction="{PUT_IN}"' in refused.content.decode()
    assert alice.client.post(PUT_IN, {"form_id": str(form_id), "circle": "", "text": TEA}).status_code == 302
    assert TEA in text(alice.client.get(JAR))
    assert f'href="{THANK}"' not in alice.client.get("/today/").content.decode()
    assert alice.client.get(THANK).status_code == 302


def test_words_written_alone_never_go_into_a_jar_that_is_shared_since(alice: Somebody, bob: Somebody) -> None:
    form = sent(alice, "The heron again.")
    pair(alice, bob)
    answer = alice.client.post(PUT_IN, form)
    assert answer.status_code == 409
    assert "Bob would read this line" in text(answer)
    assert "The heron again." in text(answer)
    assert not models.Line.objects.exists()


def test_dana_has_a_jar_for_herself_and_nobody_to_thank(dana: Somebody) -> None:
    assert dana.client.get(THANK).status_code == 302
    assert dana.client.post(THANK, sent(dana)).status_code == 409
    assert "Your jar" in text(dana.client.get(JAR))
    answer = dana.client.post(PUT_IN, sent(dana, "The heron again."), follow=True)
    assert "It’s in the jar" in text(answer)
    assert "The heron again." in text(dana.client.get(JAR))


def test_charlie_finds_nothing_of_it(alice: Somebody, bob: Somebody, charlie: Somebody) -> None:
    circle = pair(alice, bob).circle
    form = sent(alice)
    alice.client.post(THANK, form)
    line_id = form["form_id"]
    for page in (f"{JAR}{line_id}/", f"{JAR}of/{circle}/"):
        assert charlie.client.get(page).status_code == 404
    for page in (f"{JAR}{line_id}/take-back/", f"{JAR}of/{circle}/close/", f"{JAR}of/{circle}/open/"):
        assert charlie.client.post(page).status_code == 404
    assert charlie.client.post(PUT_IN, sent(charlie, "Mine.", form_id=line_id)).status_code == 404
    assert TEA not in text(charlie.client.get(JAR))
    assert bob.client.get(f"{JAR}{line_id}/").status_code == 404, "the giver's own page"
    assert words(bob) == [TEA]


def words(one: Somebody) -> list[str]:
    return [line.text for line in queries.jar(one.person).lines]


def test_a_line_is_taken_back_from_its_own_page(alice: Somebody, bob: Somebody) -> None:
    pair(alice, bob)
    form = sent(alice)
    alice.client.post(THANK, form)
    own = f"{JAR}{form['form_id']}/"
    assert "Bob may have read it" in text(alice.client.get(own))
    assert alice.client.post(f"{own}take-back/").status_code == 302
    assert words(bob) == []
    assert alice.client.get(own).status_code == 404


def test_a_line_that_stays_says_so(alice: Somebody, bob: Somebody) -> None:
    pair(alice, bob)
    line_id = uuid4()
    a_week_ago = timezone.now() - timedelta(days=7)
    actions.thank(person=alice.person, circle=shared_by(alice), text=TEA, form_id=line_id, now=a_week_ago)
    assert "Take it back" not in text(alice.client.get(f"{JAR}{line_id}/"))
    answer = alice.client.post(f"{JAR}{line_id}/take-back/")
    assert answer.status_code == 409
    assert "stays there" in text(answer)


def test_words_not_given_yet_wait_on_the_page(alice: Somebody, bob: Somebody) -> None:
    pair(alice, bob)
    form_id = uuid4()
    unsaved.keep(alice.person.keyring, form_id, THANK, {"text": ["Half a li"]}, timezone.now())
    assert "Half a li" in text(alice.client.get(THANK))
    alice.client.post(THANK, sent(alice, "Half a line, whole.", form_id=str(form_id)))
    assert unsaved.waiting(alice.person.keyring, THANK) is None


def test_a_left_space_keeps_its_jar_to_read(alice: Somebody, bob: Somebody) -> None:
    pair(alice, bob)
    bob.client.post(THANK, sent(bob))
    circle = shared_by(alice)
    circles.close(circle, timezone.now(), keep=True)
    answer = alice.client.get(f"{JAR}of/{circle.circle}/")
    assert TEA in text(answer)
    assert "This shared space is closed." in text(answer)
    assert 'href="/ours/thanks/thank/"' not in answer.content.decode()


def test_ones_own_jar_is_a_link_away(alice: Somebody, bob: Somebody) -> None:
    alice.client.post(PUT_IN, sent(alice, "The heron again."))
    own = found_circle(alice.person)
    assert own is not None
    pair(alice, bob)
    assert str(own.circle) in alice.client.get(JAR).content.decode()
    assert "The heron again." in text(alice.client.get(f"{JAR}of/{own.circle}/"))
    assert str(own.circle) not in bob.client.get(JAR).content.decode()


def test_many_lines_come_a_page_at_a_time(dana: Somebody) -> None:
    for number in range(31):
        actions.put_in_the_jar(
            person=dana.person,
            circle=queries.present_circle(dana.person),
            text=f"heron {number}.",
            form_id=uuid4(),
            now=NOW + timedelta(minutes=number),
        )
    first, second = text(dana.client.get(JAR)), text(dana.client.get(f"{JAR}?page=2"))
    assert "heron 30." in first
    assert "heron 0." not in first
    assert "heron 0." in second


def test_an_open_page_watches_only_while_somebody_else_is_there(alice: Somebody, bob: Somebody, dana: Somebody) -> None:
    pair(alice, bob)
    mark: UUID = Circle.objects.get().mark
    for page in (JAR, THANK, PUT_IN, TODAY):
        assert f'data-live="{mark.hex}"' in bob.client.get(page).content.decode()
    assert "data-live" not in dana.client.get(JAR).content.decode()
