"""How often an address may ask the coach without an account. Kept in memory only and forgotten within a minute."""

from collections import OrderedDict
from datetime import datetime, timedelta
from threading import Lock

from kindline.ground.vault.homes import home

TIMES = 120  # questions in one window: somebody typing slowly asks about twice a second
WINDOW = timedelta(minutes=1)
ADDRESSES = 4096  # the most that are remembered; the one that began longest ago goes first

_asked: OrderedDict[str, tuple[datetime, int]] = OrderedDict()
_lock = Lock()


def may_ask(address: str, now: datetime) -> bool:
    """Count one question from an address and say whether the coach answers it."""
    where = home(address)
    with _lock:
        began, times = _asked.get(where, (now, 0))
        if now - began >= WINDOW:
            _asked.pop(where, None)
            began, times = now, 0
        _asked[where] = (began, min(times + 1, TIMES + 1))
        while len(_asked) > ADDRESSES:
            _asked.popitem(last=False)
    return times < TIMES


def forget() -> None:
    """Forget every address."""
    with _lock:
        _asked.clear()
