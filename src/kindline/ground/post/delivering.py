"""Delivering: take what waits, hand it on, write down what came of it, until nothing waits any more."""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from datetime import datetime
from functools import cache
from uuid import UUID

from django.conf import settings

from kindline.ground.post import outbox, rules, words
from kindline.ground.post.mailing import Mail
from kindline.ground.post.models import CONFIRM, MAIL, REMINDER
from kindline.ground.post.outbox import Taken
from kindline.ground.post.outcome import LATER, SENT, Outcome
from kindline.ground.post.pushing import AT_ONCE, Push
from kindline.ground.post.rules import Between

Clock = Callable[[], datetime]


def never() -> bool:
    """Say no."""
    return False


def deliver(clock: Clock, between: Between | None, *, stopped: Callable[[], bool] = never) -> int:
    """Deliver what waits and still stands; return how many channels got something.

    Whether it stands `between` is asked right before; None, when nobody can be asked: then all of it does. Asked to
    stop, it finishes what it has begun; the rest waits for another worker.
    """
    taken = outbox.take(clock())
    if not taken:
        return 0
    count = 0
    with ExitStack() as stack:
        hands = _Hands(stack, clock())
        while taken:
            stands = outbox.standing(taken, between) if between else taken
            count += hands.give(_undisturbed(stands, clock()), clock)
            taken = outbox.take(clock()) if not stopped() else []
    return count


def deliver_now(clock: Clock, channels: Iterable[UUID]) -> int:
    """Deliver what somebody asked for at some channels right now, reminders left out; return how many got something."""
    taken = outbox.take(clock(), channels)
    if not taken:
        return 0
    with ExitStack() as stack:
        return _Hands(stack, clock()).give(taken, clock)


def _undisturbed(taken: list[Taken], now: datetime) -> list[Taken]:
    """Return what may go out now; what would disturb somebody's quiet hours is put off to their end."""
    may = []
    for one in taken:
        until = rules.out_of_quiet(now, one.habits)
        if until > now and all(notice.kind == REMINDER for notice in one.notices):
            outbox.put_off(one, until)
        else:
            may.append(one)
    return may


class _Hands:
    """What one round of deliveries works with: some threads, connections to push services, one to the mail server."""

    def __init__(self, stack: ExitStack, now: datetime) -> None:
        self.push = stack.enter_context(closing(Push(now)))
        self.mail = stack.enter_context(closing(Mail()))
        self.threads = stack.enter_context(ThreadPoolExecutor(AT_ONCE, "post"))
        self.payload = cache(words.payload)

    def give(self, taken: list[Taken], clock: Clock) -> int:
        """Hand everything on, devices side by side, letters one after the other; write down what came of it."""
        pushed = [one for one in taken if one.channel.kind != MAIL]
        letters = [one for one in taken if one.channel.kind == MAIL]
        coming = self.threads.map(self._push, pushed)
        written = [(one, self._write(one)) for one in letters]
        ended = [*written, *zip(pushed, coming, strict=True)]
        outbox.settle(ended, clock())
        return sum(outcome == SENT for _taken, outcome in ended)

    def _push(self, one: Taken) -> Outcome:
        return self.push.send(one.channel, self.payload(one.language))

    def _write(self, one: Taken) -> Outcome:
        if not settings.MAIL:
            return LATER
        asks = not one.channel.is_confirmed
        kind = CONFIRM if asks else REMINDER
        return self.mail.send(one.channel, kind, one.language, one.notices[0].id)
