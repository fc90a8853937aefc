"""Words stand from the side of whoever reads them: "I" and "you" are never the wrong way round."""

from uuid import uuid4

import pytest

from kindline.ours.agreements import actions
from kindline.ours.agreements.tests.living import NOW, TEXT, agreed, exact, proposed, says_yes, text, worded
from kindline.ours.agreements.tests.test_pages import at, fill, form_of, read
from tests.people import Somebody, pair

pytestmark = [pytest.mark.django_db, pytest.mark.storage]


@pytest.fixture(autouse=True)
def _together(alice: Somebody, bob: Somebody) -> None:
    pair(alice, bob)


def test_whoever_is_asked_words_it_anew_from_their_own_side(alice: Somebody, bob: Somebody) -> None:
    prepared = bob.client.post(at(proposed(alice), "wording/"))["Location"]
    page = read(bob, prepared)
    assert "It stays Alice’s wish: “I” in it is Alice, and “you” is you." in page
    form = bob.client.get(prepared).context["form"]
    assert [field.label for field in form.first_lines] == ["What it asks of you", "What it offers you"]
    assert [field.value() for field in form.first_lines] == [TEXT.ask, TEXT.offer]


def test_whoever_asks_words_it_anew_as_before(alice: Somebody, bob: Somebody) -> None:
    prepared = alice.client.post(at(proposed(alice), "wording/"))["Location"]
    assert "It stays" not in read(alice, prepared)
    labels = [field.label for field in alice.client.get(prepared).context["form"].first_lines]
    assert labels == ["I need", "I can’t", "What I’ll do myself", "Would you", "What I give"]


def test_what_is_given_is_shown_as_the_other_will_read_it(alice: Somebody, bob: Somebody) -> None:
    new = form_of(alice, "/ours/agreements/new/?for=us", "ask")
    give = alice.client.post("/ours/agreements/new/", fill(new, need="quiet", ask="wait", offer="tea"))["Location"]
    before = read(alice, give)
    sent = fill(form_of(alice, give, "passphrase"), passphrase=alice.passphrase)
    after = read(bob, alice.client.post(give, sent)["Location"])
    for words in ("In Alice’s words", "What this asks of you", "What is offered to you"):
        assert words in before
        assert words in after
    assert "“you” in it is Bob" in before


def test_who_took_their_own_words_back_did_not_say_no(alice: Somebody, bob: Somebody) -> None:
    agreement = proposed(alice)
    take_back = form_of(alice, at(agreement, "back/?open=1"), "exact")
    assert alice.client.post(at(agreement, "back/"), fill(take_back, do="take-back")).status_code == 302
    for one, who in ((alice, "You"), (bob, "Alice")):
        page = read(one, at(agreement))
        assert f"{who} took it back" in page
        assert "said no" not in page
    again = proposed(alice, text(need="a walk"))
    actions.say_no(person=bob.person, agreement=again, exact=exact(bob, again), nonce=uuid4(), now=NOW)
    assert "Bob said no" in read(alice, at(again))


def test_each_reads_you_for_themselves_and_the_name_for_the_other(alice: Somebody, bob: Somebody) -> None:
    of_alice, of_bob = (str(one.person.keyring.account) for one in (alice, bob))
    agreement, tea = proposed(alice, text(plan={of_alice: "I go for a walk."})), {of_bob: "I make tea."}
    worded(bob, agreement, text(plan={of_alice: "I go for a walk.", **tea}))
    says_yes(alice, agreement)
    for one, own, other in ((alice, "I go for a walk.", "Bob"), (bob, "I make tea.", "Alice")):
        page = read(one, at(agreement))
        assert "You said yes" in page
        assert f"{other} said yes" in page
        assert f"If it gets hard, you{own}" in page
        assert f"If it gets hard, {other}I " in page
    for one, newest, first in (
        (bob, "Your wording, ", "Wording by Alice, "),
        (alice, "Wording by Bob, ", "Your wording, "),
    ):
        page = read(one, at(agreement))
        assert page.index(newest) < page.index(first)


def test_who_needs_time_says_no_or_steps_back_reads_it_as_their_own(alice: Somebody, bob: Somebody) -> None:
    asked, until = proposed(alice), NOW.date().replace(day=28)
    said = {"person": bob.person, "agreement": asked, "exact": exact(bob, asked), "now": NOW}
    actions.need_time(**said, nonce=uuid4(), word="I’d like to sleep on it.", until=until)
    assert f"You need time, until {until:%-d %B}" in read(bob, at(asked))
    assert f"Bob needs time, until {until:%-d %B}" in read(alice, at(asked))
    actions.say_no(**said, nonce=uuid4(), word="")
    assert "You said no ·" in read(bob, at(asked))
    assert "Bob said no ·" in read(alice, at(asked))
    stood = agreed(bob, alice, text(ask="Would you leave the key?"))
    actions.withdraw(person=bob.person, agreement=stood, exact=exact(bob, stood), nonce=uuid4(), now=NOW)
    assert "You stepped back ·" in read(bob, at(stood))
    assert "Bob stepped back ·" in read(alice, at(stood))


def test_before_giving_what_each_does_if_it_gets_hard_stands_as_the_other_reads_it(
    alice: Somebody, bob: Somebody
) -> None:
    new = form_of(alice, "/ours/agreements/new/?for=us", "ask")
    give = alice.client.post("/ours/agreements/new/", fill(new, ask="wait", plan="I go for a walk."))["Location"]
    assert "If it gets hard, AliceI go" in read(alice, give)


def test_a_card_on_paper_names_whose_words_it_holds_for_both(alice: Somebody, bob: Somebody) -> None:
    card = at(agreed(alice, bob), "touchstone/")
    page = alice.client.get(card).content.decode()
    assert '<span class="no-print">In your words; since' in page
    assert '<span class="print-only">In Alice’s words; since' in page
    assert "print-only" not in bob.client.get(card).content.decode(), "who reads the other's name on screen, prints it"
