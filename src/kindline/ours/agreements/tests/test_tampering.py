"""T7, in the database: whoever can write rows can spoil an agreement, and cannot make one."""

from collections.abc import Callable
from datetime import UTC, datetime
from uuid import UUID, uuid4

import msgspec
import pytest
from django.db import connection
from django.http import Http404

from kindline.ground.people.refusing import Refused
from kindline.ground.vault.records import add, opened, owned
from kindline.ours.agreements import actions, models, queries, shapes, statements
from kindline.ours.agreements.tests.living import (
    NOW,
    TEXT,
    agreed,
    look,
    proposed,
    says_no,
    says_yes,
    steps_back,
    text,
    worded,
)
from tests.people import Somebody, pair, shared_by

pytestmark = [pytest.mark.django_db, pytest.mark.storage]


@pytest.fixture(autouse=True)
def _together(alice: Somebody, bob: Somebody) -> None:
    pair(alice, bob)


def lively(alice: Somebody, bob: Somebody) -> UUID:
    """Agree on something, and then on another wording of it."""
    agreement = agreed(alice, bob)
    worded(bob, agreement, text(offer="Tea first."))
    says_yes(alice, agreement)
    return agreement


def rows(model: type[models.Act], agreement: UUID) -> list[models.Act]:
    return list(model._default_manager.filter(agreement=agreement).order_by("ordinal"))


def says_it_cannot_be_verified(of: Somebody, agreement: UUID) -> None:
    there = look(of, agreement).standing
    assert (there.state, there.stands) == ("unverified", None)
    page = of.client.get(f"/ours/agreements/{agreement}/").content.decode()
    assert ("cannot verify this agreement" if there.shown else "that cannot be read") in page
    assert there.shown is None or there.shown.version.text.ask in page
    assert there.shown is None or "/ours/agreements/new/?for=us" in page, "a way to agree anew"
    assert of.client.get(f"/ours/agreements/{agreement}/touchstone/").status_code == 302
    assert agreement not in {line.id for line in queries.waiting_for_me(of.person)}


@pytest.mark.parametrize("model", models.ACTS)
@pytest.mark.parametrize("at", [0, -1])
def test_a_flipped_byte_is_noticed_and_the_last_good_wording_shown(
    alice: Somebody, bob: Somebody, model: type[models.Act], at: int
) -> None:
    agreement = lively(alice, bob)
    row = rows(model, agreement)[at]
    row.sealed = bytes(row.sealed)[:-1] + bytes([bytes(row.sealed)[-1] ^ 1])
    row.save()
    for one in (alice, bob):
        says_it_cannot_be_verified(one, agreement)
    if model is models.Version:
        shown = look(alice, agreement).standing.shown
        assert shown.version.number == (2 if at == 0 else 1)


@pytest.mark.parametrize("model", models.ACTS)
def test_two_rows_that_changed_places_are_noticed(alice: Somebody, bob: Somebody, model: type[models.Act]) -> None:
    agreement = lively(alice, bob)
    one, other = rows(model, agreement)[:2]
    one.sealed, other.sealed = other.sealed, one.sealed
    one.save()
    other.save()
    says_it_cannot_be_verified(alice, agreement)


@pytest.mark.parametrize("model", models.ACTS)
def test_rows_given_another_order_are_noticed(alice: Somebody, bob: Somebody, model: type[models.Act]) -> None:
    agreement = lively(alice, bob)
    one, other = rows(model, agreement)[:2]
    for row, ordinal in ((one, 99), (other, 1), (one, 2)):
        row.ordinal = ordinal
        row.save()
    says_it_cannot_be_verified(alice, agreement)


@pytest.mark.parametrize("model", models.ACTS)
def test_a_row_moved_to_another_agreement_spoils_both_and_makes_none(
    alice: Somebody, bob: Somebody, model: type[models.Act]
) -> None:
    here = lively(alice, bob)
    there = proposed(bob, text(ask="Would you call?"))
    row = rows(model, here)[-1]
    row.agreement, row.ordinal = there, 2
    row.save()
    says_it_cannot_be_verified(alice, there)
    assert look(alice, here).standing.stands is None or model is models.Statement
    assert there not in {line.id for line in queries.standing(alice.person)}


