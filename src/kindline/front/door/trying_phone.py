"""A try with this device's own lock."""

from django.http import HttpRequest
from django.utils.translation import gettext as _

from kindline.front.door import phone_keys
from kindline.ground.people.trying import NotOpened, take_a_try
from kindline.ground.vault import actions as vault
from kindline.ground.vault import throttle
from kindline.ground.vault.keyring import Keyring
from kindline.ground.vault.passkeys import NoKey, passkey_root


def open_with_phone(request: HttpRequest, credential: str, key: str) -> Keyring:
    """Return the keyring that this device's own lock opens, or raise NotOpened.

    Only a browser in which the lock was set up can try; its tries count for that one credential from one home.
    """
    wrong = _("That didn’t open anything here. Your name and passphrase do.")
    device = next((kept.device for kept in phone_keys.of_request(request) if kept.credential == credential), None)
    if device is None:
        raise NotOpened(wrong, 403)
    taken = take_a_try(throttle.bucket_by_address(request, "phone", credential))
    try:
        keyring = vault.found(passkey_root(phone_keys.unpacked(key), device))
    except (vault.Wrong, NoKey):
        raise NotOpened(wrong, 403) from None
    throttle.give_back(taken)
    return keyring
