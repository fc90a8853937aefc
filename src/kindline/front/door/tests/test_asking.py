from datetime import UTC, datetime, timedelta

import pytest

from kindline.front.door import asking

NOW = datetime(2026, 5, 3, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _nobody_asked() -> None:
    asking.forget()


def ask(address: str, times: int, now: datetime = NOW) -> list[bool]:
    return [asking.may_ask(address, now) for _ in range(times)]


def test_one_address_is_answered_so_often_and_then_waits_for_the_minute_to_end() -> None:
    answers = ask("192.0.2.1", asking.TIMES + 3)
    assert answers == [True] * asking.TIMES + [False] * 3
    assert not asking.may_ask("192.0.2.1", NOW + timedelta(seconds=59))
    assert asking.may_ask("192.0.2.1", NOW + timedelta(seconds=60))


def test_one_address_does_not_use_up_the_turns_of_another() -> None:
    ask("192.0.2.1", asking.TIMES + 1)
    assert asking.may_ask("192.0.2.2", NOW)


def test_the_many_addresses_of_one_home_count_as_one() -> None:
    for number in range(asking.TIMES):
        assert asking.may_ask(f"2001:db8:1:2::{number:x}", NOW)
    assert not asking.may_ask("2001:db8:1:2:ffff::1", NOW)
    assert asking.may_ask("2001:db8:1:3::1", NOW)


def test_never_more_than_so_many_addresses_are_remembered() -> None:
    for number in range(asking.ADDRESSES + 50):
        asking.may_ask(f"10.{number >> 16}.{number >> 8 & 255}.{number & 255}", NOW)
    assert len(asking._asked) == asking.ADDRESSES


@pytest.mark.parametrize("address", ["", "unknown", "fe80::1%eth0", "::ffff:192.0.2.1"])
def test_an_odd_address_is_counted_like_any_other(address: str) -> None:
    assert ask(address, asking.TIMES + 1)[-1] is False
