"""The pages of agreements, without scripts: prepare, give, answer, step back, read."""

import re
from datetime import date
from uuid import UUID, uuid4

import pytest
from django.http import HttpResponse
from django.utils import timezone

from kindline.ground.vault.circles import close
from kindline.ours.agreements import actions, models, queries
from kindline.ours.agreements.tests.living import (
    TEXT,
    agreed,
    exact,
    look,
    proposed,
    says_no,
    says_yes,
    text,
    worded,
)
from tests.house.browsing import InProcess
from tests.house.markup import Form
from tests.people import Somebody, pair, shared_by

pytestmark = [pytest.mark.django_db, pytest.mark.storage]
BASE = "/ours/agreements/"


@pytest.fixture(autouse=True)
def _together(alice: Somebody, bob: Somebody) -> None:
    pair(alice, bob)


def read(of: Somebody, address: str, status: int = 200) -> str:
    """Return a page as text with single spaces, without its marks."""
    answer = of.client.get(address)
    assert answer.status_code == status, answer.status_code
    return plain(answer)


def plain(answer: HttpResponse) -> str:
    return " ".join(re.sub(r"<[^>]+>", "", answer.content.decode()).replace("&#x27;", "’").split())


def form_of(of: Somebody, address: str, field: str) -> Form:
    """Return the form of a page that has a certain field."""
    page = InProcess(of.client).ask("GET", address).page
    return next(form for form in page.forms if form.named(field))


def fill(form: Form, **words: str) -> dict[str, str]:
    return {**dict(form.standing()), **words}


def at(agreement: UUID, step: str = "") -> str:
    return f"{BASE}{agreement}/{step}"


def test_from_a_blank_page_to_both_yeses(alice: Somebody, bob: Somebody) -> None:
    sent = fill(form_of(alice, f"{BASE}new/", "ask"), ask="keep the bills until we’ve eaten", offer="I listen first.")
    answer = alice.client.post(f"{BASE}new/", sent)
    give = answer["Location"]
    assert give.endswith("/yes/")
    assert models.Version.objects.count() == 0
    shown = read(alice, give)
    assert "keep the bills until we’ve eaten" in shown
    assert "I listen first." in shown
    answer = alice.client.post(give, fill(form_of(alice, give, "passphrase"), passphrase=alice.passphrase))
    assert answer.status_code == 302
    there = answer["Location"]
    assert "It’s with Bob now." in read(alice, there)
    assert "Kindline doesn’t show whether it was seen." in read(alice, there)
    assert "Something Alice would like to try with you" in read(bob, there)
    yes = fill(form_of(bob, f"{there}yes/", "passphrase"), passphrase=bob.passphrase, word="Gladly.")
    answer = bob.client.post(f"{there}yes/", yes)
    assert answer["Location"].endswith("?both=1")
    assert "How will you mark it?" in read(bob, answer["Location"])
    seen = read(alice, there)
    assert "You both said yes" in seen
    assert "Gladly." in seen
    assert "How will you mark it?" not in seen


def test_a_wrong_passphrase_gives_nothing_and_keeps_the_words(alice: Somebody, bob: Somebody) -> None:
    agreement = proposed(alice)
    form = form_of(bob, at(agreement, "yes/"), "passphrase")
    for wrong, status in (("not this one at all", 403), ("", 422)):
        answer = bob.client.post(at(agreement, "yes/"), fill(form, passphrase=wrong, word="With pleasure"))
        assert answer.status_code == status
        assert "With pleasure" in answer.content.decode()
    assert look(alice, agreement).standing.stands is None
    prepared_id = uuid4()
    actions.withdraw_words(circle=shared_by(alice))
    actions.prepare(person=alice.person, prepared_id=prepared_id, text=TEXT, now=timezone.now())
    form = form_of(alice, f"{BASE}prepared/{prepared_id}/yes/", "passphrase")
    answer = alice.client.post(f"{BASE}prepared/{prepared_id}/yes/", fill(form, passphrase="no, not this"))
    assert answer.status_code == 403
    assert models.Version.objects.count() == 0


