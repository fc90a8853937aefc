"""Rules: what they say, what is refused and why, and that every one of them is quick."""

from datetime import date, datetime, timedelta
from itertools import islice
from time import process_time

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given
from hypothesis import strategies as st

from kindline.ground.clock import recurrence as rules
from kindline.ground.clock.recurrence import Recurrence, Unfit, first_of, parse, starts

FAR = datetime(2199, 1, 1)
DAYS = st.dates(date(1971, 1, 1), date(2150, 1, 1))
ENDS = st.one_of(
    st.just({}), st.builds(lambda day: {"until": day}, DAYS), st.builds(lambda n: {"count": n}, st.integers(1, 40))
)
WEEKDAYS = st.sets(st.integers(0, 6)).map(lambda days: tuple(sorted(days)))
KINDS = st.one_of(
    st.builds(lambda n: {"every": "day", "interval": n}, st.integers(1, 366)),
    st.builds(lambda n, days: {"every": "week", "interval": n, "weekdays": days}, st.integers(1, 52), WEEKDAYS),
    st.builds(lambda n: {"every": "month", "interval": n}, st.integers(1, 12)),
    st.builds(
        lambda n, day, nth: {"every": "month", "interval": n, "weekdays": (day,), "nth": nth},
        st.integers(1, 12), st.integers(0, 6), st.sampled_from(rules.NTH),
    ),
    st.builds(lambda n: {"every": "year", "interval": n}, st.integers(1, 10)),
)  # fmt: skip
RULES = st.builds(lambda kind, end: Recurrence(**kind, **end), KINDS, ENDS)
FIRSTS = st.datetimes(datetime(1971, 1, 1), datetime(2100, 1, 1)).map(lambda at: at.replace(second=0, microsecond=0))


@given(RULES)
def test_every_rule_reads_back_as_it_was_written(rule: Recurrence) -> None:
    assert parse(rule.rrule()) == rule


@given(RULES, FIRSTS, st.datetimes(datetime(1971, 1, 1), datetime(2150, 1, 1)), st.integers(0, 1500))
def test_a_rule_taken_up_midway_goes_on_as_if_from_the_start(
    rule: Recurrence, first: datetime, early: datetime, days: int
) -> None:
    late = early + timedelta(days)
    begun = rrulestr(rule.rrule().replace("UNTIL=", "UNTIL="), dtstart=first)  # the library's own way, from the first
    if rule.until:
        begun = begun.replace(until=datetime.combine(rule.until, datetime.max.time()))
    assert list(starts(rule, first, early, late)) == begun.between(early, late, inc=True)


