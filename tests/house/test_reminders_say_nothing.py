"""T4 and T6 for what goes out: no word, name or rhythm is in the outbox, a push or a letter; all are the same."""

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from typing import Any
from uuid import UUID

import pytest
import time_machine
from django.conf import settings as configured
from django.core import mail
from django.utils import timezone

from kindline.front.worker import ticking
from kindline.ground.post import actions, words
from kindline.ground.post.models import Channel, Notice, Round
from kindline.ground.post.tests.reminding import Clock, remind_by_mail, remind_on_device
from kindline.ours.rhythms.models import Rhythm
from kindline.ours.rhythms.tests import living
from tests.house.dump import dump
from tests.house.traces import Traces
from tests.people import Somebody, pair, somebody
from tests.push_service import PushService, push_service

pytestmark = [pytest.mark.django_db, pytest.mark.storage]

BIRD = "kanarienruf"
SUNDAY = datetime(2026, 11, 22, 18, 25, tzinfo=UTC)
OF_THE_POST = ("post_preferences", "post_channel", "post_notice", "post_round")


@pytest.fixture
def service(settings: Any) -> Iterator[PushService]:
    settings.PUSH_LOOPBACK = settings.MAIL = True
    with push_service() as one:
        yield one


@pytest.fixture
def both(service: PushService) -> Iterator[list[Somebody]]:
    """Two people whose every word is a canary, reminded of different things everywhere, and locked by then."""
    with time_machine.travel(SUNDAY - timedelta(days=7), tick=False):
        two = [somebody(f"Ada {BIRD}"), somebody(f"Ben {BIRD}")]
        pair(*two)
        for number, one in enumerate(two):
            living.planned(one, title=f"{BIRD} title {number}", purpose=f"{BIRD} purpose")
            living.planned(one, alone=True, title=f"{BIRD} alone {number}")
            remind_on_device(one, service)
            remind_by_mail(one, f"{number}@example.org")
            actions.choose(
                person=one.person, way="before", minutes=30, daily=time(9), quiet_from=time(22), quiet_until=time(7)
            )
            one.client.post("/lock/")
        yield two


def remind() -> None:
    """Let the worker come by on Sunday, half an hour before."""
    Round.objects.update_or_create(id=1, defaults={"at": SUNDAY})
    with time_machine.travel(SUNDAY + timedelta(minutes=5), tick=False):
        ticking.tick(Clock(timezone.now()))


def outbox() -> bytes:
    return repr([rows for table, rows in dump().items() if table in OF_THE_POST]).encode()


def rhythms() -> set[UUID]:
    return set(Rhythm.objects.values_list("id", flat=True))


@pytest.mark.usefixtures("both")
def test_nothing_of_what_anybody_wrote_goes_out_or_waits_to_go_out(service: PushService) -> None:
    remind()
    assert len(service.arrived) == len(mail.outbox) == 2
    traces = Traces([BIRD, BIRD[1:]])
    assert traces.found(outbox()) == []
    for arrived in service.arrived:
        assert traces.found(arrived.plain + repr(arrived.head).encode()) == []
    for letter in mail.outbox:
        assert traces.found(letter.message().as_bytes()) == []
    Channel.objects.filter(kind="mail").update(target=f"{BIRD}@example.org")
    assert traces.found(outbox()), "a planted one is found"


@pytest.mark.usefixtures("both")
def test_a_notice_tells_neither_which_rhythm_nor_whose(service: PushService) -> None:
    remind()
    assert rhythms()
    waiting = repr(list(Notice.objects.values_list("kind", "key"))).encode()
    people = {str(one) for one in Channel.objects.values_list("owner_id", flat=True)}
    for name in {*map(str, rhythms()), *(one.hex for one in rhythms()), *people, "check"}:
        assert name.encode() not in waiting
    assert set(Notice.objects.values_list("kind", flat=True)) == {"reminder"}


@pytest.mark.usefixtures("both")
def test_pushes_and_letters_are_one_constant_for_everybody_and_everything(service: PushService) -> None:
    remind()
    assert {one.plain for one in service.arrived} == {words.payload("en")}
    assert {one.topic for one in service.arrived} == {"reminder"}
    plain = {re.sub(r"/reminders/stop/\S+", "", letter.body) for letter in mail.outbox}
    assert len(plain) == 1
    assert {letter.subject for letter in mail.outbox} == {"A reminder"}


@pytest.mark.parametrize("language", [code for code, _name in configured.LANGUAGES])
def test_a_payload_holds_two_short_sentences_and_its_language(language: str) -> None:
    told = json.loads(words.payload(language))
    assert set(told) == {"title", "body", "lang"}
    assert told["lang"] == language
    assert "indline" not in told["title"] + told["body"], "the app may go by another name on that device"
    assert len(words.payload(language)) < 250