def test_a_yes_to_words_that_just_changed_is_not_given_and_shows_the_difference(alice: Somebody, bob: Somebody) -> None:
    agreement = proposed(alice)
    form = form_of(bob, at(agreement, "yes/"), "passphrase")
    worded(alice, agreement, text(ask="Would you keep money and plans until we’ve slept?"))
    answer = bob.client.post(at(agreement, "yes/"), fill(form, passphrase=bob.passphrase, word="Gladly"))
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "<del>eaten</del>" in page
    assert "<ins>slept</ins>" in page
    assert "Gladly" in page
    assert look(bob, agreement).standing.state == "open"
    again = next(form for form in InProcess(bob.client).ask("POST", at(agreement, "yes/"), [("to", "")]).page.forms
                 if form.named("passphrase"))  # fmt: skip
    answer = bob.client.post(at(agreement, "yes/"), fill(again, passphrase=bob.passphrase))
    assert answer.status_code == 302
    assert look(bob, agreement).standing.stands.version.number == 2


def test_one_retyping_takes_several_yeses_shown_in_full(alice: Somebody, bob: Somebody) -> None:
    first = agreed(alice, bob, text(ask="Would you knock?"))
    worded(alice, first, text(ask="Would you knock twice?"))
    second = proposed(bob, text(ask="Would you call when you are late?"))
    worded(alice, second, text(ask="Would you call when you are very late?", limit=TEXT.limit))
    page = read(bob, f"{BASE}yes/")
    for words in ("Would you knock twice?", "Would you call when you are very late?", TEXT.limit):
        assert words in page
    found = InProcess(bob.client).ask("GET", f"{BASE}yes/").page
    form = next(form for form in found.forms if form.named("passphrase"))
    boxes = [one.value for one in form.fields if one.name == "to"]
    assert len(boxes) == 2
    pairs = [*((name, value) for name, value in form.standing() if name not in ("to", "passphrase"))]
    none = InProcess(bob.client).ask("POST", f"{BASE}yes/", [*pairs, ("passphrase", bob.passphrase)])
    assert none.status == 422
    both = [*pairs, *(("to", box) for box in boxes), ("passphrase", bob.passphrase)]
    assert InProcess(bob.client).ask("POST", f"{BASE}yes/", both).status == 302
    assert {line.id for line in queries.standing(alice.person)} == {first, second}


def test_no_with_a_word_rests_and_says_that_the_limit_still_stands(alice: Somebody, bob: Somebody) -> None:
    agreement = proposed(alice)
    form = form_of(bob, at(agreement, "no/"), "word")
    answer = bob.client.post(at(agreement, "no/"), fill(form, word="Not before the move."))
    assert answer.status_code == 302
    seen = read(alice, at(agreement))
    assert "Bob said no to the request." in seen
    assert f"What you do yourself still stands: “{TEXT.limit}”" in seen
    assert "Not before the move." in seen
    assert "Another wording" not in seen
    assert "You said no. It rests." in read(bob, at(agreement))
    assert "Yes, after all" in read(bob, at(agreement))


def test_i_need_time_until_a_day(alice: Somebody, bob: Somebody) -> None:
    agreement = proposed(alice)
    form = form_of(bob, at(agreement, "time/"), "until")
    until = date(2027, 5, 9)
    answer = bob.client.post(
        at(agreement, "time/"), fill(form, until=until.isoformat(), word="I’d like to sleep on it.")
    )
    assert answer.status_code == 302
    assert "Bob needs time, until 9 May." in read(alice, at(agreement))
    assert "You said you need time, until 9 May." in read(bob, at(agreement))
    assert "Your answer, when you’re ready" in read(bob, at(agreement))


