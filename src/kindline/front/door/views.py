"""In and out: joining, unlocking, locking, recovering, leaving at once."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kindline.front.care.views import is_ours
from kindline.front.door import bringing, carrying, front_page, phone_keys
from kindline.front.door.entering import end_session, enter, let_in, with_cookies
from kindline.front.door.forms import JoinForm, LastGroupForm, RecoverForm, UnlockForm
from kindline.front.door.phone_keys import is_phone
from kindline.front.door.settling import settling
from kindline.front.door.trying_phone import open_with_phone
from kindline.front.together import carried
from kindline.ground.page.views import get_or_post
from kindline.ground.people import actions as people
from kindline.ground.people.gate import PersonRequest, background, public
from kindline.ground.people.models import Person
from kindline.ground.people.queries import is_anybody_here
from kindline.ground.people.refusing import Refused
from kindline.ground.people.rules import may_join
from kindline.ground.people.shapes import Profile
from kindline.ground.people.trying import BUSY, USED_UP, NotOpened, choose, open_with_code, open_with_passphrase
from kindline.ground.vault import actions as vault
from kindline.ground.vault import sessions, throttle
from kindline.ground.vault import unsaved as unsaved_words
from kindline.ground.vault.keyring import Keyring
from kindline.ground.vault.passkeys import prf_salt
from kindline.ground.vault.passphrases import last_group, six_words
from kindline.ground.vault.primitives import Unopened
from kindline.ground.vault.records import Changed
from kindline.ground.vault.stretching import Busy

LONGEST_UNSAVED = 200_000  # characters of one form
LONGEST_ADDRESS = 2000  # characters
Fields = list[tuple[str, str]]  # what is carried through unlocking


@public
@get_or_post
def join(request: HttpRequest) -> HttpResponseBase:
    """Make a place: a name, a passphrase, and straight on to the recovery code."""
    invitation = carried.opened(request)
    if not invitation and not may_join(settings.JOIN, anybody_here=is_anybody_here()):
        return render(request, "door/invited_only.html", status=403)
    if bringing.are_too_many(request) and settings.FRONT_DOOR_COACH:
        return front_page.check(request)  # says so, with the words still in the box
    offered = request.POST.get("offered") or six_words()
    if request.method != "POST" or "other-words" in request.POST or bringing.BROUGHT in request.POST:
        kept = {name: request.POST.get(name, "") for name in ("name", "time_zone", "hours")}
        form = JoinForm(initial={**kept, "offered": six_words()})
        return _join_page(request, form, form.initial["offered"])
    form = JoinForm(request.POST)
    if not form.is_valid():
        return _join_page(request, form, offered)
    profile = Profile(
        name=form.cleaned_data["name"].strip(),
        time_zone=form.cleaned_data["time_zone"],
        hours=form.cleaned_data["hours"],
        language=translation.get_language() or "en",
        essentials=invitation is not None,
    )
    try:
        choose(request, profile.name)
        only_first, code = settings.JOIN != "open" and not invitation, invitation.code if invitation else ""
        words = form.cleaned_data["passphrase"]
        keyring = people.join(passphrase=words, profile=profile, only_first=only_first, code=code, now=timezone.now())
    except (NotOpened, Changed, Busy, Refused, people.NotTheFirst) as closed:
        return _not_joined(request, form, offered, closed)
    bringing.keep(keyring, bringing.brought_words(request))
    response = HttpResponseRedirect(reverse("door:recovery"))
    carried.put_down(response)
    return let_in(request, response, keyring, profile)


@get_or_post
def recovery_code(request: PersonRequest) -> HttpResponseBase:
    """Show the recovery code until its last group was typed back."""
    keyring = request.person.keyring
    code = keyring.secrets.unwritten_recovery_code
    if not code:
        return HttpResponseRedirect(reverse("today:today"))
    form = LastGroupForm(request.POST or None, expected=last_group(code))
    if request.method == "POST" and form.is_valid():
        # Changed: another window said so first, or made a newer code, and then the next page shows that one.
        try:
            vault.confirm_code_written(keyring)
        except Changed:
            return HttpResponseRedirect(reverse("door:recovery"))
        return HttpResponseRedirect(reverse(_after_the_code(request.person)))
    return render(request, "door/recovery_code.html", {"form": form, "groups": code.split("-")})


@public
@get_or_post
def unlock(request: HttpRequest, *, interrupted: bool = False, stale: bool = False) -> HttpResponseBase:
    """Open a person's place with name and passphrase, and go on where the lock was met.

    A `stale` form has lost its token: it comes back as it was, with all it carried, and opens nothing.
    """
    onward = _onward(request)
    if stale:
        return _stale_page(request, onward)
    if interrupted:
        fields = carrying.interrupted_fields(request)
        return _unlock_page(request, UnlockForm(), onward, fields, status=401)
    if request.method != "POST":
        return _unlock_page(request, UnlockForm(), onward, [])
    by_phone = bool(request.POST.get("key"))
    form, fields = UnlockForm(None if by_phone else request.POST), carrying.carried_fields(request)
    if not by_phone and not form.is_valid():
        return _unlock_page(request, form, onward, fields)
    try:
        keyring = _opened(request, form, fields)
    except NotOpened as closed:
        return _unlock_page(request, form, onward, fields, closed=closed)
    token = enter(request, keyring)
    name = request.person.name if by_phone else form.cleaned_data["name"]  # type: ignore[attr-defined]
    try:
        response = carrying.go_on(request) or HttpResponseRedirect(onward)
    except Http404:
        end_session(request)  # this answer carries no cookie: nobody would ever use the session
        request.person = None  # type: ignore[attr-defined]
        raise
    if by_phone:
        phone_keys.keep(response, phone_keys.of_request(request))  # for as long again
    return with_cookies(request, response, token, name, keyring)


@public
@require_POST
def lock(request: HttpRequest) -> HttpResponseBase:
    """Lock this device and show the unlock page, with the way back to where the person was."""
    end_session(request)
    onward = request.POST.get("next", "")
    response = HttpResponseRedirect(_with_next(reverse("door:unlock"), request, onward))
    sessions.set_locked_cookie(response)
    carried.put_down(response)
    return response


@public
@require_POST
def leave_at_once(request: HttpRequest) -> HttpResponseBase:
    """Lock and go to a harmless site."""
    end_session(request)
    response = HttpResponseRedirect(settings.EXIT_URL)
    sessions.set_locked_cookie(response)
    carried.put_down(response)
    return response


@require_POST
def stay(request: PersonRequest) -> HttpResponseBase:
    """Move the idle clock: the person said they are still here."""
    sessions.extend(request.person.session, timezone.now())
    return HttpResponse(status=204)


@background
@require_POST
def unsaved(request: PersonRequest) -> HttpResponseBase:
    """Keep a form's words as they stand, sealed, until it is saved."""
    fields = {name: [str(value) for value in values] for name, values in request.POST.lists()}
    page, form_id = "".join(fields.pop("page", [])), "".join(fields.pop("form_id", []))
    fields.pop("csrfmiddlewaretoken", None)
    if sum(len(value) for values in fields.values() for value in values) > LONGEST_UNSAVED:
        return HttpResponse(_("This is too long to keep as you write."), status=413, content_type="text/plain")
    try:
        unsaved_words.keep(request.person.keyring, UUID(form_id), page[:200], fields, timezone.now())
    except ValueError:
        return HttpResponse(status=400)
    if request.headers.get("X-Requested-With") == "fetch":
        return HttpResponse(status=204)
    return HttpResponseRedirect(page if _is_ours(request, page) else reverse("today:today"))


