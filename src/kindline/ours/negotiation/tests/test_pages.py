"""The pages of a talk, as two browsers without a script would use them."""

import re
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from kindline.ground.vault import circles, unsaved
from kindline.ground.vault.models import Circle
from kindline.ours.agreements import queries as agreements
from kindline.ours.negotiation import actions, models, queries
from kindline.ours.negotiation.tests.talking import (
    NOW,
    both_heard,
    both_opened,
    look,
    loop_agreed,
    ready,
    taps,
    up_to_taps,
)
from tests.people import Somebody, pair, shared_by

pytestmark = [pytest.mark.django_db, pytest.mark.storage]

LIST, NEW = "/ours/negotiation/", "/ours/negotiation/new/"
RANDOM = re.compile(r'value="[0-9a-f-]{36}"|name="csrfmiddlewaretoken" value="[^"]*"|nonce="[^"]*"')


def text(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", answer.content.decode())).replace("&#x27;", "'")


def page(of: Somebody, talk_id: UUID) -> Any:
    return of.client.get(reverse("negotiation:talk", args=[talk_id]))


def post(by: Somebody, talk_id: UUID, **fields: Any) -> Any:
    sent = {"form_id": str(uuid4()), **fields}
    return by.client.post(reverse("negotiation:talk", args=[talk_id]), sent)


def named(by: Somebody, topic: str = "evenings") -> UUID:
    form_id = uuid4()
    assert by.client.post(NEW, {"form_id": str(form_id), "topic": topic}).status_code == 302
    return form_id


def say_ready(by: Somebody, talk_id: UUID, need: str, **fields: Any) -> Any:
    return post(by, talk_id, kind="needs", version="0", need=need, do="ready", **fields)


@pytest.fixture
def talk_id(alice: Somebody, bob: Somebody) -> UUID:
    pair(alice, bob)
    return named(alice)


def test_two_walk_from_a_topic_to_an_agreement_without_a_script(alice: Somebody, bob: Somebody, talk_id: UUID) -> None:
    assert "Alice would like to talk about evenings" in text(page(bob, talk_id))
    assert "Alice would like to talk about: evenings" in text(bob.client.get(LIST))
    say_ready(alice, talk_id, "quiet first")
    say_ready(bob, talk_id, "a real hello", fear="not being wanted")
    assert "Open both" in text(page(alice, talk_id))
    assert "a real hello" not in text(page(alice, talk_id))
    post(alice, talk_id, do="open", of="needs")
    for who, theirs in ((alice, "a real hello"), (bob, "quiet first")):
        assert theirs in text(page(who, talk_id))
    post(alice, talk_id, kind="sense", words="that silence feels cold")
    on = page(bob, talk_id).context["their_sense"].id
    post(bob, talk_id, kind="correct", on=on, words="not cold, unclear")
    assert "not cold, unclear" in text(page(alice, talk_id))
    post(alice, talk_id, kind="sense", words="that silence feels unclear")
    post(bob, talk_id, do="right", on=page(bob, talk_id).context["their_sense"].id)
    post(bob, talk_id, kind="sense", words="that you come home full")
    post(alice, talk_id, do="right", on=page(alice, talk_id).context["their_sense"].id)
    post(bob, talk_id, kind="loop", words="I ask, you hide")
    post(alice, talk_id, do="accept", on=page(alice, talk_id).context["now"].loop.id)
    for who, words in ((alice, "half an hour"), (bob, "a hello\nat the door")):
        post(who, talk_id, kind="option", words=words)
    for who in (alice, bob):
        post(who, talk_id, do="all")
    first, second = look(alice, talk_id).options.values()
    assert (first.words, second.words) == ("half an hour", "a hello at the door")
    for who, one, other, guess in ((alice, "works", "could", second.id), (bob, "not", "works", second.id)):
        tapped = {f"tap.{first.id}": one, f"tap.{second.id}": other, "guess": str(guess), "version": "0"}
        assert post(who, talk_id, kind="taps", do="ready", **tapped).status_code == 302
    post(alice, talk_id, do="open", of="taps")
    laid = text(page(alice, talk_id))
    assert laid.index("a hello at the door") < laid.index("half an hour")
    assert "Works for Bob; you could try it." in laid
    assert "Works for you, and it’s not for Bob." in laid
    assert "You guessed what Bob likes best." in laid
    answer = post(alice, talk_id, do="agree", on=str(second.id))
    (prepared,) = agreements.in_preparation(alice.person)
    assert answer.url == reverse("agreements:prepared", args=[prepared.id])
    assert (prepared.prepared.idea, prepared.prepared.text.need) == ("a hello at the door", "quiet first")
    assert agreements.waiting_for_me(bob.person) == []
    assert post(alice, talk_id, do="agree", on=str(second.id)).url == answer.url
    assert post(alice, talk_id, do="agree", on=str(first.id)).status_code == 409


def test_what_became_an_agreement_is_found_from_the_talk_by_both(alice: Somebody, bob: Somebody) -> None:
    pair(alice, bob)
    talk_id, options = up_to_taps(alice, bob, "an hour each", "a hello first")
    for one in (alice, bob):
        taps(one, talk_id, options, "works", "could")
    for one in (alice, bob):
        actions.open_mine(person=one.person, talk_id=talk_id, of="taps", now=NOW)
    mine, same = (
        actions.write_as_agreement(person=one.person, talk_id=talk_id, option=options[0], now=timezone.now())
        for one in (alice, bob)
    )
    assert "The agreement that came of it" not in text(page(bob, talk_id)), "it is with Alice alone"
    give = {"form_id": str(uuid4()), "version": 1, "passphrase": alice.passphrase}
    answer = alice.client.post(reverse("agreements:give", args=[mine]), give)
    for one in (alice, bob):
        shown = page(one, talk_id)
        assert "The agreement that came of it" in text(shown)
        assert answer.url in shown.content.decode()
    late = {**give, "form_id": str(uuid4()), "passphrase": bob.passphrase}
    assert bob.client.post(reverse("agreements:give", args=[same]), late).url == answer.url


def test_an_agreement_leads_both_back_to_what_each_of_them_needs(alice: Somebody, bob: Somebody) -> None:
    pair(alice, bob)
    talk_id, options = up_to_taps(alice, bob, "an hour each")
    for one in (alice, bob):
        taps(one, talk_id, options, "works")
    for one in (alice, bob):
        actions.open_mine(person=one.person, talk_id=talk_id, of="taps", now=NOW)
    at = timezone.now()
    ready = actions.write_as_agreement(person=alice.person, talk_id=talk_id, option=options[0], now=at)
    give = reverse("agreements:give", args=[ready])
    assert "With it goes a way back to your talk" in text(alice.client.get(give))
    sent = {"form_id": str(uuid4()), "version": 1, "passphrase": alice.passphrase}
    there = alice.client.post(give, sent).url
    # Another wording keeps the way back.
    started = bob.client.post(f"{there}wording/").url
    form = bob.client.get(started).context["form"]
    words = {name: value for name, value in form.initial.items() if value is not None}
    give = bob.client.post(started, {**words, "ask": "an hour each, on Sundays"}).url
    found = agreements.in_preparation(bob.person)[0]
    sent = {"form_id": str(uuid4()), "version": found.version, "passphrase": bob.passphrase}
    assert bob.client.post(give, sent).url == there
    back = f"{reverse('negotiation:talk', args=[talk_id])}?needs"
    for one in (alice, bob):
        assert back in one.client.get(there).content.decode()
        needs = re.search(r"<details[^>]* open>.*?</details>", one.client.get(back).content.decode(), re.DOTALL)
        assert needs
        assert all(need in needs[0] for need in ("Alice needs quiet", "Bob needs quiet"))


def test_an_agreement_that_came_of_no_talk_leads_to_none(alice: Somebody, bob: Somebody) -> None:
    pair(alice, bob)
    words = {"form_id": str(uuid4()), "version": 0, "whose": "us", "ask": "a walk on Sundays"}
    give = alice.client.post(reverse("agreements:new"), words).url
    sent = {"form_id": str(uuid4()), "version": 1, "passphrase": alice.passphrase}
    assert "way back to your talk" not in text(alice.client.get(give))
    there = alice.client.post(give, sent).url
    assert "This came of your talk" not in text(bob.client.get(there))


def test_what_one_has_ready_changes_no_byte_of_the_others_pages(alice: Somebody, bob: Somebody, talk_id: UUID) -> None:
    def seen() -> list[str]:
        addresses = (LIST, NEW, reverse("negotiation:talk", args=[talk_id]), "/together/", "/today/")
        return [RANDOM.sub("", bob.client.get(address).content.decode()) for address in addresses]

    before, mark = seen(), Circle.objects.get().mark
    post(alice, talk_id, kind="needs", version="0", need="half an hour", do="keep")
    kept = seen()
    post(alice, talk_id, kind="needs", version="1", need="half an hour", do="ready")
    was_ready = seen()
    post(alice, talk_id, do="not-ready", of="needs")
    assert before == kept == was_ready == seen()
    assert Circle.objects.get().mark == mark
    with_taps, options = _taps_of_another_talk(alice, bob, talk_id)
    before = RANDOM.sub("", page(bob, with_taps).content.decode())
    taps(alice, with_taps, options, "works", "works", "not", guess=0)
    assert RANDOM.sub("", page(bob, with_taps).content.decode()) == before


def _taps_of_another_talk(alice: Somebody, bob: Somebody, talk_id: UUID) -> tuple[UUID, list[UUID]]:
    actions.rest(person=bob.person, talk_id=talk_id, act_id=uuid4(), now=NOW)
    return up_to_taps(alice, bob)


def test_as_many_questions_are_asked_of_the_database_whoever_is_ready(
    alice: Somebody, bob: Somebody, talk_id: UUID, django_assert_num_queries: Any
) -> None:
    with CaptureQueriesContext(connection) as before:
        page(bob, talk_id)
    ready(alice, talk_id)
    with django_assert_num_queries(len(before)):
        page(bob, talk_id)


def test_a_second_topic_is_refused_with_its_words_kept(alice: Somebody, bob: Somebody, talk_id: UUID) -> None:
    assert "One at a time is enough" in text(bob.client.get(NEW))
    answer = bob.client.post(NEW, {"form_id": str(uuid4()), "topic": "money"})
    assert answer.status_code == 409
    assert 'value="money"' in answer.content.decode()
    assert models.Talk.objects.count() == 1
    assert page(alice, talk_id).status_code == 200


def test_a_topic_too_long_is_kept_in_its_box(alice: Somebody, bob: Somebody) -> None:
    pair(alice, bob)
    answer = alice.client.post(NEW, {"form_id": str(uuid4()), "topic": "evening " * 40})
    assert answer.status_code == 422
    assert "evening evening" in answer.content.decode()
    assert "140" in text(answer)


def test_needs_too_long_are_kept_in_their_box(alice: Somebody, talk_id: UUID) -> None:
    answer = say_ready(alice, talk_id, "quiet " * 4000, fear="that I come second")
    assert answer.status_code == 422
    assert "quiet quiet" in answer.content.decode()
    assert "that I come second" in answer.content.decode()


def test_ready_without_a_need_asks_for_a_few_words(alice: Somebody, talk_id: UUID) -> None:
    answer = say_ready(alice, talk_id, " ", fear="that I come second")
    assert "A few words are enough." in text(answer)
    assert post(alice, talk_id, kind="needs", version="0", fear="that I come second", do="keep").status_code == 302
    assert "that I come second" in page(alice, talk_id).content.decode()


def test_a_form_sent_twice_is_kept_once(alice: Somebody, talk_id: UUID) -> None:
    form = {"kind": "needs", "version": "0", "need": "quiet", "do": "ready", "form_id": str(uuid4())}
    assert [post(alice, talk_id, **form).status_code for _ in range(2)] == [302, 302]
    assert models.Part.objects.count() == 1


def test_two_windows_show_both_words(alice: Somebody, talk_id: UUID) -> None:
    post(alice, talk_id, kind="needs", version="0", need="from one window", do="keep")
    met = post(alice, talk_id, kind="needs", version="0", need="from the other", do="keep")
    assert met.status_code == 409
    assert "This changed in another window." in text(met)
    assert "from one window" in text(met)
    assert ">\nfrom the other</textarea>" in met.content.decode()
    version = met.context["sheets"]["needs"].version
    assert post(alice, talk_id, kind="needs", version=version, need="from the other", do="keep").status_code == 302
    assert queries.prepared(alice.person, talk_id, "needs").part.said.need == "from the other"


def test_words_that_come_when_it_rests_already_stay_on_the_page(alice: Somebody, bob: Somebody, talk_id: UUID) -> None:
    assert post(bob, talk_id, do="rest").status_code == 302
    met = say_ready(alice, talk_id, "what I wrote meanwhile")
    assert met.status_code == 409
    assert "what I wrote meanwhile" in text(met)
    assert "It can begin anew at any time." in text(met)
    both = post(alice, talk_id, do="rest")
    assert both.status_code == 409


@pytest.mark.parametrize("kind", ["sense", "correct", "loop", "option"])
def test_words_for_a_step_that_is_over_stay_on_the_page(
    alice: Somebody, bob: Somebody, talk_id: UUID, kind: str
) -> None:
    if kind == "option":
        both_opened(alice, bob, talk_id)
        both_heard(alice, bob, talk_id)
        loop_agreed(alice, bob, talk_id)
        for who in (alice, bob):
            actions.add_option(person=who.person, talk_id=talk_id, act_id=uuid4(), words="walks", now=NOW)
        for who in (alice, bob):
            actions.say_all(person=who.person, talk_id=talk_id, act_id=uuid4(), now=NOW)
    met = post(alice, talk_id, kind=kind, words="heron at the door", on=str(uuid4()))
    assert met.status_code == 409
    assert "heron at the door" in text(met)
    assert "nothing is lost" in text(met)


def test_in_a_space_that_is_closed_words_stay_on_the_page(alice: Somebody, bob: Somebody, talk_id: UUID) -> None:
    both_opened(alice, bob, talk_id)
    circles.close(shared_by(bob), NOW, keep=False)
    met = post(alice, talk_id, kind="sense", words="heron at the door")
    assert met.status_code == 409
    assert "This shared space is closed." in text(met)
    assert "heron at the door" in text(met)
    assert "This shared space is closed." in text(page(alice, talk_id))
    assert post(alice, talk_id, do="rest").status_code == 409
    assert page(bob, talk_id).status_code == 404


def test_unsaved_words_come_back_in_their_own_form(alice: Somebody, bob: Somebody, talk_id: UUID) -> None:
    both_opened(alice, bob, talk_id)
    address, form_id = reverse("negotiation:talk", args=[talk_id]), uuid4()
    fields = {"kind": ["sense"], "words": ["half a sentence"], "form_id": [str(form_id)]}
    unsaved.keep(alice.person.keyring, form_id, address, fields, timezone.now())
    sheet = page(alice, talk_id).context["sheets"]["sense"]
    assert (sheet.form_id, sheet.form["words"].value()) == (form_id, "half a sentence")
    both_heard(alice, bob, talk_id)
    later = page(alice, talk_id)
    assert "Words you didn’t send" in text(later)
    assert "half a sentence" in text(later)
    alice.client.post(reverse("negotiation:let-go"), {"form_id": str(form_id)})
    assert "half a sentence" not in text(page(alice, talk_id))


def test_unsaved_words_of_two_forms_on_a_page_come_back_in_both(alice: Somebody, bob: Somebody, talk_id: UUID) -> None:
    both_opened(alice, bob, talk_id)
    post(bob, talk_id, kind="sense", words="you want quiet")
    address, left = reverse("negotiation:talk", args=[talk_id]), {"sense": "half a sentence", "correct": "not quiet"}
    for kind, words in left.items():
        fields = {"kind": [kind], "words": [words], "form_id": [str(uuid4())]}
        unsaved.keep(alice.person.keyring, uuid4(), address, fields, timezone.now())
    sheets = page(alice, talk_id).context["sheets"]
    assert {kind: sheets[kind].form["words"].value() for kind in left} == left
    post(bob, talk_id, do="rest")
    later = text(page(alice, talk_id))
    assert all(words in later for words in left.values())


def test_a_changed_loop_is_shown_and_not_agreed_to(alice: Somebody, bob: Somebody, talk_id: UUID) -> None:
    both_opened(alice, bob, talk_id)
    both_heard(alice, bob, talk_id)
    post(alice, talk_id, kind="loop", words="you hide")
    seen = page(bob, talk_id).context["now"].loop.id
    post(alice, talk_id, kind="loop", on=str(seen), words="we both hide")
    met = post(bob, talk_id, do="accept", on=str(seen))
    assert met.status_code == 409
    assert "we both hide" in text(met)
    assert look(bob, talk_id).step == "loop"


def test_two_loops_at_once_lose_no_words(alice: Somebody, bob: Somebody, talk_id: UUID) -> None:
    both_opened(alice, bob, talk_id)
    both_heard(alice, bob, talk_id)
    page(bob, talk_id)
    post(alice, talk_id, kind="loop", words="I reach, you go quiet")
    late = post(bob, talk_id, kind="loop", words="you hide, I knock louder")
    assert late.status_code == 409
    assert "I reach, you go quiet" in text(late)
    assert "you hide, I knock louder" in late.content.decode()
    seen = page(bob, talk_id).context["now"].loop.id
    assert post(bob, talk_id, kind="loop", on=str(seen), words="you hide, I knock louder").status_code == 302


def test_every_option_wants_one_tap_before_one_is_ready(alice: Somebody, bob: Somebody) -> None:
    pair(alice, bob)
    talk_id, (first, *_others) = up_to_taps(alice, bob)
    tapped = {f"tap.{first}": "works", f"finer.{first}": "7", "version": "0"}
    met = post(alice, talk_id, kind="taps", do="ready", **tapped)
    assert met.status_code == 422
    assert "One tap here too" in text(met)
    assert post(alice, talk_id, kind="taps", do="keep", **tapped).status_code == 302
    form = page(alice, talk_id).context["sheets"]["taps"].form
    assert (form[f"tap.{first}"].value(), form[f"finer.{first}"].value()) == ("works", 7)


@pytest.mark.parametrize("fields", [{}, {"do": "win"}, {"kind": "everything"}, {"do": "right", "on": "no id"}])
def test_what_is_no_form_of_this_page_changes_nothing(talk_id: UUID, alice: Somebody, fields: dict[str, str]) -> None:
    assert post(alice, talk_id, **fields).status_code in {409, 422}
    assert models.Act.objects.count() == 0


def test_a_stranger_finds_no_talk(alice: Somebody, charlie: Somebody, talk_id: UUID) -> None:
    address = reverse("negotiation:talk", args=[talk_id])
    for answer in (charlie.client.get(address), say_ready(charlie, talk_id, "mine")):
        assert answer.status_code == 404
    assert "evenings" not in charlie.client.get(LIST).content.decode()
    assert Client().get(address).url.startswith("/unlock/")


def test_alone_the_ways_are_one_phone_and_paper(dana: Somebody) -> None:
    shown = text(dana.client.get(LIST))
    assert "On one phone" in shown
    assert "Name a topic" not in shown
    assert "There is nobody here to talk with yet" in text(dana.client.get(NEW))
    met = dana.client.post(NEW, {"form_id": str(uuid4()), "topic": "evenings"})
    assert met.status_code == 409
    assert 'value="evenings"' in met.content.decode()


def test_the_sheet_of_paper_has_empty_lines_for_both(alice: Somebody, bob: Somebody, dana: Somebody) -> None:
    pair(alice, bob)
    assert "Bob" in text(alice.client.get("/ours/negotiation/paper/"))
    alone = dana.client.get("/ours/negotiation/paper/").content.decode()
    assert alone.count("<tr><td></td><td></td><td></td></tr>") == 12