def test_another_wording_begins_with_the_words_there_are_and_leaves_what_is_hers(
    alice: Somebody, bob: Somebody
) -> None:
    agreement = proposed(alice)
    prepared = bob.client.post(at(agreement, "wording/"))["Location"]
    form = form_of(bob, prepared, "ask")
    assert form.named("ask").value.strip() == TEXT.ask
    assert form.named("need") is None
    give = bob.client.post(prepared, fill(form, ask="Would you keep money until we’ve eaten?", plan="I breathe."))
    taken_out = re.compile("<del>[^<]*and plans[^<]*</del>")
    assert taken_out.search(bob.client.get(give["Location"]).content.decode())
    sent = fill(form_of(bob, give["Location"], "passphrase"), passphrase=bob.passphrase)
    assert bob.client.post(give["Location"], sent).status_code == 302
    page = alice.client.get(at(agreement)).content.decode()
    assert "Another wording, from Bob" in page
    assert taken_out.search(page)
    assert "I breathe." in page
    assert "Your answer, when you’re ready" in page


def test_whoever_changes_the_words_it_still_asks_the_same_person(alice: Somebody, bob: Somebody) -> None:
    agreement = proposed(alice)
    prepared = bob.client.post(at(agreement, "wording/"))["Location"]
    give = bob.client.post(prepared, fill(form_of(bob, prepared, "ask"), ask="Would you wait with money?"))["Location"]
    assert "What this asks of Bob" in read(bob, give), "as Alice will read it"
    sent = fill(form_of(bob, give, "passphrase"), passphrase=bob.passphrase)
    assert bob.client.post(give, sent).status_code == 302
    for address in (at(agreement, "yes/"), "/ours/agreements/yes/"):
        page = read(alice, address)
        assert "What this asks of Bob" in page
        assert "In Bob’s words" not in page


def test_a_wording_overtaken_by_another_keeps_its_words(alice: Somebody, bob: Somebody) -> None:
    agreement = proposed(alice)
    prepared = bob.client.post(at(agreement, "wording/"))["Location"]
    give = bob.client.post(prepared, fill(form_of(bob, prepared, "ask"), ask="Would you wait?"))["Location"]
    sent = fill(form_of(bob, give, "passphrase"), passphrase=bob.passphrase)
    worded(alice, agreement, text(ask="Would you keep still?"))
    answer = bob.client.post(give, sent)
    assert (answer.status_code, answer["Location"]) == (302, prepared)
    page = bob.client.get(prepared).content.decode()
    assert "There is a newer wording by now" in page
    assert "Would you wait?" in page
    assert bob.client.post(prepared, fill(form_of(bob, prepared, "ask"))).status_code == 302
    assert bob.client.post(give, fill(form_of(bob, give, "passphrase"), passphrase=bob.passphrase)).status_code == 302
    assert look(alice, agreement).standing.open.version.number == 3


def test_stepping_back_takes_one_press_and_no_reason(alice: Somebody, bob: Somebody) -> None:
    agreement = agreed(alice, bob)
    form = form_of(bob, at(agreement, "back/"), "exact")
    assert form.named("passphrase") is None
    assert bob.client.post(at(agreement, "back/"), fill(form, do="withdraw")).status_code == 302
    assert "This is over." in read(alice, at(agreement))
    assert alice.client.get(at(agreement, "touchstone/")).status_code == 302


def test_taking_a_wording_back_leaves_what_stands(alice: Somebody, bob: Somebody) -> None:
    agreement = agreed(alice, bob)
    worded(alice, agreement, text(ask="Would you try?"))
    form = form_of(alice, at(agreement, "back/?open=1"), "exact")
    assert alice.client.post(at(agreement, "back/"), fill(form, do="take-back")).status_code == 302
    there = look(bob, agreement).standing
    assert (there.state, there.stands.version.number) == ("taken-back", 1)


def test_who_is_asked_for_a_say_over_what_is_theirs_reads_so_alone(alice: Somebody, bob: Somebody) -> None:
    agreement = proposed(alice, text(ask="Would you share your location with me when you’re out?"))
    line = "This asks for a say over something that is yours. No is a full answer and needs no reason."
    assert line in read(bob, at(agreement))
    assert line not in read(alice, at(agreement))
    assert "would you feel free to say no" in read(bob, at(agreement))
    assert "would you feel free to say no" not in read(alice, at(agreement))


