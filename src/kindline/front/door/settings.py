"""What a person changes about their own place."""

import msgspec
from django.http import HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kindline.front.door.entering import with_cookies
from kindline.front.door.forms import NameForm, NewCodeForm, PassphraseForm, PlaceForm
from kindline.front.door.settling import settling
from kindline.ground.page.guises import GUISES, guise_of
from kindline.ground.page.views import get_or_post
from kindline.ground.people import actions as people
from kindline.ground.people.forms import ConfirmForm
from kindline.ground.people.gate import PersonRequest
from kindline.ground.people.trying import BUSY, NotOpened, choose, confirm
from kindline.ground.post import actions as post
from kindline.ground.vault import sessions
from kindline.ground.vault.passphrases import six_words
from kindline.ground.vault.records import Changed
from kindline.ground.vault.stretching import Busy
from kindline.ours.pauses.queries import is_allowed


@get_or_post
def overview(request: PersonRequest) -> HttpResponseBase:
    """Show a person's own place: how it looks, when it locks, and the doors to the rest."""
    person = request.person
    form = PlaceForm(request.POST or None, initial=msgspec.structs.asdict(person.profile))
    if request.method == "POST" and form.is_valid():
        try:
            people.change_profile(person=person, **form.cleaned_data)
            post.follow(person=person)
        except Changed:
            form.add_error(None, _("This changed in another window. Please look once more and save again."))
        else:
            return HttpResponseRedirect(reverse("door:settings"))
    context = {"form": form, "devices": sessions.count(person.id), "guises": GUISES, "worn": guise_of(request)}
    context["may_pause"] = is_allowed(request)
    return render(request, "door/settings.html", context)


@get_or_post
def name(request: PersonRequest) -> HttpResponseBase:
    """Change what a person is called; they unlock with the new name from then on."""
    person = request.person
    form = NameForm(request.POST or None, initial={"name": person.name})
    if request.method == "POST" and form.is_valid() and _is_confirmed(request, form):
        called = form.cleaned_data["name"].strip()
        try:
            choose(request, called)
            now, words = timezone.now(), form.cleaned_data["passphrase"]
            token = people.rename(person=person, name=called, passphrase=words, now=now)
        except NotOpened as closed:
            form.add_error(None, closed.sentence)
        except Changed:
            form.add_error("name", _("This name can’t be used together with your passphrase. Nothing was changed."))
        except Busy:
            form.add_error(None, BUSY)
        else:
            response = HttpResponseRedirect(reverse("door:settings"))
            return with_cookies(request, response, token, called, person.keyring)
    return render(request, "door/name.html", {"form": form})


@get_or_post
def passphrase(request: PersonRequest) -> HttpResponseBase:
    """Change the passphrase and all keys with it, and go on to the new recovery code; every other device locks."""
    person = request.person
    other = "other-words" in request.POST
    offered = six_words() if other else request.POST.get("offered") or six_words()
    form = PassphraseForm(None if other else request.POST or None, own_name=person.name)
    if request.method == "POST" and form.is_valid() and _is_confirmed(request, form):
        try:
            choose(request, person.name)
            token = people.change_passphrase(
                person=person,
                passphrase=form.cleaned_data["new_passphrase"],
                now=timezone.now(),
                settle=settling(outside=form.cleaned_data["outside"]),
            )
        except NotOpened as closed:
            form.add_error(None, closed.sentence)
        except Changed:
            form.add_error("own", _("Please take other words; these can’t be used here."))
        except Busy:
            form.add_error(None, BUSY)
        else:
            response = HttpResponseRedirect(reverse("door:recovery"))
            return with_cookies(request, response, token, person.name, person.keyring)
    return render(request, "door/passphrase.html", {"form": form, "offered": offered})


@get_or_post
def recovery(request: PersonRequest) -> HttpResponseBase:
    """Make a new recovery code and new keys with it; the old one opens nothing any more."""
    person = request.person
    form = NewCodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _is_confirmed(request, form):
        words = form.cleaned_data["passphrase"]
        try:
            also = settling(outside=form.cleaned_data["outside"])
            token = people.renew_recovery_code(person=person, passphrase=words, now=timezone.now(), settle=also)
        except Busy:
            form.add_error(None, BUSY)
        else:
            response = HttpResponseRedirect(reverse("door:recovery"))
            return with_cookies(request, response, token, person.name, person.keyring)
    return render(request, "door/new_recovery.html", {"form": form})


@require_POST
def devices(request: PersonRequest) -> HttpResponseBase:
    """Lock every other device of this person."""
    sessions.end_all(request.person.id, but=request.person.session)
    return HttpResponseRedirect(reverse("door:settings"))


@get_or_post
def delete(request: PersonRequest) -> HttpResponseBase:
    """Delete this person's place for good."""
    form = ConfirmForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _is_confirmed(request, form):
        people.leave(person=request.person, now=timezone.now())
        request.person = None  # type: ignore[assignment] # nobody is here any more, and the page must not think so
        response = render(request, "door/deleted.html")
        sessions.set_locked_cookie(response)
        return response
    return render(request, "door/delete.html", {"form": form})


def _is_confirmed(request: PersonRequest, form: ConfirmForm) -> bool:
    try:
        confirm(request, request.person.name, form.cleaned_data["passphrase"])
    except NotOpened as closed:
        form.add_error("passphrase", closed.sentence)
        return False
    return True
