"""Everything that ever goes out: one constant in each language, whoever it is for and whatever it is about."""

from typing import NamedTuple
from urllib.parse import urlsplit

import msgspec
from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from kindline.ground.post import marks
from kindline.ground.post.models import CONFIRM, Channel


class Letter(NamedTuple):
    """An e-mail: subject, words, and the address that ends them."""

    subject: str
    body: str
    stop: str


def payload(language: str) -> bytes:
    """Return what a device is told. The service worker shows it and opens Today."""
    with translation.override(language):
        told = {"title": _("A reminder"), "body": _("One you set for yourself. Tap to look."), "lang": language}
    return msgspec.json.encode(told, order="deterministic")


def letter(channel: Channel, kind: str, language: str) -> Letter:
    """Return what is written to an address: a reminder, or the question whether the address is right."""
    stop = settings.URL + reverse("post:stop", args=[marks.stop_mark(channel)])
    with translation.override(language):
        if kind == CONFIRM:
            link = settings.URL + reverse("post:confirm", args=[marks.confirm_mark(channel)])
            asks = _("Somebody, probably you, asked for reminders to be sent to this address. To say yes, open:")
            other = _("If it wasn’t you, do nothing: no other mail will come.")
            return Letter(_("Is this address right?"), f"{asks}\n\n{link}\n\n{other}\n", stop)
        said, ends = _("You asked to be reminded."), _("No more of these:")
        return Letter(_("A reminder"), f"{said}\n\n{settings.URL}/\n\n{ends}\n{stop}\n", stop)


def host() -> str:
    """Return the name that this installation goes by."""
    return urlsplit(settings.URL).hostname or "localhost"