def test_a_missing_row_is_noticed(alice: Somebody, bob: Somebody) -> None:
    for model in models.ACTS:
        agreement = lively(alice, bob)
        rows(model, agreement)[0].delete()
        says_it_cannot_be_verified(alice, agreement)


def test_words_that_are_gone_whole_leave_an_honest_page(alice: Somebody, bob: Somebody) -> None:
    agreement = agreed(alice, bob)
    models.Version.objects.filter(agreement=agreement).delete()
    answer = alice.client.get(f"/ours/agreements/{agreement}/")
    assert answer.status_code == 200
    assert "cannot be read" in answer.content.decode()
    assert alice.client.get("/ours/agreements/").status_code == 200


def test_a_row_of_another_circle_is_none_here(
    alice: Somebody, bob: Somebody, charlie: Somebody, dana: Somebody
) -> None:
    pair(charlie, dana)
    theirs = agreed(charlie, dana)
    models.Version.objects.filter(agreement=theirs).update(circle_id=shared_by(alice).circle)
    models.Statement.objects.filter(agreement=theirs).update(circle_id=shared_by(alice).circle)
    assert look(alice, theirs).standing.stands is None
    assert queries.standing(alice.person) == []
    page = alice.client.get(f"/ours/agreements/{theirs}/").content.decode()
    assert TEXT.ask not in page


def resealed(of: Somebody, stated: shapes.Stated, row: UUID, agreement: UUID, ordinal: int) -> None:
    """Write a statement as a member could who has the database in their hands: they hold the circle's key."""
    add(models.Statement, shared_by(of), stated, row, agreement=agreement, ordinal=ordinal)


def told(of: Somebody, agreement: UUID, at: int) -> shapes.Stated:
    circle = shared_by(of)
    row = owned(models.Statement, circle).filter(agreement=agreement).order_by("ordinal")[at]
    return opened(row, circle, shapes.Stated)


def test_whoever_runs_the_server_cannot_give_the_others_yes(alice: Somebody, bob: Somebody) -> None:
    """Alice holds the circle's key and the database. Bob's yes takes Bob's key."""
    agreement = proposed(alice)
    mine = msgspec.json.decode(told(alice, agreement, 0).exact, type=shapes.Statement)
    theirs = shared_by(alice).others[0]
    nonce = uuid4()
    forged = msgspec.structs.replace(
        mine, person=theirs.account, key=theirs.signing.hex(), turn=2, previous="", nonce=nonce
    )
    seed = alice.person.keyring.secrets.signing_seed
    resealed(alice, statements.stated(seed, forged), nonce, agreement, 2)
    for one in (alice, bob):
        says_it_cannot_be_verified(one, agreement)


@pytest.mark.parametrize(
    "changes",
    [{"need": "Bob to decide about money"}, {"limit": "I tell Bob where I am."}, {"plan": "I give in."}],
    ids=["need", "limit", "plan"],
)
def test_another_wording_that_changes_what_is_the_others_own_is_offered_to_nobody(
    alice: Somebody, bob: Somebody, changes: dict[str, str]
) -> None:
    """The form refuses it. Bob writes it into the database, signs it, and it reads as Alice's own words."""
    agreement, circle = proposed(alice), shared_by(bob)
    before = look(bob, agreement).facts.versions[0].digest
    words = {"plan": {str(alice.person.id): changes["plan"]}} if "plan" in changes else changes
    where = {"circle": circle.circle, "agreement": agreement}
    wording = statements.written(**where, number=2, author=circle.me, before=before, text=text(**words), now=NOW)
    add(models.Version, circle, wording, uuid4(), agreement=agreement, ordinal=2)
    seed, nonce = circle.keyring.secrets.signing_seed, uuid4()
    first = msgspec.json.decode(told(bob, agreement, 0).exact, type=shapes.Statement)
    said = msgspec.structs.replace(
        first,
        version=2,
        exact=statements.digest_of(wording.exact),
        turn=2,
        person=circle.me,
        key=statements.public_key(seed),
        nonce=nonce,
    )
    resealed(bob, statements.stated(seed, said), nonce, agreement, 2)
    for one in (alice, bob):
        says_it_cannot_be_verified(one, agreement)
    assert alice.client.get(f"/ours/agreements/{agreement}/yes/").status_code == 302


