"""This phone's lock: a person lets the device's own finger, face or PIN open their place, and takes that back."""

from django.core import signing
from django.http import Http404, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kindline.front.door import phone_keys
from kindline.front.door.forms import PhoneLockForm
from kindline.front.door.phone_keys import PhoneKey, is_phone
from kindline.ground.page.views import get_or_post
from kindline.ground.people import actions as people
from kindline.ground.people.gate import PersonRequest
from kindline.ground.people.trying import NotOpened, confirm
from kindline.ground.vault.passkeys import MOST_PASSKEYS, NoKey, TooMany, passkey_root, prf_salt
from kindline.ground.vault.primitives import random_bytes
from kindline.ground.vault.records import Changed

CONFIRMED_FOR = 300  # seconds between the passphrase and the finger
_CONFIRMED = signing.TimestampSigner(salt="kindline.phone-lock.confirmed")


@get_or_post
def phone_lock(request: PersonRequest) -> HttpResponseBase:
    """Tell what this device's lock would open, list where it is set up, and begin with the passphrase."""
    form = PhoneLockForm(request.POST or None, initial={"label": _plain_label(request)})
    if request.method != "POST" or not form.is_valid():
        return _page(request, form)
    try:
        confirm(request, request.person.name, form.cleaned_data["passphrase"])
    except NotOpened as closed:
        form.add_error("passphrase", closed.sentence)
        return _page(request, form)
    context = {
        "confirmed": _CONFIRMED.sign(request.person.session.id),
        "label": form.cleaned_data["label"].strip() or _plain_label(request),
        "salt": phone_keys.packed(prf_salt()),
        "own_id": phone_keys.packed(random_bytes(16)),
        "phone": is_phone(request),
    }
    return render(request, "door/phone_key.html", context)


@require_POST
def phone_key(request: PersonRequest) -> HttpResponseBase:
    """Let the key that this device just made open the person's place."""
    form = PhoneLockForm(initial={"label": _plain_label(request)})
    sent = request.POST
    try:
        session = _CONFIRMED.unsign(sent.get("confirmed", ""), max_age=CONFIRMED_FOR)
    except signing.BadSignature:
        session = ""
    if session != request.person.session.id:
        return _page(request, form, _("That took a while. Please type your passphrase once more."))
    credential, device = sent.get("credential", "")[: phone_keys.LONGEST_CREDENTIAL + 1], random_bytes()
    name = phone_keys.unpacked(credential)
    if not name or phone_keys.packed(name) != credential or len(credential) > phone_keys.LONGEST_CREDENTIAL:
        return _page(request, form, _no_key())
    label = sent.get("label", "").strip()[:60] or _plain_label(request)
    try:
        root = passkey_root(phone_keys.unpacked(sent.get("key", "")), device)
        people.add_phone_lock(person=request.person, root=root, label=label, credential=name, now=timezone.now())
    except (NoKey, Changed):
        return _page(request, form, _no_key())
    except TooMany:
        return _page(request, form, _("Ten devices are the most. Please remove one first."))
    response = HttpResponseRedirect(reverse("door:phone-lock"))
    kept = [key for key in phone_keys.of_request(request) if key.credential != credential]
    phone_keys.keep(response, [PhoneKey(credential, device), *kept])
    return response


@require_POST
def remove_phone_lock(request: PersonRequest) -> HttpResponseBase:
    """Let one device's lock open this place no longer."""
    slot = request.POST.get("slot", "")
    passkey = next((one for one in request.person.keyring.secrets.passkeys if one.slot == slot), None)
    if passkey is None:
        raise Http404
    people.remove_phone_lock(person=request.person, slot=slot)
    response = HttpResponseRedirect(reverse("door:phone-lock"))
    kept = phone_keys.of_request(request)
    others = [key for key in kept if not phone_keys.is_of(key, passkey)]
    if others != kept:
        phone_keys.keep(response, others)
    return response


def _plain_label(request: PersonRequest) -> str:
    return _("My phone") if is_phone(request) else _("My computer")


def _no_key() -> str:
    return _("This device made no key that can open your place. Nothing was changed; your passphrase opens it.")


def _page(request: PersonRequest, form: PhoneLockForm, sentence: str = "") -> HttpResponse:
    kept, passkeys = phone_keys.of_request(request), request.person.keyring.secrets.passkeys
    listed = [(passkey, any(phone_keys.is_of(key, passkey) for key in kept)) for passkey in passkeys]
    context = {
        "form": form,
        "listed": listed,
        "set_up_here": any(is_here for _passkey, is_here in listed),
        "full": len(listed) >= MOST_PASSKEYS,
        "sentence": sentence,
        "phone": is_phone(request),
    }
    return render(request, "door/phone_lock.html", context)
