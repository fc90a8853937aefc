"""The feed and the single entry: plain facts under a neutral title, at an address that lies nowhere."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import icalendar
import pytest
import time_machine
from django.db import connection
from django.http import HttpResponse
from django.test import Client

from kindline.ground.post import feeds
from kindline.ground.post.models import Feed
from kindline.ours.rhythms import actions
from kindline.ours.rhythms.tests import living
from kindline.ours.rhythms.tests.living import planned
from tests.people import Somebody, pair

pytestmark = [pytest.mark.django_db, pytest.mark.storage]

NOW = datetime(2026, 5, 3, 12, tzinfo=UTC)
ADDRESS = re.compile(r"https?://[\w.:]+(/calendar/([\w-]+)\.ics)")


@pytest.fixture(autouse=True)
def _on_a_sunday() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def address(one: Somebody) -> str:
    """Return the path of somebody's feed as their page shows it, "" when they have none."""
    found = ADDRESS.search(one.client.get("/calendar/").content.decode())
    return found[1] if found else ""


def made(one: Somebody) -> str:
    assert one.client.post("/calendar/own/").status_code == 302
    return address(one)


def fetched(path: str) -> HttpResponse:
    """Return what a calendar app gets, which knows nothing but the address."""
    return Client().get(path)


def events(answer: HttpResponse) -> list[icalendar.Event]:
    assert answer.status_code == 200
    return list(icalendar.Calendar.from_ical(answer.content).walk("VEVENT"))


def test_there_is_no_feed_before_somebody_makes_one(alice: Somebody) -> None:
    assert address(alice) == ""
    assert not Feed.objects.exists()


def test_a_feed_holds_when_how_long_and_how_often_and_no_word(alice: Somebody, bob: Somebody) -> None:
    pair(alice, bob)
    planned(alice, title="Our Sunday check-in", purpose="to hear the heron")
    alice.client.post("/lock/")
    bob_reads = made(bob)
    bob.client.post("/lock/")
    answer = fetched(bob_reads)
    [event] = events(answer)
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert (str(event["summary"]), event["duration"].dt) == ("Reminder", timedelta(minutes=20))
    assert event["rrule"].to_ical() == b"FREQ=WEEKLY;BYDAY=SU"
    for word in ("check-in", "heron", "Alice", "Bob", "Kindline", "DESCRIPTION", "kindline"):
        assert word not in answer.content.decode(), word


def test_a_title_that_somebody_chose_stands_in_their_own_feed_only(alice: Somebody, bob: Somebody) -> None:
    pair(alice, bob)
    kept = living.ledger.kept(alice.person, planned(alice))
    actions.choose(person=alice.person, kept=kept, is_muted=False, feed_says="Tea")
    assert [str(one["summary"]) for one in events(fetched(made(alice)))] == ["Tea"]
    assert [str(one["summary"]) for one in events(fetched(made(bob)))] == ["Reminder"]


def test_what_is_moved_left_out_or_ended_is_so_in_the_feed(alice: Somebody, bob: Somebody) -> None:
    pair(alice, bob)
    rhythm, path = planned(alice), made(bob)
    kept = living.ledger.kept(alice.person, rhythm)
    tenth, seventeenth = (datetime(2026, 5, day, 19) for day in (10, 17))  # noqa: DTZ001 - on the wall
    actions.move(kept=kept, original=tenth, over=tenth, to=tenth + timedelta(days=1), now=NOW)
    actions.skip(kept=kept, original=seventeenth, over=seventeenth)
    main, moved = events(fetched(path))
    assert [one.dt.day for one in main["exdate"].dts] == [17]
    assert (moved["recurrence-id"].dt.day, moved["dtstart"].dt.day) == (10, 11)
    actions.end(kept=kept, now=NOW)
    assert events(fetched(path)) == []


def test_the_feed_of_one_holds_nothing_that_is_the_others_alone(alice: Somebody, bob: Somebody) -> None:
    pair(alice, bob)
    path = made(bob)
    before = fetched(path).content
    planned(alice, alone=True, title="A walk by the lake")
    made(alice)
    alice.client.post("/calendar/own/other/", {"over": Feed.objects.get(owner=alice.person.id).lookup})
    assert fetched(path).content == before


def test_a_wrong_address_is_not_found(alice: Somebody) -> None:
    path = made(alice)
    secret = ADDRESS.search(alice.client.get("/calendar/").content.decode())[2]  # type: ignore[index]
    assert len(secret) == 43, "256 bits"
    wrong = [secret[:-1], secret + "A", secret[::-1], "A" * 43, "-", secret.swapcase(), "x" * 5000]
    last = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    wrong += [secret[:-1] + sign for sign in last if sign != secret[-1]]
    for one in wrong:
        assert fetched(f"/calendar/{one}.ics").status_code == 404, one
        assert alice.client.get(f"/calendar/{one}.ics").status_code == 404, "unlocked or not"
    assert fetched(path).status_code == 200