def test_an_old_yes_is_not_good_for_new_words(alice: Somebody, bob: Somebody) -> None:
    agreement = agreed(alice, bob)
    yes = told(alice, agreement, 1)
    worded(alice, agreement, text(ask="Would you keep still?"))
    resealed(alice, yes, uuid4(), agreement, 4)
    says_it_cannot_be_verified(bob, agreement)


MISSING = "Something you did here is missing now."


def says_that_something_is_missing(of: Somebody, agreement: UUID) -> None:
    """Check every place where it would stand."""
    page = of.client.get(f"/ours/agreements/{agreement}/").content.decode()
    assert MISSING in page
    assert "You both said yes" not in page
    assert f'href="/ours/agreements/{agreement}/back/">Step back once more' in page
    for step in ("touchstone/", "page/"):
        assert of.client.get(f"/ours/agreements/{agreement}/{step}").status_code == 302
    shown = queries.overview(of.person)
    assert [line.id for line in shown.unverified] == [agreement]
    assert shown.in_force == []
    assert str(agreement) not in of.client.get("/today/").content.decode()
    [paper] = queries.readable(of.person)
    assert ("", "Kindline cannot verify this; it binds nobody now.") in paper.parts


@pytest.mark.parametrize("with_pins", [False, True])
def test_a_withdrawal_taken_out_of_the_database_lets_nothing_stand_again(
    alice: Somebody, bob: Somebody, *, with_pins: bool
) -> None:
    """Whose a pin is stands in the clear, so whoever takes the withdrawal away may take that away as well."""
    agreement = agreed(alice, bob)
    steps_back(bob, agreement)
    models.Statement.objects.filter(agreement=agreement, ordinal=3).delete()
    if with_pins:
        models.Pin.objects.filter(owner_id=bob.person.id).delete()
    says_that_something_is_missing(bob, agreement)
    # New keys do not make peace with it.
    actions.pin_everything(person=bob.person, now=NOW)
    says_that_something_is_missing(bob, agreement)
    # What was missing can be said again, and then it is over for both.
    assert bob.client.get(f"/ours/agreements/{agreement}/back/").status_code == 200
    steps_back(bob, agreement)
    assert MISSING not in bob.client.get(f"/ours/agreements/{agreement}/").content.decode()
    for one in (alice, bob):
        assert look(one, agreement).standing.state == "ended"
        assert queries.overview(one.person).unverified == []


def test_a_no_taken_out_of_the_database_is_missed_in_the_list_too(alice: Somebody, bob: Somebody) -> None:
    agreement = proposed(alice)
    says_no(bob, agreement)
    models.Statement.objects.filter(agreement=agreement, ordinal=2).delete()
    shown = queries.overview(bob.person)
    assert ([line.id for line in shown.unverified], shown.for_you) == ([agreement], [])
    assert MISSING in bob.client.get(f"/ours/agreements/{agreement}/").content.decode()


def test_nothing_is_missed_where_all_is_there(alice: Somebody, bob: Somebody) -> None:
    """Whatever the last word was, and whoever said it."""
    lively(alice, bob)
    says_no(alice, proposed(bob, text(ask="Would you call?")))
    steps_back(alice, agreed(alice, bob, text(ask="Would you cook?")))
    worded(bob, agreed(alice, bob), text(offer="Coffee."))
    for one in (alice, bob):
        actions.pin_everything(person=one.person, now=NOW)
        assert queries.overview(one.person).unverified == []
        for agreement in set(models.Version.objects.values_list("agreement", flat=True)):
            assert not queries.is_older(look(one, agreement))


def test_an_older_database_put_back_is_noticed_and_said_calmly(alice: Somebody, bob: Somebody) -> None:
    agreement = agreed(alice, bob)
    older = {model: list(model._default_manager.all().values()) for model in models.ACTS}
    worded(bob, agreement, text(offer="Tea first."))
    says_yes(alice, agreement)
    for model, kept in older.items():
        model._default_manager.all().delete()
        model._default_manager.bulk_create(model(**row) for row in kept)
    for one in (alice, bob):
        assert queries.is_older(queries.agreement(one.person, agreement))
        page = one.client.get(f"/ours/agreements/{agreement}/").content.decode()
        assert "an older copy of this server’s data was put back" in page
        assert one.client.get("/ours/agreements/").status_code == 200
    worded(alice, agreement, text(offer="Coffee first."))
    assert not queries.is_older(queries.agreement(alice.person, agreement)), "agreeing anew pins anew"


