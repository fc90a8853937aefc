from datetime import date, timedelta

import pytest

from kindline.front.care.helplines import KINDS, MOST, by_country, read
from kindline.front.care.queries import OURS

TODAY = date(2026, 5, 3)
GOOD = """
[[helpline]]
country = "Utopia"
kind = ["crisis", "partner violence"]
name = "The Line"
number = "0800 111 0 111"
hours = "day and night"
source = "https://line.example/"
verified_on = 2026-05-01
"""


def with_field(field: str, value: str) -> str:
    lines = [line for line in GOOD.splitlines() if not line.startswith(f"{field} =")]
    return "\n".join([*lines, f"{field} = {value}"] if value else lines)


def test_an_entry_is_read_with_all_its_fields() -> None:
    (line,) = read(GOOD).entries
    assert (line.country, line.kinds, line.name) == ("Utopia", ("crisis", "partner violence"), "The Line")
    assert (line.number, line.dialled, line.hours) == ("0800 111 0 111", "08001110111", "day and night")
    assert line.verified_on == date(2026, 5, 1)
    assert read(GOOD).of_kind("crisis") == (line,)
    assert read(GOOD).of_kind("own behaviour") == ()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("country", ""), ("country", '"  "'), ("country", "7"), ("country", f'"{"x" * 201}"'),
        ("kind", ""), ("kind", '"gossip"'), ("kind", "[]"), ("kind", "[1]"), ("kind", "[[]]"), ("kind", "{}"),
        ("name", ""), ("name", "[]"),
        ("number", ""), ("number", "116123"), ("number", '"call me"'), ("number", '"0800 <b>"'),
        ("number", '"javascript:1"'),
        ("hours", "24"),
        ("source", ""), ("source", '"http://line.example/"'), ("source", '"javascript:alert(1)"'),
        ("source", '"https://"'), ("source", '"https://[bad"'),
        ("verified_on", '"2026-05-01"'), ("verified_on", "2026-05-01T10:00:00"), ("verified_on", "true"),
    ],
)  # fmt: skip
def test_a_wrong_field_leaves_that_entry_out_and_is_named(field: str, value: str) -> None:
    found = read(with_field(field, value) + GOOD)
    assert len(found.entries) == 1
    assert found.entries[0].name == "The Line"
    (problem,) = found.problems
    assert f"“{field}”" in problem
    assert "entry 1" in problem


@pytest.mark.parametrize("text", ["[[helpline", "helpline = 3", "helpline = [1, 2]", '[helpline]\nname = "x"', "\0"])
def test_a_file_that_is_no_list_of_helplines_says_so_and_holds_none(text: str) -> None:
    found = read(text)
    assert found.entries == ()
    assert found.problems


def test_an_empty_file_holds_nothing_and_is_no_mistake() -> None:
    assert read("") == read("# nothing yet\n")
    assert read("").entries == read("").problems == ()


def test_a_very_long_file_is_cut_off_and_says_so() -> None:
    found = read(GOOD * (MOST + 1))
    assert len(found.entries) == MOST
    assert len(found.problems) == 1


@pytest.mark.parametrize(
    ("day", "age"),
    [
        (TODAY, "fresh"),
        (TODAY - timedelta(days=365), "fresh"),
        (TODAY - timedelta(days=366), "old"),
        (TODAY + timedelta(days=1), "never"),
    ],
)
def test_a_check_is_old_after_twelve_months_and_one_in_the_future_never_was(day: date, age: str) -> None:
    assert read(with_field("verified_on", day.isoformat())).entries[0].age(TODAY) == age


def test_an_entry_without_a_day_was_never_checked() -> None:
    assert read(with_field("verified_on", "")).entries[0].age(TODAY) == "never"


def test_entries_stand_under_their_country_in_the_order_of_the_file() -> None:
    text = GOOD + GOOD.replace("Utopia", "Erewhon") + GOOD.replace("The Line", "Another")
    assert [(country, len(lines)) for country, lines in by_country(read(text).entries)] == [
        ("Utopia", 2),
        ("Erewhon", 1),
    ]


def test_the_list_that_comes_with_kindline_can_be_used_whole() -> None:
    ours = read(OURS.read_text("utf-8"))
    assert not ours.problems
    for kind in KINDS:
        assert ours.of_kind(kind), kind
    assert len({(line.country, line.kinds, line.number) for line in ours.entries}) == len(ours.entries)
