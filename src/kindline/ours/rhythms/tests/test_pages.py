"""The pages of rhythms as browsers see them: plain words for how often, two windows, what is one's own."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
import time_machine
from django.http import HttpResponse

from kindline.ground.people.actions import change_profile
from kindline.ours.rhythms import actions, ledger, models, rules
from kindline.ours.rhythms.tests import living
from tests.people import Somebody, pair

pytestmark = [pytest.mark.django_db, pytest.mark.storage]

NOW = datetime(2026, 5, 2, 12, 0, tzinfo=UTC)  # a Saturday
LIST, NEW, SEASON = "/ours/rhythms/", "/ours/rhythms/new/", "/ours/rhythms/season/"
WHEN = {"often": "weekly", "weekdays": ["6"], "day": "2026-05-03", "clock": "19:00", "minutes": "20"}
CHECK_IN = {"kind": "check-in", "title": "Sunday table", "whose": "us", **WHEN}


@pytest.fixture(autouse=True)
def frozen() -> Any:
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def two(frozen: Any, alice: Somebody, bob: Somebody) -> tuple[Somebody, Somebody]:
    """Alice in Berlin, Bob in Lisbon, sharing a space."""
    del frozen
    change_profile(person=alice.person, time_zone="Europe/Berlin")
    change_profile(person=bob.person, time_zone="Europe/Lisbon")
    pair(alice, bob)
    return alice, bob


def text(response: HttpResponse) -> str:
    body = response.content.decode()
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", body[body.index("<main") : body.index("</main")])).strip()


def page(one: Somebody, path: str) -> str:
    return text(one.client.get(path))


def hidden(one: Somebody, path: str) -> dict[str, str]:
    return dict(re.findall(r'type="hidden" name="([\w-]+)" value="([^"]*)"', one.client.get(path).content.decode()))


def plans(one: Somebody, **fields: Any) -> Any:
    return one.client.post(NEW, {**hidden(one, NEW), **CHECK_IN, **fields})


def planned(one: Somebody, **fields: Any) -> str:
    answer = plans(one, **fields)
    assert answer.status_code == 302, text(answer)
    return str(answer["Location"])


def id_of(path: str) -> UUID:
    return UUID(path.split("/")[3])


# Planning.


def test_an_empty_place_offers_three_ready_starts(two: tuple[Somebody, Somebody], dana: Somebody) -> None:
    for one, kinds in ((two[0], rules.READY), (dana, rules.READY_ALONE)):
        shown = one.client.get(LIST).content.decode()
        assert re.findall(r"new/\?kind=([a-z-]+)", shown) == list(kinds)


def test_somebody_alone_is_offered_nothing_that_speaks_of_two(dana: Somebody) -> None:
    said = page(dana, f"{LIST}kinds/") + "".join(page(dana, f"{NEW}?kind={kind}") for kind in rules.KINDS)
    assert "Small steps back to somebody" in said
    assert not re.search(r"\b(both|each other|our)\b", said, re.IGNORECASE)


@pytest.mark.parametrize("kind", rules.KINDS)
def test_every_kind_is_planned_as_it_is_offered(kind: str, two: tuple[Somebody, Somebody]) -> None:
    alice, bob = two
    shown = alice.client.get(f"{NEW}?kind={kind}").content.decode()
    form = shown[shown.index('action="/ours/rhythms/new/"') :]
    sent: dict[str, Any] = dict(re.findall(r'type="hidden" name="([\w-]+)" value="([^"]*)"', form))
    sent |= dict(re.findall(r'<input type="(?:date|time|number)" name="(\w+)" value="([^"]*)"', form))
    sent |= {name: value.strip() for name, value in re.findall(r'<textarea name="(\w+)"[^>]*>([^<]*)', form)}
    sent |= {name: [] for name in ("weekdays",)}
    for name, value in re.findall(r'name="(often|whose|weekdays)" value="(\w+)"[^>]*checked', form):
        sent[name] = [*sent[name], value] if name == "weekdays" else value
    answer = alice.client.post(NEW, sent | ({"title": "Soup"} if kind == rules.OWN else {}))
    assert answer.status_code == 302, text(answer)
    rhythm = ledger.kept(bob.person, id_of(answer["Location"]))
    usual = rules.KINDS[kind]
    assert (rhythm.rhythm.kind, rhythm.timing.minutes, rules.how_often(rhythm.timing)) == (
        kind,
        usual.minutes,
        usual.often,
    )
    for one in two:
        assert one.client.get(answer["Location"]).status_code == 200


def test_a_plan_says_that_it_binds_nobody_and_who_sees_it(two: tuple[Somebody, Somebody]) -> None:
    alice, bob = two
    assert "needs nobody’s yes and binds nobody. When it is for both of you, Bob sees it at once" in page(alice, NEW)
    path = planned(alice)
    assert "Planned by you; Bob sees it, too. It binds nobody." in page(alice, path)
    assert "Planned by Alice, for you both. It binds nobody." in page(bob, path)


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({}, "Sundays at 19:00"),
        ({"weekdays": [str(day) for day in range(7)]}, "Every day at 19:00"),
        ({"weekdays": ["0", "1", "2", "3", "4"]}, "Monday to Friday at 19:00"),
        ({"weekdays": ["0", "3", "5"]}, "Mondays, Thursdays and Saturdays at 19:00"),
        ({"often": "fortnightly"}, "Every other week, Sundays at 19:00"),
        ({"often": "monthly"}, "The first Sunday of the month at 19:00"),
        ({"often": "monthly", "day": "2026-05-31"}, "The last Sunday of the month at 19:00"),
        ({"often": "once"}, "Once, on Sunday 3 May at 19:00"),
        ({"often": "whenever", "day": "", "clock": ""}, "Whenever it comes up"),
    ],
)
def test_how_often_is_said_in_plain_words(fields: dict[str, Any], says: str, two: tuple[Somebody, Somebody]) -> None:
    alice, _bob = two
    path = planned(alice, **fields)
    assert says in page(alice, path)
    assert says in page(alice, LIST)
    assert "FREQ=" not in alice.client.get(f"{path}change/").content.decode()


def test_times_stand_on_each_ones_own_clock_and_a_zone_is_named_only_where_it_differs(
    two: tuple[Somebody, Somebody],
) -> None:
    alice, bob = two
    path = planned(alice)
    assert "Sunday 3 May, 19:00" in page(alice, path)
    assert "Europe/Berlin" not in page(alice, path)
    assert "Sunday 3 May, 18:00" in page(bob, path)
    assert "By the clocks of Europe/Berlin; the times below are on yours." in page(bob, path)


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"title": ""}, "A word or two is enough."),
        ({"day": ""}, "When would be good?"),
        ({"clock": "25:00"}, "Enter a valid time."),
        ({"minutes": "30"}, "Twenty at most"),
        ({"minutes": "99999"}, "less than or equal to 1440"),
        ({"often": "hourly"}, "Select a valid choice."),
        ({"often": "once", "day": "2026-05-02", "clock": "13:39"}, "That time has passed. When would be good?"),
        ({"weekdays": ["9"]}, "Select a valid choice."),
        ({"title": "x" * 200}, "holds up to 80 characters"),
    ],
)
def test_what_does_not_fit_is_said_and_every_word_stays(
    fields: dict[str, Any], says: str, two: tuple[Somebody, Somebody]
) -> None:
    alice, _bob = two
    answer = plans(alice, **{"purpose": "To hear how we are.", **fields})
    assert answer.status_code == 422
    assert says in text(answer)
    assert "To hear how we are." in answer.content.decode()
    assert not models.Rhythm.objects.exists()


def test_a_plan_for_two_is_not_given_to_somebody_else_who_came_meanwhile(
    two: tuple[Somebody, Somebody], charlie: Somebody
) -> None:
    alice, bob = two
    form = hidden(alice, NEW)
    living.leaves(bob)
    answer = alice.client.post(NEW, {**form, **CHECK_IN})
    assert answer.status_code == 409
    assert "You share a space with nobody any more. Your words are below" in text(answer)
    pair(alice, charlie)
    answer = alice.client.post(NEW, {**form, **CHECK_IN})
    assert answer.status_code == 409
    assert "You share a space with Charlie now." in text(answer)
    assert not models.Rhythm.objects.exists()


def test_arriving_is_neither_sent_nor_timed(two: tuple[Somebody, Somebody]) -> None:
    alice, _bob = two
    assert "Kindline sends nothing and times nothing" in page(alice, f"{NEW}?kind=arriving")
    path = planned(alice, kind="arriving")  # whatever a form says of its time
    assert "Whenever it comes up" in page(alice, path)
    assert ledger.kept(alice.person, id_of(path)).timing.first is None


def test_time_alone_has_its_purpose_a_return_and_a_sentence(two: tuple[Somebody, Somebody]) -> None:
    alice, bob = two
    said = {"purpose": "To rest.", "back": "At nine.", "brings": "An open ear.", "sentence": "It isn’t about you."}
    shown = page(bob, planned(alice, kind="alone", minutes="90", **said))
    for line in ("To rest.", "When I’m back At nine.", "What I bring back An open ear.", "It isn’t about you."):
        assert line in shown


# Two windows.


def test_two_windows_that_change_it_lose_neither_text(two: tuple[Somebody, Somebody]) -> None:
    alice, bob = two
    path = planned(alice)
    forms = [hidden(one, f"{path}change/") for one in two]
    first = bob.client.post(f"{path}change/", {**CHECK_IN, **forms[1], "title": "Soup and us"})
    assert first.status_code == 302
    answer = alice.client.post(f"{path}change/", {**CHECK_IN, **forms[0], "title": "Our table"})
    assert answer.status_code == 409
    assert "Your words are below; nothing is lost." in text(answer)
    assert "Soup and us" in text(answer)
    again = dict(re.findall(r'type="hidden" name="([\w-]+)" value="([^"]*)"', answer.content.decode()))
    assert alice.client.post(f"{path}change/", {**CHECK_IN, **again, "title": "Our table"}).status_code == 302
    assert "Our table" in page(bob, path)


def test_two_windows_that_move_the_same_one_lose_neither_choice(two: tuple[Somebody, Somebody]) -> None:
    alice, bob = two
    path = planned(alice)
    form = hidden(bob, f"{path}move/")
    alice.client.post(f"{path}move/", {**form, "day": "2026-05-04", "clock": "19:00"})
    answer = bob.client.post(f"{path}move/", {**form, "day": "2026-05-05", "clock": "20:00"})
    assert answer.status_code == 409
    assert "moved in another window, to Monday 4 May, 18:00. Your choice is below" in text(answer)
    assert 'value="2026-05-05"' in answer.content.decode()
    again = dict(re.findall(r'type="hidden" name="([\w-]+)" value="([^"]*)"', answer.content.decode()))
    assert bob.client.post(f"{path}move/", {**again, "day": "2026-05-05", "clock": "20:00"}).status_code == 302
    assert "Tuesday 5 May, 20:00 moved" in page(alice, path)


def test_one_left_out_shows_to_both_and_is_put_back_by_either(two: tuple[Somebody, Somebody]) -> None:
    alice, bob = two
    path = planned(alice)
    form = {"original": "2026-05-03T19:00", "over": "2026-05-03T19:00"}
    for _ in range(2):  # pressed twice
        assert bob.client.post(f"{path}skip/", form).status_code == 302
    assert "Sunday 3 May, 19:00 not this time Put it back" in page(alice, path)
    assert "Next: Sunday 10 May" in page(alice, LIST)
    stale = alice.client.post(f"{path}move/", {**form, "day": "2026-05-04", "clock": "19:00"})
    assert stale.status_code == 409
    assert "left out in another window" in text(stale)
    assert alice.client.post(f"{path}put-back/", {**form, "over": ""}).status_code == 302
    assert "Sunday 3 May, 18:00 Move" in page(bob, path)


def test_one_that_was_moved_says_from_when_and_is_put_back_by_either(two: tuple[Somebody, Somebody]) -> None:
    alice, bob = two
    path = planned(alice)
    alice.client.post(f"{path}move/", {**hidden(alice, f"{path}move/"), "day": "2026-05-05", "clock": "20:00"})
    assert "Tuesday 5 May, 19:00 moved from Sunday 3 May, 18:00 Put it back" in page(bob, path)
    form = {"original": "2026-05-03T19:00", "over": "2026-05-05T20:00"}
    assert f'formaction="{path}put-back/"' in bob.client.get(path).content.decode()
    assert bob.client.post(f"{path}put-back/", form).status_code == 302
    assert "Sunday 3 May, 19:00 Move" in page(alice, path)
    assert "moved" not in page(alice, path)


def test_where_its_own_time_has_passed_nothing_offers_to_put_it_back(
    two: tuple[Somebody, Somebody], frozen: Any
) -> None:
    alice, _bob = two
    path = planned(alice, day="2026-05-02", often="once", clock="14:05")  # in five minutes, in Berlin
    form = {**hidden(alice, f"{path}move/"), "day": "2026-05-02", "clock": "20:00"}
    alice.client.post(f"{path}move/", form)
    assert "Put it back" in page(alice, path)
    frozen.shift(timedelta(minutes=6))
    assert "moved from Saturday 2 May, 14:05" in page(alice, path)
    assert "Put it back" not in page(alice, path)
    answer = alice.client.post(f"{path}put-back/", {"original": form["original"], "over": "2026-05-02T20:00"})
    assert answer.status_code == 409
    assert "The time it was planned for has passed." in text(answer)
    assert "Saturday 2 May, 20:00 moved from" in page(alice, path)


def test_what_was_just_once_and_is_over_is_ahead_no_more_and_can_be_planned_once_more(
    two: tuple[Somebody, Somebody], frozen: Any
) -> None:
    alice, _bob = two
    path = planned(alice, kind="calm-talk", title="About the key", often="once", day="2026-05-02", clock="13:45")
    planned(alice)
    assert "What has ended" not in page(alice, LIST)
    frozen.shift(timedelta(minutes=6))
    ahead, _, ended = page(alice, LIST).partition("What has ended")
    assert "About the key" not in ahead
    assert "About the key Once, on Saturday 2 May at 13:45" in ended
    shown = page(alice, path)
    assert "It has been. Plan it once more" in shown
    assert "End it" not in shown
    assert "For me: reminder" not in shown
    assert 'name="day" value="2026-05-03"' in alice.client.get(f"{path}change/").content.decode()
    form = hidden(alice, f"{path}change/")
    again = {**CHECK_IN, "kind": "calm-talk", "title": "About the key", "often": "once", "day": "2026-05-04"}
    assert alice.client.post(f"{path}change/", {**form, **again}).status_code == 302
    assert "About the key" in page(alice, LIST).partition("What has ended")[0]


@pytest.mark.parametrize("original", ["", "2026-05-04T19:00", "yesterday", "9999-12-31T23:59"])
def test_a_time_it_does_not_have_is_refused_with_how_it_stands(original: str, two: tuple[Somebody, Somebody]) -> None:
    alice, _bob = two
    path = planned(alice)
    for press in ("skip/", "put-back/", "move/"):
        answer = alice.client.post(path + press, {"original": original, "day": "2026-05-04", "clock": "19:00"})
        assert answer.status_code == 409
        assert "It doesn’t come round then any more." in text(answer)
    assert alice.client.get(f"{path}move/?on={original}").status_code == 200
    assert alice.client.post(f"{path}mark/", {"original": original, "how": "kept"}).status_code == 302
    assert not models.Marks.objects.exists()


# What is one's own.


def test_ones_own_mark_stands_on_ones_own_page_alone(two: tuple[Somebody, Somebody], frozen: Any) -> None:
    alice, bob = two
    path = planned(alice, day="2026-04-26")
    other = page(bob, path)
    form = {"original": "2026-04-26T19:00", "how": "kept"}
    assert alice.client.post(f"{path}mark/", form).status_code == 302
    assert 'value="" aria-pressed="true"' in alice.client.get(path).content.decode(), "pressed again it is blank"
    assert page(bob, path) == other
    assert 'aria-pressed="true"' not in bob.client.get(path).content.decode()
    alice.client.post(f"{path}mark/", {**form, "how": ""})
    assert 'aria-pressed="true"' not in alice.client.get(path).content.decode()
    del frozen


def test_no_page_counts_what_anybody_kept(two: tuple[Somebody, Somebody]) -> None:
    alice, _bob = two
    path = planned(alice, day="2026-01-04")
    for week in range(16):
        at = datetime(2026, 1, 4, 19) + timedelta(weeks=week)  # noqa: DTZ001 - a wall time
        alice.client.post(f"{path}mark/", {"original": at.isoformat(timespec="minutes"), "how": "kept"})
    for shown in (page(alice, path), page(alice, LIST)):
        assert "16" not in shown
        assert not re.search(r"\d+ (times|of)", shown)


def test_what_ones_calendar_says_is_asked_in_words_that_name_who_reads_it(two: tuple[Somebody, Somebody]) -> None:
    alice, bob = two
    path = planned(alice)
    assert "can be read by this server and by your calendar app" in page(alice, path)
    assert alice.client.post(f"{path}mine/", {"feed": "Tea"}).status_code == 302
    assert 'value="Tea"' in alice.client.get(path).content.decode()
    assert "Kept." in text(alice.client.post(f"{path}mine/", {"feed": "Tea"}, follow=True))
    assert "Kept." not in page(alice, path)
    assert 'value="Tea"' not in bob.client.get(path).content.decode()
    assert "Tea" not in page(bob, path)
    assert alice.client.post(f"{path}mine/", {"feed": "x" * 81}).status_code == 422


# Strangers, endings.


def test_a_stranger_finds_nothing(two: tuple[Somebody, Somebody], charlie: Somebody) -> None:
    alice, _bob = two
    path = planned(alice)
    for get in ("", "change/", "move/", "side-by-side/"):
        assert charlie.client.get(path + get).status_code == 404
    for post in ("change/", "move/", "skip/", "put-back/", "mark/", "mine/", "end/", "again/", "begin/"):
        assert charlie.client.post(path + post).status_code == 404


def test_the_ended_one_is_told_apart_and_taken_up_again(two: tuple[Somebody, Somebody]) -> None:
    alice, bob = two
    path = planned(alice)
    bob.client.post(f"{path}end/")
    assert "What has ended" in page(alice, LIST)
    assert "It has ended. Take it up again" in page(alice, path)
    alice.client.post(f"{path}again/")
    assert "Next: Sunday 3 May" in page(bob, LIST)


def test_a_closed_space_is_read_and_not_written(two: tuple[Somebody, Somebody]) -> None:
    alice, bob = two
    path = planned(alice)
    form = hidden(bob, f"{path}change/")
    living.leaves(alice)
    assert "This shared space is closed." in page(bob, path)
    answer = bob.client.post(f"{path}change/", {**CHECK_IN, **form, "title": "Still here"})
    assert answer.status_code == 409
    assert "Still here" in answer.content.decode()
    for press in ("end/", "again/", "begin/", "skip/"):
        over = {"original": "2026-05-03T19:00", "over": "2026-05-03T19:00"}
        assert bob.client.post(path + press, over).status_code == 409


def test_a_muted_rhythm_says_so_on_ones_own_page(two: tuple[Somebody, Somebody]) -> None:
    alice, bob = two
    path = planned(alice)
    kept = ledger.kept(bob.person, id_of(path))
    actions.choose(person=bob.person, kept=kept, is_muted=True, feed_says="")
    checked = re.compile(r'name="reminds"[^>]*checked')
    assert not checked.search(bob.client.get(path).content.decode())
    assert checked.search(alice.client.get(path).content.decode())
