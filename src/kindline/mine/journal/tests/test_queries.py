from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.http import Http404
from django.test.utils import CaptureQueriesContext

from kindline.mine.journal import queries
from kindline.mine.journal.shapes import Insight
from kindline.mine.journal.tests.entries import NOW, kept
from tests.people import Somebody

pytestmark = [pytest.mark.django_db, pytest.mark.storage]

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
WHOLE = Insight(need="safety", finer=("truth", "gentleness"), fear="That you leave.", other="A rest.")


def test_lines_begin_with_what_happened_last(alice: Somebody) -> None:
    for days in (2, 0, 1):
        kept(alice.person, f"{days} days ago", NOW - days * DAY)
    assert [line.first for line in queries.lines(alice.person)] == ["0 days ago", "1 days ago", "2 days ago"]


def test_an_empty_journal_has_nothing_for_today(dana: Somebody) -> None:
    assert queries.for_today(dana.person, NOW) == (True, None, None, False)


def test_the_loudest_of_yesterday_is_offered_for_another_look(alice: Somebody) -> None:
    kept(alice.person, "quiet", NOW - 30 * HOUR, feelings={"hurt": 1})
    loud = kept(alice.person, "loud", NOW - 40 * HOUR, feelings={"hurt": 3})
    kept(alice.person, "fresh", NOW - 2 * HOUR, feelings={"hurt": 3})
    kept(alice.person, "good", NOW - 30 * HOUR, kind="good", feelings={"glad": 3})
    kept(alice.person, "looked at", NOW - 30 * HOUR, feelings={"hurt": 3}, insight=Insight())
    look = queries.for_today(alice.person, NOW).to_look_at_again
    assert look
    assert look.id == loud


def test_what_happened_long_ago_but_was_written_yesterday_is_offered(alice: Somebody) -> None:
    entry_id = kept(alice.person, at=NOW - 25 * HOUR, happened_at=NOW - 300 * DAY)
    look = queries.for_today(alice.person, NOW).to_look_at_again
    assert look
    assert look.id == entry_id


def test_one_good_thing_is_there_to_reread_all_day(alice: Somebody) -> None:
    kept(alice.person, "friction", NOW - 9 * DAY)
    kept(alice.person, "new", NOW, kind="good")
    good = kept(alice.person, "good", NOW - 9 * DAY, kind="good")
    for hour in (0, 3):
        one = queries.for_today(alice.person, NOW + hour * HOUR).one_to_reread
        assert one
        assert one.id == good


@pytest.mark.parametrize(("days", "expected"), [(6, False), (8, True)])
def test_what_is_reread_is_a_week_old(alice: Somebody, days: int, *, expected: bool) -> None:
    kept(alice.person, "good", NOW - days * DAY, kind="good")
    assert bool(queries.for_today(alice.person, NOW).one_to_reread) is expected


def test_a_fresh_friction_is_known_and_a_good_moment_does_not_count(alice: Somebody) -> None:
    kept(alice.person, at=NOW - 2 * HOUR)
    kept(alice.person, at=NOW, kind="good")
    assert not queries.written_since(alice.person, NOW - HOUR)
    kept(alice.person, at=NOW - HOUR / 2, happened_at=NOW - 5 * DAY)
    assert queries.written_since(alice.person, NOW - HOUR)


def test_a_draft_gets_the_insight_in_words(alice: Somebody) -> None:
    entry_id = kept(
        alice.person, "No word.", feelings={"tired": 1, "hurt": 3, "left out": 2}, did=("quiet",), wanted="A hello.",
        insight=WHOLE,
    )  # fmt: skip
    assert queries.insight_of(alice.person, entry_id) == queries.InsightOf(
        entry_id=entry_id,
        what="No word.",
        feelings=("very hurt", "quite left out", "a little tired"),
        wanted="A hello.",
        did=("Go quiet",),
        need="honesty",
        fear="That you leave.",
        other="A rest.",
    )


@pytest.mark.parametrize(
    ("insight", "need"),
    [
        (Insight(need="safety"), "to be at ease, body and heart"),
        (Insight(need="safety", finer=("truth",), need_words="a slow hello"), "a slow hello"),
        (Insight(), ""),
        (None, ""),
    ],
)
def test_the_need_in_ones_own_words_comes_first(alice: Somebody, insight: Insight | None, need: str) -> None:
    assert queries.insight_of(alice.person, kept(alice.person, insight=insight)).need == need


def test_where_safety_is_heard_the_others_side_goes_nowhere(alice: Somebody) -> None:
    told = "He grabbed my arm and I am afraid of him."
    entry_id = kept(alice.person, told, insight=WHOLE)
    assert queries.hears_safety(queries.find(alice.person, entry_id).entry)
    assert queries.insight_of(alice.person, entry_id).other == ""


def test_a_stranger_gets_no_insight(alice: Somebody, charlie: Somebody) -> None:
    entry_id = kept(alice.person, insight=WHOLE)
    for unknown in (entry_id, uuid4()):
        with pytest.raises(Http404):
            queries.insight_of(charlie.person, unknown)


def test_search_finds_in_every_part_and_only_ones_own(alice: Somebody, charlie: Somebody) -> None:
    old = kept(alice.person, "The lamp broke.", NOW - DAY)
    new = kept(alice.person, "A talk.", insight=Insight(fear="the dark without a lamp"))
    kept(alice.person, "Nothing of it.")
    assert [found.id for found in queries.search(alice.person, "LAMP")] == [new, old]
    assert queries.search(alice.person, "lamp broke")[0].id == old
    assert queries.search(alice.person, " ’ ") == []
    assert queries.search(charlie.person, "lamp") == []


def test_lists_open_no_record(alice: Somebody) -> None:
    for _ in range(3):
        kept(alice.person)
    person = alice.person
    with CaptureQueriesContext(
        connection,
    ) as asked:
        queries.lines(person)
    assert len(asked) == 2
    assert not any('"journal_entry"."sealed"' in query["sql"] for query in asked.captured_queries)
