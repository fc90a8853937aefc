"""Filling in the forms at the door as somebody would."""

import re
from html import unescape
from typing import Any

from django.test import Client
from django.urls import reverse

from tests.people import PASSPHRASE

HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')


def hidden(response: Any) -> dict[str, str]:
    """Return the hidden fields of a page, as a browser would send them back."""
    fields = {name: unescape(value) for name, value in HIDDEN.findall(response.content.decode())}
    fields.pop("csrfmiddlewaretoken", None)
    return fields


def offered_words(response: Any) -> str:
    """Return the six words a page offers."""
    return hidden(response)["offered"]


def join(client: Client, name: str = "Mia", **fields: str) -> Any:
    """Send the join form with the words that were offered, or what is given instead."""
    page = client.get(reverse("door:join"))
    return client.post(reverse("door:join"), {"name": name, "offered": offered_words(page), **fields})


def unlock(client: Client, name: str, passphrase: str = PASSPHRASE, **fields: Any) -> Any:
    """Send the unlock form."""
    return client.post(reverse("door:unlock"), {"name": name, "passphrase": passphrase, **fields})


def is_unlocked(client: Client) -> bool:
    """Say whether a private page opens in this browser."""
    return bool(client.get(reverse("door:settings")).status_code == 200)