@public
@get_or_post
def recover(request: HttpRequest) -> HttpResponseBase:
    """Open a place with its recovery code: a new passphrase, and a new code for the spent one."""
    other = "other-words" in request.POST
    offered = six_words() if other else request.POST.get("offered") or six_words()
    form = RecoverForm(None if other else request.POST or None, initial={"code": request.POST.get("code", "")})
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            keyring = open_with_code(request, form.cleaned_data["code"])
        except NotOpened as closed:
            form.add_error(None, closed.sentence)
            status = closed.status
        else:
            enter(request, keyring)
            person = request.person  # type: ignore[attr-defined]
            try:
                choose(request, person.name)
                token = people.recover(
                    person=person,
                    passphrase=form.cleaned_data["passphrase"],
                    now=timezone.now(),
                    settle=settling(outside=form.cleaned_data["outside"]),
                )
            except NotOpened as closed:
                form.add_error(None, closed.sentence)
                status = closed.status
            except Changed:
                form.add_error("own", _("Please take other words; these can’t be used here."))
            except Unopened:  # the code was used in another window this very moment
                form.add_error(None, USED_UP)
                status = 403
            except Busy:
                form.add_error(None, BUSY)
                status = 503
            else:
                response = HttpResponseRedirect(reverse("door:recovery"))
                return with_cookies(request, response, token, person.name, person.keyring)
            end_session(request)
            request.person = None  # type: ignore[attr-defined]
    return render(request, "door/recover.html", {"form": form, "offered": offered}, status=status)


