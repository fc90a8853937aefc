"""Writing, keeping, changing, deleting: as a browser does it."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kindline.ground.people.actions import change_profile
from kindline.ground.vault import unsaved
from kindline.mine.journal import queries
from kindline.mine.journal.models import Entry
from kindline.mine.journal.tests.entries import NOW, kept
from tests.people import Somebody

pytestmark = [pytest.mark.django_db, pytest.mark.storage]

WRITE = "/mine/journal/write/"
HOSTILE = """<script>alert(1)</script>"><img src=x onerror=alert(2)> {{ 7|add:1 }} {% now "Y" %} ' " & \u202e"""


def sent(what: str = "You came late.", **fields: Any) -> dict[str, Any]:
    return {"form_id": str(uuid4()), "kind": "friction", "what": what, **fields}


def box(response: Any, name: str = "what") -> str:
    """Return what stands in a box of the page, as the browser would send it."""
    found = re.search(rf'<textarea[^>]* name="{name}"[^>]*>\n?(.*?)</textarea>', response.content.decode(), re.DOTALL)
    assert found, f"no box {name}"
    return found[1]


def only(one: Somebody) -> queries.Kept:
    (line,) = queries.lines(one.person)
    return queries.find(one.person, line.id)


def test_one_box_and_save_is_a_whole_entry(alice: Somebody) -> None:
    page = alice.client.get(WRITE)
    form_id = page.context["form_id"]
    answer = alice.client.post(WRITE, {"form_id": form_id, "kind": "friction", "what": "You came late."})
    assert answer.url == reverse("journal:kept", args=[form_id])
    assert only(alice).record.id == form_id
    assert "That took something. It’s kept." in alice.client.get(answer.url).content.decode()


def test_everything_that_unfolds_is_kept(alice: Somebody) -> None:
    parts = {
        "feelings.hurt": "3",
        "feelings.tired": "0",
        "feelings.left out": "1",
        "feelings-own": "small, hurt",
        "did": ["quiet", "closer"],
        "wanted": "A hello.",
        "day": "2026-03-01",
        "time": "07:15",
    }
    change_profile(person=alice.person, time_zone="Europe/Berlin")
    alice.client.post(WRITE, sent(**parts))
    entry = only(alice).entry
    assert entry.feelings == {"hurt": 3, "left out": 1, "small": 1}
    assert (entry.did, entry.wanted) == (("closer", "quiet"), "A hello.")
    assert entry.happened_at == datetime(2026, 3, 1, 6, 15, tzinfo=UTC)
    assert timezone.now() - entry.written_at < timedelta(minutes=1)


def test_the_box_comes_before_everything_else_and_save_right_after_it(alice: Somebody) -> None:
    page = alice.client.get(WRITE).content.decode()
    box_at, save_at, fold_at = page.index("<textarea"), page.index('<button class="button">'), page.index("<details")
    assert box_at < save_at < fold_at
    assert "&gt;</main" not in page
    assert '">\n' not in re.sub(r"<[^>]*>", "", page)


def test_an_empty_box_is_asked_for_kindly(alice: Somebody) -> None:
    answer = alice.client.post(WRITE, sent("   ", wanted="A hello."))
    assert answer.status_code == 200
    assert box(answer, "wanted") == "A hello."
    assert "A word is enough." in answer.content.decode()
    assert not Entry.objects.exists()


def test_where_safety_is_heard_help_comes_before_any_looking(alice: Somebody) -> None:
    entry_id = kept(alice.person, "He held me against the door. I am scared of him.")
    page = alice.client.get(reverse("journal:kept", args=[entry_id])).content.decode().partition("<main")[2]
    assert f'href="{reverse("care:help")}"' in page.partition("</main>")[0]
    assert reverse("journal:look-again", args=[entry_id]) not in page


def test_at_the_strongest_a_minute_of_breathing_comes_first(alice: Somebody) -> None:
    for depth, offered in (("3", True), ("2", False)):
        page = alice.client.post(WRITE, sent(**{"feelings.angry": depth}), follow=True).content.decode()
        assert ("A minute of breathing first?" in page) is offered


def test_a_good_moment_is_written_as_easily(dana: Somebody) -> None:
    page = dana.client.get(WRITE, {"kind": "good"})
    assert "Something good, in one line?" in page.content.decode()
    assert 'name="feelings.grateful"' in page.content.decode()
    assert 'name="wanted"' not in page.content.decode()
    kept_page = dana.client.post(WRITE, sent("Soup.", kind="good", **{"feelings.glad": "3"}), follow=True)
    assert "A good one." in kept_page.content.decode()
    assert "breathing" not in kept_page.content.decode()
    assert (only(dana).entry.kind, only(dana).entry.feelings) == ("good", {"glad": 3})


@pytest.mark.parametrize("kind", ["", "bad", "<b>"])
def test_an_unknown_kind_is_a_friction(alice: Somebody, kind: str) -> None:
    assert alice.client.get(WRITE, {"kind": kind}).context["form"].of_kind == "friction"


@pytest.mark.parametrize("field", ["what", "wanted"])
def test_what_is_too_long_is_named_and_stays_in_its_box(alice: Somebody, field: str) -> None:
    long = "long words " * 9100
    answer = alice.client.post(WRITE, sent(**{"what": "x", field: long}))
    assert "This holds up to 20000 characters and yours has 100099." in answer.content.decode().replace(",", "")
    assert box(answer, field).strip() == long.strip()
    assert not Entry.objects.exists()


def test_a_full_box_is_kept(alice: Somebody) -> None:
    assert alice.client.post(WRITE, sent("ä" * 20_000)).status_code == 302
    assert len(only(alice).entry.what) == 20_000


def test_hostile_words_are_shown_as_words(alice: Somebody) -> None:
    parts = {"wanted": HOSTILE, "feelings-own": "<i>x</i>"}
    alice.client.post(WRITE, sent(HOSTILE, **parts))
    entry_id = only(alice).record.id
    shown = [reverse(f"journal:{name}", args=[entry_id]) for name in ("entry", "edit", "delete", "look-again", "ways")]
    for address in (*shown, reverse("journal:list"), reverse("journal:patterns")):
        page = alice.client.get(address).content.decode()
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert "<i>x" not in page
    assert "{{ 7|add:1 }}" in alice.client.get(shown[0]).content.decode().replace("&#x27;", "'")


def test_what_is_still_to_come_cannot_have_happened(alice: Somebody) -> None:
    answer = alice.client.post(WRITE, sent(day="2999-01-01", time="10:00"))
    assert "still to come" in answer.content.decode()
    assert not Entry.objects.exists()


@pytest.mark.parametrize(
    ("day", "time"), [("0001-01-01", "00:00"), ("9999-12-31", "23:59"), ("x", "y"), ("2026-03-29", "02:30")]
)
@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "America/Los_Angeles", "Europe/Berlin"])
def test_no_time_breaks_the_page(alice: Somebody, day: str, time: str, zone: str) -> None:
    change_profile(person=alice.person, time_zone=zone)
    answer = alice.client.post(WRITE, sent(day=day, time=time))
    assert answer.status_code in (200, 302)
    if answer.status_code == 302:
        assert alice.client.get(reverse("journal:list")).status_code == 200
        assert alice.client.get(reverse("journal:patterns"), {"range": "all"}).status_code == 200


def test_a_double_submit_makes_one_entry(alice: Somebody) -> None:
    form = sent()
    first, second = (alice.client.post(WRITE, form) for _ in range(2))
    assert first.url == second.url
    assert len(queries.lines(alice.person)) == 1


def test_back_after_saving_and_other_words_lose_nothing(alice: Somebody) -> None:
    form = sent("First words.")
    alice.client.post(WRITE, form)
    answer = alice.client.post(WRITE, {**form, "what": "Second words."})
    assert answer.status_code == 409
    assert box(answer) == "Second words."
    assert "First words." in answer.content.decode()
    assert only(alice).entry.what == "First words."


@pytest.mark.parametrize(
    ("button", "expected"), [({}, ["Second words."]), ({"both": "1"}, ["First words.", "Second words."])]
)
def test_of_two_wordings_either_or_both_can_be_kept(
    alice: Somebody, button: dict[str, str], expected: set[str]
) -> None:
    form = sent("First words.")
    alice.client.post(WRITE, form)
    page = alice.client.post(WRITE, {**form, "what": "Second words."})
    again = {"form_id": page.context["form_id"], "version": page.context["version"], "what": "Second words.", **button}
    for _twice in range(2):
        alice.client.post(reverse("journal:edit", args=[form["form_id"]]), again)
    assert sorted(line.first for line in queries.lines(alice.person)) == expected


def edits(client: Client, entry_id: UUID) -> dict[str, Any]:
    """Open the page for changing an entry and return its form as it would be sent."""
    page = client.get(reverse("journal:edit", args=[entry_id]))
    return {"form_id": page.context["form_id"], "version": page.context["version"], "what": box(page)}


def test_an_entry_is_changed_and_keeps_its_moment(alice: Somebody) -> None:
    at = NOW.replace(second=17)
    entry_id = kept(alice.person, "You came late.", at, feelings={"hurt": 1})
    page = alice.client.get(reverse("journal:edit", args=[entry_id]))
    assert 'value="2026-03-10"' in page.content.decode()
    form = {**edits(alice.client, entry_id), "what": "We came late.", "day": "2026-03-10", "time": "19:30"}
    answer = alice.client.post(reverse("journal:edit", args=[entry_id]), form)
    assert answer.url == reverse("journal:entry", args=[entry_id])
    entry = only(alice).entry
    assert (entry.what, entry.happened_at, entry.written_at) == ("We came late.", at, at)


def test_another_day_without_a_time_claims_none(alice: Somebody) -> None:
    change_profile(person=alice.person, time_zone="Europe/Berlin")
    alice.client.post(WRITE, sent(day="2026-03-01"))
    found = only(alice)
    assert (found.entry.happened_at, found.entry.timed) == (datetime(2026, 3, 1, 11, 0, tzinfo=UTC), False)
    page = alice.client.get(reverse("journal:entry", args=[found.record.id])).content.decode()
    assert "1 March 2026</time>" in page
    assert "12:00" not in page + alice.client.get(reverse("journal:list")).content.decode()
    address = reverse("journal:edit", args=[found.record.id])
    assert 'value="12:00' not in alice.client.get(address).content.decode()
    form = {**edits(alice.client, found.record.id), "day": "2026-03-01"}
    alice.client.post(address, form)
    assert only(alice).entry.timed is False, "looking at it is not telling the time"
    alice.client.post(address, {**edits(alice.client, found.record.id), "day": "2026-03-01", "time": "12:00"})
    assert only(alice).entry.timed is True


def test_two_tabs_never_overwrite_each_other_unseen(alice: Somebody) -> None:
    entry_id = kept(alice.person)
    one, two = edits(alice.client, entry_id), edits(alice.client, entry_id)
    address = reverse("journal:edit", args=[entry_id])
    assert alice.client.post(address, {**one, "what": "From tab one."}).status_code == 302
    answer = alice.client.post(address, {**two, "what": "From tab two."})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "This changed in another window. Your words are below; nothing is lost." in page
    assert box(answer) == "From tab two."
    assert "From tab one." in page
    assert only(alice).entry.what == "From tab one."
    chosen = {"form_id": two["form_id"], "version": answer.context["version"], "what": box(answer)}
    assert alice.client.post(address, chosen).status_code == 302
    assert only(alice).entry.what == "From tab two."


def test_the_same_change_twice_is_one_change(alice: Somebody) -> None:
    entry_id = kept(alice.person)
    form = {**edits(alice.client, entry_id), "what": "Once."}
    for _ in range(2):
        assert alice.client.post(reverse("journal:edit", args=[entry_id]), form).status_code == 302
    assert only(alice).record.version == 2


@pytest.mark.parametrize("version", ["", "0", "x", "-1", "99999999999", "²"])
def test_a_form_without_its_version_overwrites_nothing(alice: Somebody, version: str) -> None:
    entry_id = kept(alice.person)
    form = {"form_id": str(uuid4()), "version": version, "what": "Over it."}
    assert alice.client.post(reverse("journal:edit", args=[entry_id]), form).status_code == 409
    assert only(alice).entry.what == "You came home late."


def test_words_for_a_deleted_entry_are_not_lost(alice: Somebody) -> None:
    entry_id = kept(alice.person)
    form = {**edits(alice.client, entry_id), "what": "Still being written."}
    alice.client.post(reverse("journal:delete", args=[entry_id]))
    answer = alice.client.post(reverse("journal:edit", args=[entry_id]), form)
    assert answer.status_code == 404
    assert box(answer) == "Still being written."


def test_deleting_asks_once_and_is_for_good(alice: Somebody) -> None:
    entry_id = kept(alice.person)
    address = reverse("journal:delete", args=[entry_id])
    asked = alice.client.get(address).content.decode()
    assert "Delete this for good?" in asked
    assert "…”" not in asked, "words that are all there do not look cut"
    assert len(queries.lines(alice.person)) == 1
    assert alice.client.post(address).url == reverse("journal:list")
    assert not Entry.objects.exists()
    assert alice.client.post(address).status_code == 404


def test_unsaved_words_come_back_and_can_be_let_go(alice: Somebody) -> None:
    form_id = uuid4()
    fields = {"kind": ["friction"], "what": ["Half a sen"], "feelings.hurt": ["2"], "did": ["quiet", "freeze"]}
    unsaved.keep(alice.person.keyring, form_id, WRITE, fields, timezone.now())
    page = alice.client.get(WRITE)
    assert (page.context["form_id"], box(page)) == (form_id, "Half a sen")
    assert page.context["form"]["feelings"].value() == {"hurt": 2}
    assert page.context["form"]["did"].value() == ["quiet", "freeze"]
    assert box(alice.client.get(WRITE, {"kind": "good"})) == ""
    alice.client.post(reverse("journal:let-go"), {"form_id": form_id})
    assert box(alice.client.get(WRITE)) == ""


def test_unsaved_words_of_each_kind_wait_apart(alice: Somebody) -> None:
    for kind, what in (("friction", "The door again."), ("good", "The soup.")):
        unsaved.keep(alice.person.keyring, uuid4(), WRITE, {"kind": [kind], "what": [what]}, timezone.now())
    assert box(alice.client.get(WRITE, {"kind": "friction"})) == "The door again."
    assert box(alice.client.get(WRITE, {"kind": "good"})) == "The soup."
    assert box(alice.client.get(WRITE)) == "The soup."


def test_unsaved_changes_come_back_with_the_version_they_were_made_on(alice: Somebody) -> None:
    entry_id, form_id = kept(alice.person), uuid4()
    address = reverse("journal:edit", args=[entry_id])
    unsaved.keep(alice.person.keyring, form_id, address, {"version": ["1"], "what": ["Half"]}, timezone.now())
    alice.client.post(address, {"form_id": str(uuid4()), "version": "1", "what": "Elsewhere."})
    page = alice.client.get(address)
    assert (box(page), page.context["version"]) == ("Half", 1)
    answer = alice.client.post(reverse("journal:let-go"), {"form_id": form_id, "entry": entry_id})
    assert answer.url == reverse("journal:entry", args=[entry_id])
    assert box(alice.client.get(address)) == "Elsewhere."


def test_a_lock_in_the_middle_carries_the_words_over(alice: Somebody) -> None:
    form = sent("Written before the lock.", did=["quiet", "freeze"], **{"feelings.hurt": "3"})
    with time_machine.travel(timezone.now() + timedelta(minutes=30), tick=False):
        locked = alice.client.post(WRITE, form)
        assert locked.status_code == 401
        carried = {name: [] for name, _ in locked.context["carried"]}
        for name, value in locked.context["carried"]:
            carried[name].append(value)
        answer = alice.client.post("/unlock/", {"name": alice.name, "passphrase": alice.passphrase, **carried})
        assert answer.url == reverse("journal:kept", args=[form["form_id"]])
        page = alice.client.get(answer.url)
        assert page.status_code == 200
    assert page.context["entry"].what == "Written before the lock."
    assert (page.context["entry"].did, page.context["entry"].feelings) == (("quiet", "freeze"), {"hurt": 3})


def test_a_locked_page_shows_nothing(alice: Somebody) -> None:
    entry_id = kept(alice.person)
    for name in ("entry", "edit", "kept", "delete", "look-again", "ways"):
        answer = Client().get(reverse(f"journal:{name}", args=[entry_id]))
        assert answer.url.startswith("/unlock/")


@pytest.mark.parametrize("name", ["entry", "edit", "kept", "delete", "look-again", "ways"])
def test_a_stranger_finds_nothing_here(alice: Somebody, charlie: Somebody, name: str) -> None:
    entry_id = kept(alice.person, "Only hers.")
    address = reverse(f"journal:{name}", args=[entry_id])
    for answer in (charlie.client.get(address), charlie.client.post(address, sent("Mine.", version="1", step="x"))):
        assert answer.status_code in (404, 405)
        assert "Only hers." not in answer.content.decode()
    assert only(alice).entry.what == "Only hers."
    assert only(alice).record.version == 1


def test_a_strangers_form_with_ones_id_changes_nothing(alice: Somebody, charlie: Somebody) -> None:
    entry_id = kept(alice.person)
    assert charlie.client.post(WRITE, sent(form_id=str(entry_id))).status_code == 404
    assert only(alice).entry.what == "You came home late."


def test_an_emptied_page_brings_nothing_back(alice: Somebody) -> None:
    fields = {"kind": ["friction"], "what": [" "], "feelings.hurt": ["0"]}
    unsaved.keep(alice.person.keyring, uuid4(), WRITE, fields, timezone.now())
    assert "weren’t saved yet" not in alice.client.get(WRITE).content.decode()