@pytest.mark.parametrize(
    ("text", "first", "expected"),
    [
        ("FREQ=WEEKLY", "2026-01-05T19:00", ["2026-01-05", "2026-01-12", "2026-01-19"]),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SU", "2026-01-07T19:00", ["2026-01-11", "2026-01-19", "2026-01-25"]),
        ("FREQ=MONTHLY", "2026-01-31T19:00", ["2026-01-31", "2026-03-31", "2026-05-31"]),
        ("FREQ=MONTHLY;BYDAY=-1FR", "2026-01-01T19:00", ["2026-01-30", "2026-02-27", "2026-03-27"]),
        ("FREQ=MONTHLY;BYDAY=1SU", "2026-01-05T19:00", ["2026-02-01", "2026-03-01", "2026-04-05"]),
        ("FREQ=YEARLY", "2024-02-29T19:00", ["2024-02-29", "2028-02-29", "2032-02-29"]),
        ("FREQ=DAILY;COUNT=2", "2026-12-31T19:00", ["2026-12-31", "2027-01-01"]),
        ("FREQ=DAILY;UNTIL=20260102", "2026-01-01T23:59", ["2026-01-01", "2026-01-02"]),
        ("FREQ=DAILY;UNTIL=20251231", "2026-01-01T19:00", []),
    ],
)
def test_a_rule_says_these_days(text: str, first: str, expected: list[str]) -> None:
    at = datetime.fromisoformat(first)
    found = list(islice(starts(parse(text), at, at, FAR), 3))
    assert [str(one.date()) for one in found] == expected
    assert {one.time() for one in found} <= {at.time()}
    assert first_of(parse(text), at) == (found[0] if found else None)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", rules.NOT_A_RULE),
        ("every monday", rules.NOT_A_RULE),
        ("FREQ=", rules.NOT_A_RULE),
        ("FREQ=FORTNIGHTLY", rules.NOT_A_RULE),
        ("FREQ=DAILY;FREQ=WEEKLY", rules.NOT_A_RULE),
        ("FREQ=DAILY;;", rules.NOT_A_RULE),
        ("FREQ=DAILY;INTERVAL=0", rules.NOT_A_RULE),
        ("FREQ=DAILY;INTERVAL=-1", rules.NOT_A_RULE),
        ("FREQ=DAILY;INTERVAL=1e9", rules.NOT_A_RULE),
        ("FREQ=DAILY;INTERVAL=²", rules.NOT_A_RULE),
        ("FREQ=DAILY;UNTIL=20260230", rules.NOT_A_RULE),
        ("FREQ=DAILY;UNTIL=tomorrow", rules.NOT_A_RULE),
        ("FREQ=WEEKLY;BYDAY=XX", rules.NOT_A_RULE),
        ("FREQ=WEEKLY;BYDAY=+-1MO", rules.NOT_A_RULE),
        ("FREQ=WEEKLY;BYDAY=" + ",".join(["MO"] * 200), rules.NOT_A_RULE),
        ("FREQ=SECONDLY", rules.TOO_OFTEN),
        ("FREQ=MINUTELY;COUNT=3", rules.TOO_OFTEN),
        ("FREQ=HOURLY", rules.TOO_OFTEN),
        ("FREQ=DAILY;BYHOUR=1,2,3", rules.NOT_KNOWN),
        ("FREQ=YEARLY;BYEASTER=0", rules.NOT_KNOWN),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", rules.NOT_KNOWN),  # never any day: a library looks for it till 9999
        ("FREQ=YEARLY;BYWEEKNO=53", rules.NOT_KNOWN),
        ("FREQ=MONTHLY;BYSETPOS=-1;BYDAY=MO,TU", rules.NOT_KNOWN),
        ("FREQ=MONTHLY;BYDAY=1MO,2TU", rules.NOT_KNOWN),
        ("FREQ=WEEKLY;INTERVAL=2;WKST=SU", rules.NOT_KNOWN),
        ("FREQ=WEEKLY;UNTIL=20261231T000000Z", rules.NOT_KNOWN),
        ("FREQ=DAILY;INTERVAL=367", rules.TOO_FAR),
        ("FREQ=WEEKLY;INTERVAL=53", rules.TOO_FAR),
        ("FREQ=MONTHLY;INTERVAL=13", rules.TOO_FAR),
        ("FREQ=YEARLY;INTERVAL=9999", rules.TOO_FAR),
        ("FREQ=DAILY;COUNT=0", rules.TOO_MANY),
        ("FREQ=DAILY;COUNT=1000000000", rules.TOO_MANY),
        ("FREQ=MONTHLY;BYDAY=5MO", rules.NO_SUCH_DAY),
        ("FREQ=MONTHLY;BYDAY=0MO", rules.NO_SUCH_DAY),
        ("FREQ=MONTHLY;BYDAY=MO", rules.NO_SUCH_DAY),  # every Monday of a month is a rule of weeks
        ("FREQ=WEEKLY;BYDAY=1MO", rules.NO_SUCH_DAY),
        ("FREQ=DAILY;BYDAY=MO", rules.NO_SUCH_DAY),
        ("FREQ=DAILY;COUNT=3;UNTIL=20261231", rules.TWO_ENDS),
    ],
)
def test_what_is_no_rule_of_ours_is_refused_with_its_reason(text: str, reason: str) -> None:
    with pytest.raises(Unfit) as why:
        parse(text)
    assert why.value.reason == reason


@given(st.text(max_size=300) | st.text("FREQ=DAILYWKMOTHU;,BYUNTIL0123456789-+", max_size=80).map("FREQ={}".format))
def test_no_text_does_anything_but_read_or_be_refused(text: str) -> None:
    try:
        rule = parse(text)
    except Unfit:
        return
    assert parse(rule.rrule()) == rule


@given(RULES, FIRSTS)
def test_a_rule_that_goes_on_always_has_a_next_time(rule: Recurrence, first: datetime) -> None:
    goes_on = Recurrence(rule.every, rule.interval, rule.weekdays, rule.nth)
    later = first + timedelta(days=10_000)
    if later < datetime(2050, 1, 1):
        assert next(starts(goes_on, first, later, FAR)) >= later


def test_the_rarest_rules_are_quick_and_so_are_old_ones() -> None:
    rare = [
        (Recurrence("year", 9), datetime(1972, 2, 29)),
        (Recurrence("month", 11), datetime(1972, 2, 29)),
        (Recurrence("day", 366), datetime(1971, 1, 1)),
        (Recurrence("day"), datetime(1971, 1, 1)),
        (Recurrence("day", count=rules.MOST), datetime(1971, 1, 1)),
    ]
    began = process_time()
    for rule, first in rare:
        for year in range(1990, 2150, 10):
            next(starts(rule, first, datetime(year, 1, 1), FAR), None)
    assert process_time() - began < 5, "eighty looks take far below a second on any machine"