def _after_the_code(person: Person) -> str:
    """Return where it goes on: to who invited them, to the first words, or back to the settings of who has new keys."""
    if person.keyring.version > 1:
        return "door:settings"
    return "together:same" if person.profile.essentials else "journal:write"


def _join_page(request: HttpRequest, form: JoinForm, offered: str, status: int = 200) -> HttpResponse:
    words = bringing.brought_words(request)
    invitation = carried.opened(request)
    context = {
        "form": form,
        "offered": offered,
        "operator": settings.OPERATOR,
        "brought": words,
        "host": invitation.host.name if invitation else "",
    }
    return render(request, "door/join.html", context, status=status)


def _not_joined(
    request: HttpRequest, form: JoinForm, offered: str, why: NotOpened | Changed | Busy | Refused | people.NotTheFirst
) -> HttpResponse:
    if isinstance(why, people.NotTheFirst):
        return render(request, "door/invited_only.html", status=403)
    if isinstance(why, Refused):  # somebody else was quicker with the same code, or it was taken back just now
        return render(request, "together/over.html", {"sentence": why.sentence}, status=409)
    if isinstance(why, Changed):
        form.add_error("own", _("Please take other words; these can’t be used here."))
        return _join_page(request, form, six_words())
    form.add_error(None, BUSY if isinstance(why, Busy) else why.sentence)
    return _join_page(request, form, offered, status=503 if isinstance(why, Busy) else why.status)


def _opened(request: HttpRequest, form: UnlockForm, fields: Fields) -> Keyring:
    if request.POST.get("key"):
        keyring = open_with_phone(request, request.POST.get("credential", ""), request.POST["key"])
    else:
        keyring = open_with_passphrase(request, form.cleaned_data["name"], form.cleaned_data["passphrase"])
    if fields and not throttle.was_last_here(request, keyring):
        begun = _("These words were begun under another name, and wait for it. Unlock your own in a new tab.")
        raise NotOpened(begun, 403)
    return keyring


def _stale_page(request: HttpRequest, onward: str) -> HttpResponse:
    form, fields = UnlockForm(initial={"name": request.POST.get("name", "")}), carrying.carried_fields(request)
    if is_ours(request):
        return _unlock_page(request, form, onward, fields, status=403, is_old=True)
    # Another site may have filled it in: what it carries is handed back, and goes on by no press here.
    words = [value for name, value in fields if name.startswith(carrying.PREFIX) and " " in value.strip()]
    return _unlock_page(request, form, onward, [], status=403, is_old=True, words=words)


def _unlock_page(
    request: HttpRequest,
    form: UnlockForm,
    onward: str,
    fields: Fields,
    *,
    closed: NotOpened | None = None,
    status: int = 200,
    **says: Any,
) -> HttpResponse:
    kept = phone_keys.of_request(request)
    if closed and form.is_bound:
        form.add_error(None, closed.sentence)
    context = {
        "form": form,
        "next": onward,
        "carried": fields,
        "file": any(name == carrying.FILE for name, _ in fields),
        "closed": closed.sentence if closed and not form.is_bound else "",
        "phone_keys": ",".join(key.credential for key in kept),
        "salt": phone_keys.packed(prf_salt()) if kept else "",
        "phone": is_phone(request),
        **says,
    }
    return render(request, "door/unlock.html", context, status=closed.status if closed else status)


def _with_next(address: str, request: HttpRequest, onward: str) -> str:
    return f"{address}?{urlencode({'next': onward})}" if _is_ours(request, onward) else address


def _onward(request: HttpRequest) -> str:
    onward = request.POST.get("next") or request.GET.get("next") or ""
    return onward if _is_ours(request, onward) else reverse("today:today")


def _is_ours(request: HttpRequest, address: str) -> bool:
    if len(address) > LONGEST_ADDRESS or not address.startswith("/"):
        return False
    return url_has_allowed_host_and_scheme(address, {request.get_host()})
