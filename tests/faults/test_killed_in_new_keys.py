"""A process that is killed while somebody's records are sealed with new keys: all as it was."""

import signal
import subprocess
import sys
from http import HTTPStatus
from uuid import uuid4

import pytest

from tests.serving import Server, environment
from tests.visitor import Visitor

pytestmark = pytest.mark.faults

ENTRIES = 12
NEW = "a lantern on the quiet ferry home"
CHANGE = """
import os, signal, sys
import django

django.setup()
from django.utils import timezone
from kindline.ground.people import actions as people
from kindline.ground.people.queries import person_of
from kindline.ground.vault import changing_keys, sessions

name, old, new, last = sys.argv[1:]
whole, sealed = changing_keys.sealed_anew, 0

def killed(*asked):
    global sealed
    sealed += 1
    if sealed == int(last):
        os.kill(os.getpid(), signal.SIGKILL)
    return whole(*asked)

changing_keys.sealed_anew = killed
from kindline.ground.vault.actions import found, passphrase_root
now = timezone.now()
token = sessions.start(found(passphrase_root(name, old)), now)
people.change_passphrase(person=person_of(sessions.opened(token, now)), passphrase=new, now=now)
print(sealed)
"""


def change(server: Server, somebody: Visitor, killed_at: int) -> "subprocess.CompletedProcess[str]":
    """Give somebody new keys in a process of its own, killed in the middle of the nth record."""
    asked = [somebody.name, somebody.passphrase, NEW, str(killed_at)]
    settings = {"DJANGO_SETTINGS_MODULE": "kindline.settings"}
    return subprocess.run(
        [sys.executable, "-c", CHANGE, *asked],
        env=environment(server.data, server.port, **settings),
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )


def test_a_kill_in_the_middle_of_new_keys_leaves_all_as_it_was(server: Server, alice: Visitor) -> None:
    written = {str(uuid4()): f"Entry number {number}." for number in range(ENTRIES)}
    for entry_id, words in written.items():
        assert alice.post("/mine/journal/write/", {"what": words, "form_id": entry_id}).status == HTTPStatus.FOUND
    for killed_at in (1, ENTRIES // 2, ENTRIES):
        assert change(server, alice, killed_at).returncode == -signal.SIGKILL
        assert alice.get("/settings/").status == HTTPStatus.OK, "this device is still unlocked"
        for entry_id, words in written.items():
            assert words in alice.get(f"/mine/journal/{entry_id}/").text
    done = change(server, alice, 0)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > ENTRIES
    alice.passphrase, old = NEW, alice.passphrase
    assert alice.unlock().status == HTTPStatus.FOUND
    for entry_id, words in written.items():
        assert words in alice.get(f"/mine/journal/{entry_id}/").text
    alice.passphrase = old
    assert alice.unlock().status == HTTPStatus.FORBIDDEN
