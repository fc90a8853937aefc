"""The pages of a pause, as browsers see them: who is away, who waits, who returns; and what no page ever says."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
import time_machine
from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from kindline.ground.people.actions import change_profile
from kindline.ground.vault import sessions
from kindline.ours.pauses import models, rules, words
from tests.people import Somebody, pair, shared_by

pytestmark = [pytest.mark.django_db, pytest.mark.storage]

NOW = datetime(2026, 5, 3, 18, 53, 20, tzinfo=UTC)  # 20:53 in Berlin
MOMENT, QUIET, AWAY, LONGER, BACK = (
    "/moment/", "/moment/pause/", "/ours/pauses/away/", "/ours/pauses/longer/", "/ours/pauses/back/",
)  # fmt: skip
WAITING, TODAY, TOGETHER, PLAN = "/ours/pauses/", "/today/", "/together/", "/ours/pauses/plan/"


@pytest.fixture
def clock() -> Any:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def two(clock: Any, alice: Somebody, bob: Somebody) -> tuple[Somebody, Somebody]:
    """Alice in Berlin, Bob in Lisbon, sharing a space."""
    del clock
    change_profile(person=alice.person, time_zone="Europe/Berlin")
    change_profile(person=bob.person, time_zone="Europe/Lisbon")
    pair(alice, bob)
    return alice, bob


def text(response: HttpResponse) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", response.content.decode()))


def page(one: Somebody, path: str) -> str:
    return text(one.client.get(path, follow=True))


def hidden(response: HttpResponse) -> dict[str, str]:
    return dict(re.findall(r'<input type="hidden" name="([\w-]+)" value="([^"]*)"', response.content.decode()))


def later(clock: Any, minutes: int, *people: Somebody) -> None:
    """Let time pass, at whose end somebody unlocks again."""
    keyrings = [one.person.keyring for one in people]
    clock.move_to(NOW + timedelta(minutes=minutes))
    for one, keyring in zip(people, keyrings, strict=True):
        one.token = sessions.start(keyring, timezone.now())
        one.client.cookies[settings.SESSION_COOKIE] = one.token


def steps_away(one: Somebody, minutes: str = "20", **more: str) -> Any:
    return one.client.post(AWAY, {"form_id": str(uuid4()), "minutes": minutes, **more})


def comes_back(one: Somebody) -> str:
    return one.client.post(BACK)["Location"]


def test_two_taps_lead_to_a_running_pause_that_the_other_sees(two: tuple[Somebody, Somebody]) -> None:
    alice, bob = two
    asked = bob.client.get(MOMENT)
    assert 'action="/ours/pauses/away/"' in asked.content.decode()
    assert "Start, and tell Alice" in text(asked)
    started = bob.client.post(AWAY, {**hidden(asked), "minutes": "20"})
    assert started["Location"] == f"{QUIET}?from=19%3A53&back=20%3A15", "by Bob's own clock"
    assert "Back at 20:15" in page(bob, started["Location"])
    for path in (WAITING, TODAY, TOGETHER):
        shown = page(alice, path)
        assert "Bob stepped away" in shown
        assert "back at 21:15" in shown, "by Alice's own clock"
        assert "Nothing to solve until then." in shown
    assert "You said 20:15" in page(bob, TODAY)
    assert "stepped away" not in page(bob, TODAY)


def test_just_for_me_tells_nobody(two: tuple[Somebody, Somebody]) -> None:
    alice, bob = two
    before = shared_by(alice).mark
    started = steps_away(bob, alone="1")
    assert started["Location"].startswith(QUIET)
    assert not models.Pause.objects.exists()
    assert shared_by(alice).mark == before
    assert "stepped away" not in page(alice, TODAY)


def test_somebody_alone_and_a_visitor_keep_the_form_that_sends_nothing(dana: Somebody, client: Client) -> None:
    for one in (dana.client, client):
        asked = one.get(MOMENT).content.decode()
        assert f'action="{QUIET}"' in asked
        assert AWAY not in asked
    assert steps_away(dana)["Location"].endswith("untold=")
    assert "Nobody was told" in page(dana, f"{QUIET}?from=20:00&back=20:20&untold=")


def test_whoever_is_away_is_led_to_the_quiet_page_with_the_time_they_said(two: tuple[Somebody, Somebody]) -> None:
    _alice, bob = two
    steps_away(bob)
    for path in (MOMENT, QUIET, f"{QUIET}?minutes=60", f"{QUIET}?from=10:00&back=11:00"):
        assert bob.client.get(path)["Location"] == f"{QUIET}?from=19%3A53&back=20%3A15"
    again = steps_away(bob, "60")
    assert again["Location"].endswith("back=20%3A15")


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({"minutes": "own", "at": "20:00"}, "fifteen minutes at least"),
        ({"minutes": "own", "at": ""}, "no clock time"),
        ({"minutes": "own", "at": "25:99"}, "no clock time"),
    ],
)
def test_a_time_that_does_not_work_says_why_and_how_to_go_on(
    two: tuple[Somebody, Somebody], sent: dict[str, str], says: str
) -> None:
    _alice, bob = two
    refused = steps_away(bob, **sent)
    assert refused.status_code == 422
    assert says in text(refused)
    assert "Choose another time" in text(refused)
    assert not models.Pause.objects.exists()


def test_a_time_of_ones_own_may_be_tomorrow_and_says_so(two: tuple[Somebody, Somebody]) -> None:
    alice, bob = two
    steps_away(bob, "own", at="18:00")
    assert "That is tomorrow." in page(alice, WAITING)


def test_a_return_soon_after_midnight_is_not_called_tomorrow() -> None:
    at = datetime(2026, 5, 3, 23, 50, tzinfo=UTC)
    assert not rules.is_tomorrow(at, at + timedelta(minutes=25))
    assert rules.is_tomorrow(at, at + timedelta(hours=6))
    assert not rules.is_tomorrow(at + timedelta(hours=1), at + timedelta(hours=6)), "by then it is today"


def test_longer_is_asked_on_the_same_page_and_counted_from_the_promise(two: tuple[Somebody, Somebody]) -> None:
    alice, bob = two
    steps_away(bob)
    asked = bob.client.get(f"{MOMENT}?longer")
    assert asked["Location"] == f"{MOMENT}?longer&back=20:15", "so that the page's script counts from there too"
    asked = bob.client.get(asked["Location"])
    assert "Tell Alice the new time" in text(asked)
    told = bob.client.post(LONGER, {**hidden(asked), "minutes": "20"})
    assert told["Location"].endswith("back=20%3A35")
    twice = bob.client.post(LONGER, {**hidden(asked), "minutes": "20"})
    assert twice["Location"] == told["Location"], "the form twice gives one new time"
    assert "Bob needs longer and said: back at 21:35" in page(alice, WAITING)


def test_after_two_new_times_there_is_a_way_back_and_no_third(two: tuple[Somebody, Somebody]) -> None:
    _alice, bob = two
    steps_away(bob)
    for _time in range(2):
        asked = bob.client.get(f"{MOMENT}?longer", follow=True)
        bob.client.post(LONGER, {**hidden(asked), "minutes": "15"})
    last = bob.client.get(f"{MOMENT}?longer", follow=True)
    assert "room for two new times" in text(last)
    row = models.Pause.objects.get()
    sent = {"form_id": str(row.id), "over": row.return_at.isoformat(), "minutes": "15"}
    refused = bob.client.post(LONGER, sent)
    assert refused.status_code == 422
    assert "twice" in text(refused)


def test_after_the_time_the_page_says_that_nobody_knows_why(two: tuple[Somebody, Somebody], clock: Any) -> None:
    alice, bob = two
    steps_away(bob)
    before = alice.client.get(WAITING).content.decode()
    assert 'data-look-again="2026-05-03T21:15:00+02:00"' in before, "an open page looks again by itself"
    later(clock, 22, alice)
    after = page(alice, WAITING)
    assert "It’s past 21:15" in after
    assert "Kindline doesn’t know why, and doesn’t tell you what Bob feels." in after
    for words_there in ("Look after yourself", "keep it for tomorrow", "One line, to send or say", "leaves you afraid"):
        assert words_there in after
    assert "It’s past 21:15" in page(alice, TODAY)


def test_the_welcome_is_for_the_one_who_returns_and_only_in_time(two: tuple[Somebody, Somebody], clock: Any) -> None:
    alice, bob = two
    steps_away(bob)
    later(clock, 20, alice, bob)
    soft = comes_back(bob)
    assert "You said 20:15 and you’re here." in page(bob, soft)
    assert "I’m here, and I’d like to hear you." in page(bob, soft)
    assert alice.client.get(soft).status_code == 404
    shown = page(alice, WAITING)
    assert "Bob is back" in shown
    assert "you’re here" not in shown
    steps_away(bob)
    later(clock, 80, bob)
    late = page(bob, comes_back(bob))
    assert "You’re here." in late
    assert "You said" not in late


def test_whoever_is_back_after_minutes_hears_neither_praise_nor_blame(
    two: tuple[Somebody, Somebody], clock: Any
) -> None:
    alice, bob = two
    steps_away(bob)
    later(clock, 3, bob)
    soft = page(bob, comes_back(bob))
    assert "You’re here, earlier than you said." in soft
    assert "If it’s still loud in you, take more time." in soft
    assert "I need another moment" in soft
    assert "I’m back earlier than I said." in soft
    assert "You said 20:15" not in soft
    assert "earlier" not in page(alice, WAITING), "whoever waited is told that somebody is back, and no more"
    steps_away(bob, "60")
    later(clock, 30, bob)
    early = page(bob, comes_back(bob))
    assert "You’re here, earlier than you said." in early
    assert "still loud" not in early
    assert "I’m here, and I’d like to hear you." in early


@pytest.mark.parametrize("way", [way for way, _word in words.WAYS])
def test_a_soft_way_back_in_reaches_the_other(two: tuple[Somebody, Somebody], way: str) -> None:
    alice, bob = two
    steps_away(bob)
    soft = comes_back(bob)
    asked = bob.client.get(soft)
    assert "Thank Alice for waiting." in text(asked)
    sent = {**hidden(asked), "sentence": "I can listen now.", "way": way}
    if way == "set-aside":
        short = bob.client.post(soft, sent)
        assert short.status_code == 422
        assert "I can listen now." in text(short)
        sent |= {"topic": "the summer", "day": "2026-05-05", "at": "18:00"}
    said = bob.client.post(soft, sent)
    assert said["Location"] == f"{soft}?asked"
    assert bob.client.post(soft, sent)["Location"] == said["Location"], "the form twice says it once"
    for path in (WAITING, TODAY, TOGETHER):
        shown = page(alice, path)
        assert "I can listen now." in shown
        assert ("Tuesday 5 May, 19:00" in shown) is (way == "set-aside"), "by Alice's own clock"
    assert "What Alice reads" in page(bob, soft)


def test_other_words_from_another_window_overwrite_nothing_and_are_kept_on_the_page(
    two: tuple[Somebody, Somebody],
) -> None:
    alice, bob = two
    steps_away(bob)
    soft = comes_back(bob)
    form = hidden(bob.client.get(soft))
    bob.client.post(soft, {**form, "sentence": "Heron.", "way": "talk"})
    late = bob.client.post(soft, {**form, "sentence": "Plover.", "way": "talk"})
    assert late.status_code == 409
    assert "Plover." in text(late)
    assert "Heron." in page(alice, WAITING)
    bob.client.post(soft, {**hidden(late), "sentence": "Plover.", "way": "talk"})
    assert "Plover." in page(alice, WAITING)


def test_words_for_a_space_that_closed_meanwhile_are_shown_to_nobody(two: tuple[Somebody, Somebody]) -> None:
    alice, bob = two
    steps_away(bob)
    soft = comes_back(bob)
    alice.client.post("/together/leave/", {"choice": "keep"})
    answer = bob.client.post(soft, {"sentence": "Heron.", "way": "talk"})
    assert answer["Location"] == "/moment/back/"
    assert bob.client.post(BACK)["Location"] == "/moment/back/"


def test_a_pause_meets_the_lock_and_goes_on_after_it(two: tuple[Somebody, Somebody]) -> None:
    alice, bob = two
    steps_away(bob)
    bob.client.post("/lock/")
    met = bob.client.post(BACK)
    assert met.status_code == 401
    assert f'value="{BACK}"' in met.content.decode()
    assert "Bob stepped away" in page(alice, WAITING)


def test_a_topic_is_let_go_by_either_and_a_strangers_is_not_found(
    two: tuple[Somebody, Somebody], charlie: Somebody
) -> None:
    alice, bob = two
    steps_away(bob)
    soft = comes_back(bob)
    sent = {"sentence": "", "way": "set-aside", "topic": "the summer", "day": "2026-05-05", "at": "18:00"}
    bob.client.post(soft, {**hidden(bob.client.get(soft)), **sent})
    (topic,) = models.Topic.objects.all()
    path = f"/ours/pauses/topics/{topic.id}/let-go/"
    assert charlie.client.post(path).status_code == 404
    assert alice.client.post(path).status_code == 302
    assert "the summer" not in page(bob, TOGETHER)


def test_what_could_be_agreed_is_laid_ready_and_found_again(two: tuple[Somebody, Somebody]) -> None:
    alice, bob = two
    asked = alice.client.get(PLAN)
    sent = {**hidden(asked), "signal": "Penguin", "minutes": "30", "where": "the balcony", "children": ""}
    prepared = alice.client.post(PLAN, sent)
    assert prepared["Location"] == f"/ours/agreements/prepared/{sent['form_id']}/"
    assert alice.client.post(PLAN, sent)["Location"] == prepared["Location"]
    ready = alice.client.get(prepared["Location"]).content.decode()
    assert "Penguin" in ready
    assert "30 minutes" in ready
    assert "Penguin" not in page(bob, TOGETHER)
    other = alice.client.post(PLAN, {**sent, "signal": "Heron"})
    assert other.status_code == 409
    assert "Heron" in text(other)


# What no page ever says about somebody who is away, or to whoever waits.
VOUCHES = re.compile(
    r"still (?:here|there|with)|\bsafe\b|\bwill (?:come|be back|return|call)\b|is (?:fine|okay|ok|well|calm|sorry)\b|"
    r"coming back|loves? you|misses? you|thinks? of you|needs you|don.t worry|no need to worry|surely|certainly|"
    r"of course|trust (?:him|her|them)|be patient|be back soon|soon",
    re.IGNORECASE,
)
IN_THE_FIRST_PERSON = ("I’m still here to talk when you are.",)


def strings(folder: Path) -> list[str]:
    """Return every string of the room that a page can show, tags left out."""
    found = []
    for file in folder.rglob("*.html"):
        unspoken = re.sub(r"{%\s*comment.*?endcomment\s*%}", "", file.read_text(), flags=re.DOTALL)
        found += re.findall(r'{% translate "(.*?)" %}', unspoken)
        found += re.findall(r"{% blocktranslate[^%]*%}(.*?){% endblocktranslate %}", unspoken, re.DOTALL)
    for file in folder.glob("*.py"):
        found += re.findall(r'_(?:lazy)?\(\s*"(.*?)"', file.read_text())
    return found


def test_no_text_of_the_room_vouches_for_the_other() -> None:
    said = strings(Path(models.__file__).parent)
    assert len(said) > 60
    for one in said:
        mine = one.startswith(("I ", "I’", "“I", "Would ")) or one in IN_THE_FIRST_PERSON
        assert mine or not VOUCHES.search(one), one


@pytest.mark.parametrize("minutes", [0, 22, 60 * 23])
def test_no_page_of_the_one_who_waits_vouches_for_the_other(
    two: tuple[Somebody, Somebody], clock: Any, minutes: int
) -> None:
    alice, bob = two
    steps_away(bob)
    later(clock, minutes, alice)
    for path in (WAITING, TODAY, TOGETHER):
        answer = alice.client.get(path, follow=True).content.decode()
        main = re.sub(r"<[^>]*>", " ", answer[answer.index("<main") : answer.index("</main>")])
        for line in IN_THE_FIRST_PERSON:
            main = main.replace(line, "")
        assert not VOUCHES.search(main), VOUCHES.search(main)


def test_the_words_for_the_other_test_find_what_they_look_for() -> None:
    for one in ("Bob is safe", "Bob will come back", "Bob is fine", "He’s still here", "Don’t worry", "Back soon"):
        assert VOUCHES.search(one)


def test_ids_of_pauses_say_nothing(two: tuple[Somebody, Somebody]) -> None:
    steps_away(two[1])
    assert isinstance(models.Pause.objects.get().id, UUID)
    assert models.Pause.objects.get().id.version == 4


def test_where_nobody_is_away_the_way_to_a_moment_is_there_once_where_it_always_is(
    two: tuple[Somebody, Somebody], dana: Somebody
) -> None:
    for one, says in ((two[0], "Nobody is away"), (dana, "Stepping away")):
        body = one.client.get(WAITING).content.decode()
        assert says in body
        assert body.count("I need a moment") == 1
        assert body.index("I need a moment") < body.index("<main")
