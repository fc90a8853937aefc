"""What of reminders is taken along. Here it stands in plain columns, because they go out while everybody is locked."""

from datetime import time

from kindline.ground.post.rules import BEFORE, Habits
from kindline.ground.vault.sealing import Shape

_USUAL = Habits._field_defaults


class When(Shape, frozen=True, kw_only=True):
    """When somebody's reminders come, by their own clock. Where they come stays behind: a device is of one place."""

    way: str = BEFORE  # one of rules.WAYS
    minutes: int = _USUAL["minutes"]  # before something begins
    daily: time = _USUAL["daily"]
    quiet_from: time = _USUAL["quiet_from"]
    quiet_until: time = _USUAL["quiet_until"]
