"""The pages: a copy to take along, a file that is looked into, brought in step by step, resumed, let go; deleting."""

import csv
import io
import json
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
import time_machine
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection
from django.http import HttpResponse
from django.utils import timezone

from kindline.front.takeout import actions, queries
from kindline.front.takeout.tests import files
from kindline.ground.vault import unsaved
from kindline.ground.vault.models import Arrival, ArrivalPart, Unsaved
from kindline.ground.vault.records import owned
from kindline.mine.journal import queries as journal
from kindline.ours.agreements.tests.living import agreed
from kindline.ours.negotiation.tests.talking import begun, both_opened
from kindline.ours.pauses import actions as pauses
from kindline.ours.rhythms.tests.living import planned
from tests.house.things import draft, entry
from tests.people import PASSPHRASE, Somebody, pair, shared_by

pytestmark = [pytest.mark.django_db, pytest.mark.storage]
NOW = datetime(2026, 11, 22, 20, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def frozen() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def table(rows: int) -> bytes:
    held = io.StringIO()
    out = csv.writer(held)
    out.writerow(["date", "text"])
    for number in range(rows):
        out.writerow([date(2020, 1, 1) + timedelta(days=number), f"Day number {number}."])
    return held.getvalue().encode()


def bring(one: Somebody, raw: bytes, name: str = "any.name") -> HttpResponse:
    return one.client.post("/takeout/read/", {"file": SimpleUploadedFile(name, raw)}, follow=True)  # type: ignore[return-value]


def press(one: Somebody, **fields: Any) -> HttpResponse:
    return one.client.post("/takeout/bring/", {**fields, **waits(one)}, follow=True)  # type: ignore[return-value]


def waits(one: Somebody) -> dict[str, UUID]:
    """Return what a page that shows the file that waits says of it."""
    waiting = queries.waiting(one.person)
    return {"arrival": waiting.row.id} if waiting else {}


def begin(one: Somebody, kind: str = "note") -> None:
    actions.begin(person=one.person, kind=kind, now=timezone.now(), **waits(one))


def bring_some(one: Somebody) -> None:
    actions.bring_some(person=one.person, **waits(one))


def words(one: Somebody) -> list[str]:
    return [line.first for line in journal.lines(one.person)]


def test_a_plain_journal_is_looked_into_first_and_then_brought_in(alice: Somebody) -> None:
    page = bring(alice, files.packed(files.DAILYTXT)).content.decode()
    assert "This is a journal from DailyTxT." in page
    assert "2 entries" in page
    assert "from 3 May 2024 to 4 May 2024" in page
    assert "2 pictures or recordings stay behind." in page
    assert words(alice) == [], "nothing is in before its person says so"
    page = press(alice, kind="good").content.decode()
    assert "all in" in page
    assert words(alice) == ["Written the day after.", "We walked by the river. #river"]
    assert {line.kind for line in journal.lines(alice.person)} == {"good"}


def test_a_kind_that_nobody_offered_is_a_bit_of_everything(alice: Somebody) -> None:
    bring(alice, table(1))
    press(alice, kind="secret")
    assert [line.kind for line in journal.lines(alice.person)] == ["note"]


def test_the_same_file_twice_brings_nothing_twice(alice: Somebody) -> None:
    for _ in range(2):
        bring(alice, table(3))
        press(alice, kind="note")
    assert len(words(alice)) == 3
    assert "All of it is here already" in bring(alice, table(3)).content.decode()
    assert "3 are here already" in bring(alice, table(5)).content.decode()


def test_what_was_refused_changes_nothing_and_says_where(alice: Somebody) -> None:
    entry(alice)
    before = queries.documents(alice.person)
    answer = bring(alice, b"date,text\n2024-05-03,fine\n2024-13-01,hm\n")
    assert answer.status_code == 422
    assert "Line 3: There is a day or time that Kindline can’t place." in answer.content.decode()
    assert queries.documents(alice.person) == before
    assert not Arrival.objects.exists()


def test_without_a_file_it_asks_for_one(alice: Somebody) -> None:
    answer = alice.client.post("/takeout/read/")
    assert answer.status_code == 422
    assert "Please choose your file." in answer.content.decode()


def test_it_comes_in_by_parts_and_says_how_far_it_is(alice: Somebody, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kindline.front.takeout.views.A_WHILE", 0)
    bring(alice, table(1200))
    first = press(alice, kind="note").content.decode()
    assert "500 of 1,200 are in." in first
    assert 'hx-trigger="load' in first, "with scripts it goes on by itself"
    assert "1,000 of 1,200 are in." in press(alice).content.decode()
    part = alice.client.post("/takeout/bring/", waits(alice), headers={"HX-Request": "true"}).content.decode()
    assert "all in" in part
    assert "<html" not in part
    assert len(words(alice)) == 1200
    assert not ArrivalPart.objects.exists()


def test_what_was_cut_on_the_way_waits_and_goes_on(alice: Somebody, monkeypatch: pytest.MonkeyPatch) -> None:
    bring(alice, table(1200))
    begin(alice)
    bring_some(alice)

    def broken(*_args: object) -> None:
        raise DatabaseError("the disk is full")

    with monkeypatch.context() as patched:
        patched.setattr("kindline.ground.vault.records.remove", broken)
        with pytest.raises(DatabaseError):
            bring_some(alice)
    assert len(words(alice)) == 500, "a part is in whole or not at all"
    page = alice.client.get("/takeout/arrival/").content.decode()
    assert "Partly in" in page
    assert "500 of 1,200 are in." in page
    assert 'hx-trigger="load' not in page, "and it goes on when its person says so"
    assert "A file of yours is partly in." in alice.client.get("/takeout/").content.decode()
    while (waiting := queries.waiting(alice.person)) is not None and waiting.left:
        press(alice)  # a slow machine gets fewer parts done at a time
    assert sorted(words(alice)) == sorted(f"Day number {number}." for number in range(1200))


def test_letting_it_go_leaves_what_is_in(alice: Somebody) -> None:
    bring(alice, table(700))
    begin(alice)
    bring_some(alice)
    alice.client.post("/takeout/let-go/", waits(alice))
    assert len(words(alice)) == 500
    assert not Arrival.objects.exists()
    assert not ArrivalPart.objects.exists()
    assert alice.client.get("/takeout/arrival/").status_code == 302


def unlock(one: Somebody) -> None:
    assert one.client.post("/unlock/", {"name": one.name, "passphrase": PASSPHRASE}).status_code == 302
    one.token = one.client.cookies["kindline"].value


def test_a_file_that_nobody_touched_for_a_week_is_gone_with_the_next_unlocking(
    alice: Somebody, charlie: Somebody
) -> None:
    bring(alice, table(700))
    with time_machine.travel(NOW + timedelta(days=6)):
        unlock(alice)
        assert Arrival.objects.exists()
        begin(alice)
        bring_some(alice)
    with time_machine.travel(NOW + timedelta(days=8)):
        unlock(charlie)
        unlock(alice)
        assert "500 of 700 are in." in alice.client.get("/takeout/arrival/").content.decode(), "going on is touching it"
        begin(alice, "good")
        plan = queries.waiting(alice.person).plan  # type: ignore[union-attr]
        assert (plan.at > NOW + timedelta(days=7), plan.kind) == (True, "note")
    with time_machine.travel(NOW + timedelta(days=16)):
        unlock(alice)
        assert not Arrival.objects.exists()
        assert not ArrivalPart.objects.exists()
        assert len(words(alice)) == 500, "what is in stays"


def test_a_file_that_no_longer_opens_is_gone_and_keeps_nobody_out(alice: Somebody) -> None:
    bring(alice, table(2))
    Arrival.objects.update(sealed=b"\x01\x01 something else")
    unlock(alice)
    assert not ArrivalPart.objects.exists()


def test_another_file_takes_the_place_of_the_one_that_waited(alice: Somebody) -> None:
    bring(alice, table(700))
    bring(alice, table(2))
    assert (Arrival.objects.count(), ArrivalPart.objects.count()) == (1, 1)


def test_a_file_that_waits_is_only_its_persons(alice: Somebody, charlie: Somebody) -> None:
    bring(alice, table(3))
    assert charlie.client.get("/takeout/arrival/").status_code == 302
    charlie.client.post("/takeout/bring/", waits(alice))
    charlie.client.post("/takeout/let-go/", waits(alice))
    assert words(charlie) == []
    assert (Arrival.objects.count(), ArrivalPart.objects.count()) == (1, 1)


def test_what_waits_is_sealed(alice: Somebody) -> None:
    bring(alice, table(3))
    with connection.cursor() as cursor:
        for model in (Arrival, ArrivalPart):
            cursor.execute(f"SELECT sealed FROM {model._meta.db_table}")  # noqa: S608
            assert all(b"Day number" not in bytes(row[0]) for row in cursor.fetchall())


def test_the_copy_is_a_file_of_its_own_that_nobody_keeps(alice: Somebody) -> None:
    entry_id, draft_id = entry(alice), draft(alice)
    answer = alice.client.post("/takeout/copy/", {"as": "file"})
    assert answer["Content-Disposition"] == 'attachment; filename="kindline-2026-11-22.json"'
    assert "no-store" in answer["Cache-Control"]
    whole = json.loads(answer.content)
    assert (whole["format"], whole["version"], whole["person"]["name"]) == ("kindline", 1, "Alice")
    [one] = whole["rooms"]["journal"]
    assert (one["id"], one["holds"]["what"]) == (str(entry_id), "The door again, loud.")
    assert whole["rooms"]["drafts"][0]["id"] == str(draft_id)


def test_the_copy_is_called_by_the_name_this_device_goes_by(alice: Somebody) -> None:
    alice.client.cookies[settings.GUISE_COOKIE] = "evening"
    for as_what, ending in (("file", "json"), ("page", "html")):
        answer = alice.client.post("/takeout/copy/", {"as": as_what})
        assert answer["Content-Disposition"] == f'attachment; filename="evening-2026-11-22.{ending}"'


def test_the_copy_to_read_holds_every_word_and_needs_nothing_else(alice: Somebody) -> None:
    entry(alice, "The <b>door</b> again, loud.")
    draft(alice, "quiet after work")
    answer = alice.client.post("/takeout/copy/", {"as": "page"})
    assert answer["Content-Disposition"] == 'attachment; filename="kindline-2026-11-22.html"'
    page = answer.content.decode()
    assert "The &lt;b&gt;door&lt;/b&gt; again, loud." in page
    assert "I need quiet after work. How is that for you?" in page
    assert "November 2026" in page
    assert not re.search(r"https?:", page)
    assert "<script" not in page
    bring(alice, table(1))
    press(alice, kind="note")
    answer = alice.client.post("/takeout/copy/", {"as": "page"})
    assert '<time datetime="2020-01-01">1 January 2020</time>' in answer.content.decode(), "no time was ever told"


def test_nobody_gets_a_copy_of_what_is_somebody_elses(alice: Somebody, charlie: Somebody) -> None:
    entry(alice, "Only hers.")
    for kind in ("file", "page"):
        assert b"Only hers" not in charlie.client.post("/takeout/copy/", {"as": kind}).content


def test_deleting_all_that_was_written_keeps_the_place(alice: Somebody, charlie: Somebody) -> None:
    entry(alice)
    draft(alice)
    entry(charlie, "His own.")
    bring(alice, table(2))
    unsaved.keep(alice.person.keyring, uuid4(), "/mine/journal/write/", {"what": ["half"]}, timezone.now())
    wrong = alice.client.post("/settings/empty/", {"passphrase": "not this one at all"})
    assert "Nothing was changed." in wrong.content.decode()
    assert words(alice) == ["The door again, loud."]
    assert "It’s gone" in alice.client.post("/settings/empty/", {"passphrase": PASSPHRASE}).content.decode()
    assert not any(queries.documents(alice.person).values())
    assert not Arrival.objects.exists()
    assert not owned(Unsaved, alice.person.keyring).exists()
    assert alice.client.get("/today/").status_code == 200
    assert words(charlie) == ["His own."]


def test_before_deleting_a_copy_is_offered(alice: Somebody) -> None:
    for address in ("/settings/empty/", "/settings/delete/"):
        assert 'href="/takeout/"' in alice.client.get(address).content.decode()
    assert 'href="/takeout/"' in alice.client.get("/settings/").content.decode()


def test_what_is_shared_goes_along_on_the_page_and_in_the_file(alice: Somebody, bob: Somebody) -> None:
    pair(alice, bob)
    agreed(alice, bob)
    assert "shared space goes along" in bob.client.get("/takeout/").content.decode()
    page = bob.client.post("/takeout/copy/", {"as": "page"}).content.decode()
    assert "half an hour to land" in page
    assert "Alice, Bob" in page
    file = bob.client.post("/takeout/copy/", {"as": "file"}).json()
    assert {one["kind"] for one in file["circles"][0]["rooms"]["agreements"]} == {"wording", "stated"}


def test_talks_and_what_was_set_aside_go_along_on_the_page_to_read(alice: Somebody, bob: Somebody) -> None:
    pair(alice, bob)
    both_opened(alice, bob, begun(alice, "Evenings"))
    at = timezone.now() + timedelta(days=2)
    pauses.set_aside(circle=shared_by(bob), topic_id=uuid4(), topic="the summer", at=at, now=timezone.now())
    page = alice.client.post("/takeout/copy/", {"as": "page"}).content.decode()
    for said in ("What you talked through", "A talk with Bob", "Evenings", "What Bob needs", "Bob needs quiet"):
        assert said in page
    for said in ("Set aside, with a time", "Bob would like to talk then about", "the summer"):
        assert said in page


def test_what_comes_round_goes_along_on_the_page_to_read(alice: Somebody, bob: Somebody) -> None:
    pair(alice, bob)
    planned(alice, title="Our Sunday table")
    page = bob.client.post("/takeout/copy/", {"as": "page"}).content.decode()
    assert "What comes round" in page
    assert "Our Sunday table" in page
