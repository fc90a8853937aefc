"""Wrong tries slow down; nobody locks out somebody else's device; one passphrase is stretched at a time."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.test import RequestFactory

from kindline.ground.vault import stretching, throttle
from kindline.ground.vault.models import Throttle
from kindline.ground.vault.primitives import Cost

NOW = datetime(2026, 11, 22, 20, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("tries", "seconds"), [(0, 0), (4, 0), (5, 1), (6, 2), (7, 4), (8, 8), (10, 32), (11, 60), (99, 60)]
)
def test_waiting_doubles_after_five_tries(tries: int, seconds: int) -> None:
    assert throttle.seconds_to_wait(tries, NOW, NOW) == seconds


def test_waiting_ends() -> None:
    assert throttle.seconds_to_wait(8, NOW, NOW + timedelta(seconds=8)) == 0


@pytest.mark.storage
@pytest.mark.django_db
class TestBuckets:
    def ask(self, address: str = "127.0.0.1", cookie: str = "") -> object:
        request = RequestFactory(REMOTE_ADDR=address).post("/unlock/")
        if cookie:
            request.COOKIES[settings.DEVICE_COOKIE] = cookie
        return request

    def test_a_stranger_does_not_slow_down_a_known_device(self) -> None:
        known = self.ask(cookie=throttle.device_cookie(self.ask(), "Mia"))
        for _ in range(9):
            throttle.count_wrong_try(throttle.bucket(self.ask(), "passphrase", "Mia")[0], NOW)
        assert throttle.waiting(throttle.bucket(self.ask(), "passphrase", " MIA ")[0], NOW)
        assert not throttle.waiting(throttle.bucket(known, "passphrase", "Mia")[0], NOW)

    def test_a_device_known_for_one_name_is_not_for_another(self) -> None:
        request = self.ask(cookie=throttle.device_cookie(self.ask(), "Mia"))
        assert throttle.bucket(request, "passphrase", "Mia")[1]
        assert not throttle.bucket(request, "passphrase", "Jonas")[1]

    def test_a_device_may_be_known_for_two(self) -> None:
        first = throttle.device_cookie(self.ask(), "Mia")
        both = self.ask(cookie=throttle.device_cookie(self.ask(cookie=first), "Jonas"))
        assert throttle.bucket(both, "passphrase", "Mia")[1]
        assert throttle.bucket(both, "passphrase", "Jonas")[1]

    def test_a_forged_device_is_unknown(self) -> None:
        assert not throttle.bucket(self.ask(cookie="abc:def"), "passphrase", "Mia")[1]

    def test_recovery_codes_have_a_bucket_of_their_own(self) -> None:
        assert throttle.bucket(self.ask(), "recovery", "")[0] != throttle.bucket(self.ask(), "passphrase", "")[0]

    def test_a_bucket_shows_no_name(self) -> None:
        bucket, _ = throttle.bucket(self.ask(), "passphrase", "Bartholomew")
        throttle.count_wrong_try(bucket, NOW)
        assert "artholomew" not in str(list(Throttle.objects.values()))

    def test_a_right_try_clears_and_a_day_forgets(self) -> None:
        throttle.count_wrong_try("a", NOW)
        throttle.clear("a")
        assert not Throttle.objects.exists()
        throttle.count_wrong_try("b", NOW)
        throttle.count_wrong_try("c", NOW + timedelta(days=2))
        assert [row.bucket for row in Throttle.objects.all()] == ["c"]


def test_only_eight_wait_and_known_devices_go_first(monkeypatch: pytest.MonkeyPatch) -> None:
    order: list[str] = []
    running, release = threading.Event(), threading.Event()

    def slow(secret: bytes, salt: bytes, cost: Cost) -> bytes:
        running.set()
        release.wait(10)
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
    running.wait(10)
    threads += [start(f"stranger {at}", known=False, waiting=at) for at in range(1, 9)]
    with pytest.raises(stretching.Busy):
        stretching.stretched("too many", b"", Cost(0, 0), known_device=False)
    threads.append(start("known", known=True, waiting=9))
    release.set()
    for thread in threads:
        thread.join(10)
    assert order[:2] == ["first", "known"]
    assert len(order) == 10
