"""Leaks, planted one at a time: ways in which Bob's pages could tell what Alice does. Twin worlds find each."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID, uuid4

import pytest
from django.apps import apps
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

from kindline.ground.clock.icalendar import Event
from kindline.ground.people.gate import Gate
from kindline.ground.vault.changing_keys import sealed_models
from kindline.ground.vault.keyring import Keyring
from kindline.ground.vault.models import Account, Circle, Session, Throttle
from kindline.mine.journal.models import Entry

Plant = Callable[[pytest.MonkeyPatch], None]
Change = Callable[[HttpRequest, HttpResponseBase], object]


def others(request: HttpRequest) -> set[UUID]:
    """Return everybody else's account."""
    return set(Account.objects.exclude(id=request.person.id).values_list("id", flat=True))  # type: ignore[attr-defined]


def rows_of_others(request: HttpRequest) -> int:
    """Return how many private rows everybody else has."""
    return sum(model._default_manager.filter(owner_id__in=others(request)).count() for model in sealed_models())


def answering(change: Change) -> Plant:
    """Return a leak that changes each answer to somebody unlocked."""

    def plant(patch: pytest.MonkeyPatch) -> None:
        real = Gate.__call__

        def leaking(self: Gate, request: HttpRequest) -> HttpResponseBase:
            answer = real(self, request)
            if getattr(request, "person", None) is not None and not answer.streaming:
                change(request, answer)
            return answer

        patch.setattr(Gate, "__call__", leaking)

    return plant


def added(words: Callable[[HttpRequest], object]) -> Plant:
    """Return a leak that writes something at the end of each answer."""

    def change(request: HttpRequest, answer: HttpResponseBase) -> None:
        answer.content += f"<!-- {words(request)} -->".encode()  # type: ignore[attr-defined]

    return answering(change)


def in_a_header(name: str, value: Callable[[HttpRequest], object]) -> Plant:
    """Return a leak that sends a header along."""

    def change(request: HttpRequest, answer: HttpResponseBase) -> None:
        answer[name] = str(value(request))

    return answering(change)


def last_seen(request: HttpRequest) -> str:
    used = Session.objects.filter(account_id__in=others(request)).order_by("-used_at").first()
    return f"last here {used.used_at:%H:%M}" if used else "not here"


def in_step_with(request: HttpRequest) -> str:
    return "something waits to be sent" if rows_of_others(request) % 2 else ""


def padded(request: HttpRequest, answer: HttpResponseBase) -> None:
    answer.content += b" " * rows_of_others(request)  # type: ignore[attr-defined]


def in_a_cookie(request: HttpRequest, answer: HttpResponseBase) -> None:
    answer.set_cookie("news", "", max_age=rows_of_others(request))


def status(request: HttpRequest, answer: HttpResponseBase) -> None:
    if answer.status_code == 200 and Throttle.objects.exists():
        answer.status_code = 203


def one_more_question(request: HttpRequest, answer: HttpResponseBase) -> None:
    del answer
    if Entry.objects.filter(owner_id__in=others(request)).exists():
        list(Entry.objects.filter(owner_id__in=others(request)).values_list("id"))


def turned_round(request: HttpRequest, answer: HttpResponseBase) -> None:
    first, *lines = answer.content.split(b"<a ")  # type: ignore[attr-defined]
    turn = rows_of_others(request) % max(len(lines), 1)
    answer.content = b"<a ".join([first, *lines[turn:], *lines[:turn]])  # type: ignore[attr-defined]


def every_write_wakes(patch: pytest.MonkeyPatch) -> None:
    """Whatever somebody keeps for themself renews the mark of all circles."""
    real = Keyring.in_turn

    def leaking(self: Keyring) -> Keyring:
        for circle in Circle.objects.all():
            circle.mark = uuid4()
            circle.save()
        return real(self)

    patch.setattr(Keyring, "in_turn", leaking)


def counted_ids(patch: pytest.MonkeyPatch) -> None:
    """Ids are counted up over all rooms, so that a gap tells of what lies between."""

    def counted() -> UUID:
        return UUID(int=1 + sum(one._default_manager.count() for one in apps.get_models()))

    from kindline.ours.agreements import actions  # noqa: PLC0415

    patch.setattr(actions, "uuid4", counted)


def shared_clock(patch: pytest.MonkeyPatch) -> None:
    """What one does at all moves a time that both read."""
    real = Keyring.in_turn

    def leaking(self: Keyring) -> Keyring:
        Circle.objects.update(closed_at=None)
        shared_clock.moved = timezone.now()  # type: ignore[attr-defined]
        return real(self)

    patch.setattr(Keyring, "in_turn", leaking)
    in_a_header("Last-Modified", lambda _request: getattr(shared_clock, "moved", ""))(patch)


def feed_of_everybody(patch: pytest.MonkeyPatch) -> None:
    """What anybody plans, for themself too, comes round in everybody's calendar."""
    from kindline.ours.rhythms import queries  # noqa: PLC0415

    real = queries.feed

    def leaking(account: UUID, now: datetime) -> list[Event]:
        del account
        return [one for each in Account.objects.values_list("id", flat=True) for one in real(each, now)]

    patch.setattr(queries, "feed", leaking)


LEAKS: dict[str, Plant] = {
    "what the other plans alone, in one's own calendar": feed_of_everybody,
    "a count of what the other keeps": added(rows_of_others),
    "when the other was last here": added(last_seen),
    "whether the other is here": in_a_header("X-There", last_seen),
    "a hint that something is prepared": added(in_step_with),
    "a header made of all rows": in_a_header("ETag", rows_of_others),
    "a page as long as the other's journal": answering(padded),
    "a cookie that lasts as long": answering(in_a_cookie),
    "a status after somebody's wrong passphrase": answering(status),
    "one more question to the database": answering(one_more_question),
    "another order": answering(turned_round),
    "a mark that moves with private writing": every_write_wakes,
    "ids that are counted up": counted_ids,
    "a time moved by anything": shared_clock,
}