def test_the_question_that_is_only_for_me_is_in_no_form(alice: Somebody, bob: Somebody) -> None:
    agreement = proposed(alice)
    page = InProcess(bob.client).ask("GET", at(agreement)).page
    assert not [form for form in page.forms if form.named("free")]


def test_looking_changes_nothing_for_the_other(alice: Somebody, bob: Somebody) -> None:
    agreement = proposed(alice)
    prepare = text(ask="Would you mind?")

    def as_alice_sees_it() -> str:
        return re.sub(r'(nonce|value)="[^"]*"', "", alice.client.get(at(agreement)).content.decode())

    before = as_alice_sees_it()
    for step in ("", "yes/", "no/", "time/"):
        bob.client.get(at(agreement, step))
    bob.client.post(at(agreement, "wording/"))
    actions.prepare(person=bob.person, prepared_id=uuid4(), text=prepare, now=timezone.now())
    bob.client.get(BASE)
    assert as_alice_sees_it() == before


def test_the_touchstone_is_one_sentence_and_the_offer(alice: Somebody, bob: Somebody) -> None:
    agreement = agreed(alice, bob, text(note="Land first, talk after."))
    page = read(bob, at(agreement, "touchstone/"))
    assert "Land first, talk after." in page
    assert TEXT.offer in page
    assert "A reminder between two people, not a contract." in page


def test_a_stranger_finds_none_of_it(alice: Somebody, bob: Somebody, charlie: Somebody, dana: Somebody) -> None:
    agreement = agreed(alice, bob)
    for step in ("", "yes/", "no/", "time/", "back/", "touchstone/"):
        for stranger in (charlie, dana):
            assert stranger.client.get(at(agreement, step)).status_code == 404
    for step in ("yes/", "no/", "time/", "back/", "wording/"):
        assert charlie.client.post(at(agreement, step), {"form_id": uuid4()}).status_code == 404
    prepared_id = uuid4()
    actions.prepare(person=alice.person, prepared_id=prepared_id, text=TEXT, now=timezone.now())
    for step in ("", "yes/", "delete/"):
        for stranger in (bob, charlie):
            assert stranger.client.get(f"{BASE}prepared/{prepared_id}/{step}").status_code == 404
            assert stranger.client.post(f"{BASE}prepared/{prepared_id}/{step}").status_code == 404


def test_dana_does_it_alone_and_needs_no_passphrase(dana: Somebody) -> None:
    assert "An agreement with myself" in read(dana, BASE)
    form = form_of(dana, f"{BASE}new/", "limit")
    sent = fill(form, limit="I stop at ten.", need="sleep")
    answer = dana.client.post(f"{BASE}new/", sent)
    assert "Yours alone, since" in read(dana, answer["Location"])
    again = dana.client.post(f"{BASE}new/", sent)
    assert again["Location"] == answer["Location"], "the same form twice is one agreement"
    other = dana.client.post(f"{BASE}new/", {**sent, "limit": "I stop at nine."})
    assert other.status_code == 409
    assert "I stop at nine." in other.content.decode()
    assert "I stop at ten." in other.content.decode()
    agreement = queries.with_myself(dana.person)[0].id
    assert "I stop at ten." in read(dana, at(agreement, "touchstone/"))
    form = form_of(dana, at(agreement, "back/"), "exact")
    assert dana.client.post(at(agreement, "back/"), fill(form, do="withdraw")).status_code == 302
    assert "Good to have tried." in read(dana, at(agreement))


def test_an_empty_form_asks_for_one_line(alice: Somebody) -> None:
    answer = alice.client.post(f"{BASE}new/", fill(form_of(alice, f"{BASE}new/", "ask")))
    assert answer.status_code == 422
    assert "half a sentence is enough" in answer.content.decode()


