"""Where joining needs an invitation, exactly one person is the first."""

import threading

import pytest
from django.db import connection
from django.utils import timezone

from kindline.ground.people.actions import NotTheFirst, join
from kindline.ground.people.shapes import Profile
from kindline.ground.vault.models import Account, Slot
from tests.people import PASSPHRASE, Somebody

pytestmark = pytest.mark.storage


@pytest.mark.django_db
def test_the_second_is_turned_away_and_leaves_nothing(alice: Somebody) -> None:
    slots = Slot.objects.count()
    with pytest.raises(NotTheFirst):
        join(passphrase=PASSPHRASE, profile=Profile(name="Late"), only_first=True, now=timezone.now())
    assert (Account.objects.count(), Slot.objects.count()) == (1, slots)


@pytest.mark.django_db(transaction=True)
def test_of_two_in_the_same_moment_one_is_the_first() -> None:
    if connection.vendor == "sqlite":
        pytest.skip("threads share one connection to a database in memory; a file takes its writers one by one")
    both, outcomes = threading.Barrier(2), []

    def come(name: str) -> None:
        try:
            both.wait(60)
            join(passphrase=PASSPHRASE, profile=Profile(name=name), only_first=True, now=timezone.now())
            outcomes.append("in")
        except NotTheFirst:
            outcomes.append("closed")
        finally:
            connection.close()

    threads = [threading.Thread(target=come, args=(name,)) for name in ("Mia", "Jonas")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(outcomes) == ["closed", "in"]
    assert Account.objects.count() == 1