def test_the_address_lies_nowhere_in_the_database(alice: Somebody) -> None:
    path = made(alice)
    secret = path.removeprefix("/calendar/").removesuffix(".ics")
    feed = Feed.objects.get()
    kept = b"".join(value if isinstance(value, bytes) else str(value).encode() for value in _row())
    token = feeds.urlsafe_b64decode(secret + "=")
    for form in (secret.encode(), token, token.hex().encode()):
        assert form not in kept
    assert feed.lookup.encode() in kept, "the row was looked at"


def _row() -> tuple[object, ...]:
    with connection.cursor() as cursor:
        cursor.execute("select * from post_feed")
        return tuple(bytes(one) if isinstance(one, memoryview) else one for one in cursor.fetchone())


def test_making_it_twice_makes_one(alice: Somebody) -> None:
    assert made(alice) == made(alice)


def test_another_address_ends_the_old_one_and_the_same_form_twice_is_one(alice: Somebody) -> None:
    old, over = made(alice), Feed.objects.get().lookup
    alice.client.post("/calendar/own/other/", {"over": over})
    new = address(alice)
    alice.client.post("/calendar/own/other/", {"over": over})
    assert address(alice) == new != old
    assert fetched(old).status_code == 404
    assert fetched(new).status_code == 200


def test_switched_off_it_leads_nowhere_and_a_new_one_has_another_address(alice: Somebody) -> None:
    old = made(alice)
    alice.client.post("/calendar/own/off/")
    assert address(alice) == ""
    assert fetched(old).status_code == 404
    assert made(alice) != old


def test_leaving_the_space_ends_ones_own_feed_and_not_the_others(alice: Somebody, bob: Somebody) -> None:
    pair(alice, bob)
    planned(alice)
    mine, theirs = made(alice), made(bob)
    alice.client.post("/together/leave/", {"choice": "leave"})
    assert fetched(mine).status_code == 404
    assert events(fetched(theirs)) == [], "what both had is over"


def test_a_feed_goes_with_the_words_and_with_the_place(alice: Somebody, bob: Somebody) -> None:
    for one, path in ((alice, "/settings/empty/"), (bob, "/settings/delete/")):
        address_of = made(one)
        one.client.post(path, {"passphrase": one.passphrase})
        assert fetched(address_of).status_code == 404


def test_nobody_changes_somebody_elses_feed(alice: Somebody, bob: Somebody, charlie: Somebody) -> None:
    pair(alice, bob)
    path, over = made(alice), Feed.objects.get().lookup
    for one in (bob, charlie):
        one.client.post("/calendar/own/other/", {"over": over})
        one.client.post("/calendar/own/off/")
    assert address(alice) == path


def test_fetching_writes_nothing_and_answers_reading_only(alice: Somebody) -> None:
    path = made(alice)
    before = _row()
    assert Client().head(path).status_code == 200
    assert Client().post(path).status_code == 405
    assert fetched(path).cookies == {}
    assert _row() == before


def test_the_word_is_in_the_language_of_whoever_made_it_not_of_whoever_asks(alice: Somebody) -> None:
    planned(alice, alone=True)
    path = made(alice)
    one, other = (Client().get(path, headers={"accept-language": language}).content for language in ("en", "de, fr"))
    assert one == other


def test_one_rhythm_is_handed_out_as_a_file(alice: Somebody, bob: Somebody, charlie: Somebody) -> None:
    pair(alice, bob)
    rhythm = planned(alice, title="Our Sunday check-in")
    for one in (alice, bob):
        answer = one.client.get(f"/calendar/event/{rhythm}/")
        [event] = events(answer)
        assert answer["Content-Disposition"] == 'attachment; filename="kindline-2026-05-03.ics"'
        assert str(event["summary"]) == "Reminder"
        assert b"check-in" not in answer.content
    for someone, thing in ((charlie, rhythm), (alice, uuid4())):
        assert someone.client.get(f"/calendar/event/{thing}/").status_code == 404
    assert Client().get(f"/calendar/event/{rhythm}/").status_code == 302


def test_what_has_ended_or_comes_whenever_is_no_file(alice: Somebody) -> None:
    ended, whenever = planned(alice, alone=True), planned(alice, alone=True, timing=living.Timing(None, "UTC", 5))
    actions.end(kept=living.ledger.kept(alice.person, ended), now=NOW)
    for rhythm in (ended, whenever):
        assert alice.client.get(f"/calendar/event/{rhythm}/").status_code == 404


def test_the_entry_of_the_file_is_the_entry_of_the_feed(alice: Somebody) -> None:
    rhythm: UUID = planned(alice, alone=True)
    [of_feed] = events(fetched(made(alice)))
    [of_file] = events(alice.client.get(f"/calendar/event/{rhythm}/"))
    assert of_feed.to_ical() == of_file.to_ical(), "or a calendar app would show both"