def test_a_second_wish_is_refused_and_stays_prepared(alice: Somebody, bob: Somebody) -> None:
    proposed(alice)
    prepared_id = uuid4()
    actions.prepare(person=alice.person, prepared_id=prepared_id, text=text(ask="Would you cook?"), now=timezone.now())
    give = f"{BASE}prepared/{prepared_id}/yes/"
    answer = alice.client.post(give, fill(form_of(alice, give, "passphrase"), passphrase=alice.passphrase))
    assert answer.status_code == 409
    assert "One of your wishes is still open." in answer.content.decode()
    assert queries.prepared(alice.person, prepared_id).prepared.text.ask == "Would you cook?"


def test_where_somebody_left_it_reads_and_words_are_not_lost(alice: Somebody, bob: Somebody) -> None:
    agreement = proposed(alice)
    form = form_of(bob, at(agreement, "no/"), "word")
    close(shared_by(alice), timezone.now(), keep=True)
    answer = bob.client.post(at(agreement, "no/"), fill(form, word="Words I had ready."))
    assert answer.status_code == 409
    assert "This shared space is closed." in answer.content.decode()
    assert "Words I had ready." in answer.content.decode()
    assert TEXT.limit in read(bob, at(agreement))
    for step in ("yes/", "no/", "time/", "back/"):
        assert bob.client.get(at(agreement, step)).status_code == 302


def test_a_prepared_wording_of_a_closed_space_stays_with_its_author(alice: Somebody, bob: Somebody) -> None:
    prepared_id = uuid4()
    actions.prepare(person=alice.person, prepared_id=prepared_id, text=TEXT, now=timezone.now())
    close(shared_by(bob), timezone.now(), keep=False)
    page = read(alice, f"{BASE}prepared/{prepared_id}/yes/")
    assert "This shared space is closed." in page
    assert TEXT.ask in page


def test_answers_that_come_too_late_are_said_calmly(alice: Somebody, bob: Somebody) -> None:
    agreement = proposed(alice)
    no, time = (form_of(bob, at(agreement, step), "word") for step in ("no/", "time/"))
    meant = exact(alice, agreement)
    actions.take_back(person=alice.person, agreement=agreement, exact=meant, nonce=uuid4(), now=timezone.now())
    for step, form in (("no/", no), ("time/", time)):
        answer = bob.client.post(at(agreement, step), fill(form, word="Late words."))
        assert answer.status_code == 409
        assert "Late words." in answer.content.decode()


def test_a_touchstone_says_in_whose_words_it_is(alice: Somebody, bob: Somebody) -> None:
    agreement = agreed(alice, bob)
    path = f"{BASE}{agreement}/touchstone/"
    assert "In Alice’s words" in read(bob, path)
    assert "In your words" in read(alice, path)
    worded(bob, agreement, text(note="Bob hums, and Alice lands."))
    says_yes(alice, agreement)
    worded(alice, agreement, text(note="Bob hums, and Alice lands.", flex="On Sundays not at all."))
    says_yes(bob, agreement)
    assert "In Bob’s words" in read(alice, path), "whoever wrote a later wording left them as they were"


def test_the_list_has_each_in_its_place(alice: Somebody, bob: Somebody) -> None:
    agreed(alice, bob, text(ask="Would you knock?"))
    rests = proposed(alice, text(ask="Would you sing?"))
    says_no(bob, rests)
    proposed(bob, text(ask="Would you call?"))
    page = read(alice, BASE)
    for words in ("For you, when you’re ready", "You both said yes", "Resting", "Rests after a no"):
        assert words in page
    assert "On its way" in read(bob, BASE)


def test_a_long_list_has_pages(dana: Somebody) -> None:
    for number in range(32):
        actions.keep_for_me(
            person=dana.person, text=text(limit=f"stop at {number}."), nonce=uuid4(), now=timezone.now()
        )
    first, second = read(dana, BASE), read(dana, f"{BASE}?page=2")
    assert (first.count("Stop at "), second.count("Stop at ")) == (30, 2)
    assert "Older ones" in first
    assert "Newer ones" in second
    for odd in ("0", "-1", "x", "99999999999999999999", "²"):
        assert dana.client.get(BASE, {"page": odd}).status_code == 200
