"""The idle clock moves when somebody asks for a page, and by nothing that happens behind their back."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from kindline.ground.vault.models import Session
from tests.people import Somebody

pytestmark = [pytest.mark.django_db, pytest.mark.storage]


@pytest.mark.parametrize(
    ("headers", "moves"),
    [
        ({}, True),
        ({"Sec-Fetch-Site": "same-origin"}, True),
        ({"Sec-Fetch-Site": "none"}, True),
        ({"Sec-Fetch-Site": "same-site"}, False),
        ({"Sec-Fetch-Site": "cross-site"}, False),
        ({"Sec-Fetch-Site": "same-origin", "Sec-Purpose": "prefetch"}, False),
        ({"Sec-Fetch-Site": "same-origin", "X-Kindline-Refresh": "1"}, False),
    ],
)
def test_only_who_is_here_moves_the_idle_clock(alice: Somebody, headers: dict[str, str], *, moves: bool) -> None:
    began = Session.objects.get().used_at
    with time_machine.travel(timezone.now() + timedelta(minutes=5), tick=False):
        assert alice.client.get(reverse("care:help"), headers=headers).status_code == 200
    assert (Session.objects.get().used_at > began) is moves
