"""Wrong tries slow down; nobody locks out somebody else's device; one passphrase is stretched at a time."""

import threading
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.conf import settings
from django.test import RequestFactory

from kindline.ground.vault import stretching, throttle
from kindline.ground.vault.keyring import Keyring, new_secrets
from kindline.ground.vault.models import Throttle
from kindline.ground.vault.primitives import Cost, random_bytes

NOW = datetime(2026, 11, 22, 20, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("tries", "seconds"), [(0, 0), (4, 0), (5, 1), (6, 2), (7, 4), (8, 8), (10, 32), (11, 60), (99, 60)]
)
def test_waiting_doubles_after_five_tries(tries: int, seconds: int) -> None:
    assert throttle.seconds_to_wait(tries, NOW, NOW) == seconds


def test_waiting_ends() -> None:
    assert throttle.seconds_to_wait(8, NOW, NOW + timedelta(seconds=8)) == 0


def new_place() -> Keyring:
    return Keyring(uuid4(), random_bytes(), new_secrets(), 1)


@pytest.mark.storage
@pytest.mark.django_db
class TestBuckets:
    def ask(self, address: str = "127.0.0.1", cookie: str = "") -> object:
        request = RequestFactory(REMOTE_ADDR=address).post("/unlock/")
        if cookie:
            request.COOKIES[settings.DEVICE_COOKIE] = cookie
        return request

    def known(self, *names: str, place: Keyring | None = None) -> object:
        request = self.ask()
        for name in names:
            request = self.ask(cookie=throttle.device_cookie(request, name, place or new_place()))
        return request

    def try_often(self, request: object, name: str = "Mia", times: int = throttle.FREE_TRIES) -> None:
        for _ in range(times):
            throttle.take(throttle.bucket(request, "passphrase", name)[0], NOW)

    def waits(self, request: object, name: str = "Mia") -> bool:
        return bool(throttle.take(throttle.bucket(request, "passphrase", name)[0], NOW).seconds)

    def test_a_stranger_does_not_slow_down_a_known_device(self) -> None:
        known = self.known("Mia")
        self.try_often(self.ask())
        assert self.waits(self.ask(), " MIA ")
        assert not self.waits(known)

    def test_somebody_with_a_place_of_the_same_name_does_not_either(self) -> None:
        mine, theirs = self.known("Mia"), self.known("Mia")
        self.try_often(theirs)
        assert self.waits(theirs)
        assert not self.waits(mine)

    def test_a_new_cookie_for_the_same_place_gives_no_new_tries(self) -> None:
        place = new_place()
        self.try_often(self.known("Mia", place=place))
        assert self.waits(self.known("Mia", place=place))

    def test_a_right_try_takes_no_wrong_ones_back(self) -> None:
        here = throttle.bucket(self.ask(), "passphrase", "Mia")[0]
        self.try_often(self.ask(), times=4)
        throttle.give_back(throttle.take(here, NOW))
        assert Throttle.objects.get(bucket=here).tries == 4
        self.try_often(self.ask(), times=1)
        assert self.waits(self.ask())

    def test_tries_at_the_same_moment_are_as_many_tries(self) -> None:
        here = throttle.bucket(self.ask(), "passphrase", "Mia")[0]
        taken = [throttle.take(here, NOW) for _ in range(9)]
        assert [bool(one.seconds) for one in taken] == [False] * 5 + [True] * 4

    def test_a_right_try_in_time_leaves_no_new_wait(self) -> None:
        here, later = throttle.bucket(self.ask(), "passphrase", "Mia")[0], NOW + timedelta(seconds=1)
        self.try_often(self.ask())
        right = throttle.take(here, later)
        assert not right.seconds
        throttle.give_back(right)
        assert not throttle.take(here, later).seconds

    def test_all_addresses_of_a_home_count_together(self) -> None:
        self.try_often(self.ask("2001:db8:1:2::1"))
        assert self.waits(self.ask("2001:db8:1:2:ffff::9"))
        assert not self.waits(self.ask("2001:db8:1:3::1"))

    def test_addresses_of_version_4_inside_version_6_do_not(self) -> None:
        self.try_often(self.ask("::ffff:192.0.2.1"))
        assert self.waits(self.ask("192.0.2.1"))
        assert not self.waits(self.ask("::ffff:192.0.2.2"))

    def test_a_device_known_for_one_name_is_not_for_another(self) -> None:
        request = self.known("Mia")
        assert throttle.bucket(request, "passphrase", "Mia")[1]
        assert not throttle.bucket(request, "passphrase", "Jonas")[1]

    def test_a_device_may_be_known_for_two(self) -> None:
        both = self.known("Mia", "Jonas")
        assert throttle.bucket(both, "passphrase", "Mia")[1]
        assert throttle.bucket(both, "passphrase", "Jonas")[1]

    def test_the_last_one_here_is_a_place_and_not_only_a_name(self) -> None:
        mine, theirs = new_place(), new_place()
        device = self.known("Mia", place=mine)
        assert throttle.was_last_here(device, mine)
        assert not throttle.was_last_here(device, theirs)
        assert throttle.was_last_here(self.ask(), theirs)

    def test_a_forged_device_is_unknown(self) -> None:
        assert not throttle.bucket(self.ask(cookie="abc:def"), "passphrase", "Mia")[1]

    def test_recovery_codes_have_a_bucket_of_their_own(self) -> None:
        assert throttle.bucket(self.ask(), "recovery", "")[0] != throttle.bucket(self.ask(), "passphrase", "")[0]

    def test_a_bucket_shows_no_name(self) -> None:
        bucket, _ = throttle.bucket(self.ask(), "passphrase", "Bartholomew")
        throttle.take(bucket, NOW)
        assert "artholomew" not in str(list(Throttle.objects.values()))

    def test_an_hour_forgets(self) -> None:
        throttle.take("b", NOW)
        throttle.take("c", NOW + timedelta(hours=1, seconds=1))
        assert [row.bucket for row in Throttle.objects.all()] == ["c"]


def test_only_eight_wait_and_known_devices_go_first(monkeypatch: pytest.MonkeyPatch) -> None:
    order: list[str] = []
    running, release = threading.Event(), threading.Event()

    def slow(secret: bytes, salt: bytes, cost: Cost) -> bytes:
        running.set()
        release.wait(60)
        order.append(secret.decode())
        return b""

    monkeypatch.setattr(stretching, "stretch", slow)
    turn = stretching._Turn()
    monkeypatch.setattr(stretching, "_turn", turn)

    def start(name: str, *, known: bool, waiting: int) -> threading.Thread:
        thread = threading.Thread(
            target=stretching.stretched, args=(name, b"", Cost(0, 0)), kwargs={"known_device": known}
        )
        thread.start()
        while len(turn._waiting) < waiting:
            threading.Event().wait(0.001)
        return thread

    threads = [start("first", known=False, waiting=0)]
    running.wait(60)
    threads += [start(f"stranger {at}", known=False, waiting=at) for at in range(1, 9)]
    with pytest.raises(stretching.Busy):
        stretching.stretched("too many", b"", Cost(0, 0), known_device=False)
    threads.append(start("known", known=True, waiting=9))
    release.set()
    for thread in threads:
        thread.join(60)
    assert order[:2] == ["first", "known"]
    assert len(order) == 10