def test_a_pin_that_cannot_be_read_counts_as_missing_something(alice: Somebody, bob: Somebody) -> None:
    agreement = agreed(alice, bob)
    models.Pin.objects.all().update(sealed=b"\x01\x01spoiled")
    assert queries.is_older(queries.agreement(alice.person, agreement))
    assert alice.client.get(f"/ours/agreements/{agreement}/").status_code == 200


SPOILS: list[Callable[[UUID], object]] = [
    lambda agreement: models.Statement.objects.filter(agreement=agreement, ordinal=1).delete(),
    lambda agreement: models.Version.objects.filter(agreement=agreement).update(sealed=b"\x01\x01"),
]


@pytest.mark.parametrize("spoil", SPOILS)
def test_nothing_can_be_said_to_what_cannot_be_verified(
    alice: Somebody, bob: Somebody, spoil: Callable[[UUID], object]
) -> None:
    agreement = proposed(alice)
    meant = look(bob, agreement).standing.open.digest
    spoil(agreement)
    for act in (actions.say_no, actions.need_time, actions.withdraw):
        with pytest.raises((Refused, actions.Moved)):
            act(person=bob.person, agreement=agreement, exact=meant, nonce=uuid4(), now=NOW)
    assert bob.client.post(f"/ours/agreements/{agreement}/wording/").status_code == 409
    for step in ("yes/", "no/", "time/", "back/"):
        assert bob.client.get(f"/ours/agreements/{agreement}/{step}").status_code == 302


def test_words_prepared_over_what_cannot_be_read_any_more_stay(alice: Somebody, bob: Somebody) -> None:
    agreement = proposed(alice)
    prepared_id = actions.begin_wording(person=bob.person, agreement=agreement, now=NOW)
    models.Version.objects.filter(agreement=agreement).update(sealed=b"\x01\x01")
    for step in ("", "yes/"):
        page = bob.client.get(f"/ours/agreements/prepared/{prepared_id}/{step}")
        assert page.status_code == 200
        assert TEXT.ask in page.content.decode()


def test_the_database_itself_refuses_two_next_acts(alice: Somebody, bob: Somebody) -> None:
    agreement = agreed(alice, bob)
    with connection.cursor() as cursor:
        for model in models.ACTS:
            made = connection.introspection.get_constraints(cursor, model._meta.db_table).values()
            assert [one for one in made if one["unique"] and one["columns"] == ["agreement", "ordinal"]]
    assert look(alice, agreement).standing.state == "stands"


def test_a_strangers_rows_are_not_found_by_their_agreement(alice: Somebody, bob: Somebody, dana: Somebody) -> None:
    agreement = agreed(alice, bob)
    with pytest.raises(Http404):
        says_no(dana, agreement)


def test_a_no_at_the_end_of_time_spoils_its_own_agreement_and_nothing_else(alice: Somebody, bob: Somebody) -> None:
    standing, agreement, circle, nonce = agreed(bob, alice), proposed(alice), shared_by(bob), uuid4()
    seed, there = circle.keyring.secrets.signing_seed, look(bob, agreement).standing.open
    assert there is not None
    said = shapes.Statement(
        ns=statements.STATEMENT_NS,
        circle=circle.circle,
        agreement=agreement,
        version=1,
        exact=there.digest,
        turn=2,
        previous="",
        choice="no",
        person=circle.me,
        key=statements.public_key(seed),
        nonce=nonce,
        at=datetime(9999, 12, 31, tzinfo=UTC),
    )
    add(models.Statement, circle, statements.stated(seed, said), nonce, agreement=agreement, ordinal=2)
    says_it_cannot_be_verified(alice, agreement)
    assert alice.client.get("/today/").status_code == 200
    assert look(alice, standing).standing.state == "stands"
    actions.pin_everything(person=alice.person, now=NOW)
    actions.withdraw_words(circle=shared_by(alice))
