"""A try at the lock: throttled, one at a time, and the same words whatever was wrong."""

from collections.abc import Callable

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kindline.ground.vault import actions as vault
from kindline.ground.vault import throttle
from kindline.ground.vault.keyring import Keyring
from kindline.ground.vault.stretching import Busy

BUSY = gettext_lazy("Many people are opening their place right now. Please try again in a moment.")
USED_UP = gettext_lazy("That code doesn’t open anything here. Each code works once; a newer one replaces it.")


class NotOpened(Exception):  # noqa: N818 - what is the case
    """The lock stays closed; carries the sentence for the page and the status it is sent with."""

    def __init__(self, sentence: str, status: int) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.status = status


def open_with_passphrase(request: HttpRequest, name: str, passphrase: str) -> Keyring:
    """Return the keyring a name and passphrase open, or raise NotOpened."""
    wrong = _("That name and passphrase don’t open anything here. Nothing you wrote is lost.")
    return _opened_with_passphrase(request, name, passphrase, wrong)


def open_with_code(request: HttpRequest, code: str) -> Keyring:
    """Return the keyring a recovery code opens, or raise NotOpened."""
    return _opened(request, "recovery", "", lambda known: vault.recovery_root(code, known_device=known), str(USED_UP))


def confirm(request: HttpRequest, name: str, passphrase: str) -> None:
    """Check that the passphrase just typed is this person's own, or raise NotOpened."""
    person, wrong = request.person, _("That isn’t your passphrase. Nothing was changed.")  # type: ignore[attr-defined]
    if _opened_with_passphrase(request, name, passphrase, wrong).account != person.keyring.account:
        raise NotOpened(wrong, 403)


def choose(request: HttpRequest, name: str) -> None:
    """Count that a new way in is chosen under a name, or raise NotOpened when that was often lately.

    One that opens another place is refused, and that refusal is as good as a try at the other place's lock.
    """
    bucket = throttle.bucket_by_address(request, "chosen", name)
    taken = throttle.take(bucket, timezone.now(), throttle.FREE_CHOICES)
    if taken.seconds:
        wait = ngettext(
            "That was often in a short time. Please wait a second.",
            "That was often in a short time. Please wait %(seconds)s seconds.",
            taken.seconds,
        )
        raise NotOpened(wait % taken._asdict(), 429)


def take_a_try(bucket: str) -> throttle.Try:
    """Count a try before it is made, or raise NotOpened when it has to wait."""
    taken = throttle.take(bucket, timezone.now())
    if taken.seconds:
        wait = ngettext(
            "A few tries didn’t open it. Please wait a second.",
            "A few tries didn’t open it. Please wait %(seconds)s seconds.",
            taken.seconds,
        )
        raise NotOpened(wait % taken._asdict(), 429)
    return taken


def _opened_with_passphrase(request: HttpRequest, name: str, passphrase: str, wrong: str) -> Keyring:
    return _opened(
        request, "passphrase", name, lambda known: vault.passphrase_root(name, passphrase, known_device=known), wrong
    )


def _opened(request: HttpRequest, kind: str, name: str, root: Callable[[bool], vault.Root], wrong: str) -> Keyring:
    bucket, known = throttle.bucket(request, kind, name)
    taken = take_a_try(bucket)
    try:
        keyring = vault.found(root(known))
    except vault.Wrong:
        raise NotOpened(wrong, 403) from None
    except Busy:
        throttle.give_back(taken)
        raise NotOpened(str(BUSY), 503) from None
    throttle.give_back(taken)
    return keyring
