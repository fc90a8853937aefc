"""Words that were checked without an account: they come along while a place is made, and wait there unsaved."""

from uuid import uuid4

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from kindline.ground.coaching.hearing import LIMIT, tidy
from kindline.ground.vault import unsaved
from kindline.ground.vault.keyring import Keyring

FIELD = "text"  # as on the page they come from
BROUGHT = "bring"  # the button there that brings them


def brought_words(request: HttpRequest) -> str:
    """Return the words a form brings along, at most those that can be kept; "" when there are none."""
    words = tidy(request.POST.get(FIELD, ""))
    return words if words.strip() and len(words) <= LIMIT else ""


def are_too_many(request: HttpRequest) -> bool:
    """Say whether a form brings more words than can be kept."""
    return len(tidy(request.POST.get(FIELD, ""))) > LIMIT


def keep(keyring: Keyring, words: str) -> None:
    """Keep the words as unsaved ones of the page where something is written down."""
    if words:
        fields = {"kind": ["friction"], "what": [words]}
        unsaved.keep(keyring, uuid4(), reverse("journal:write"), fields, timezone.now())
