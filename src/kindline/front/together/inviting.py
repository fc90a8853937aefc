"""Inviting somebody: the card, then the code until they have opened it."""

from contextlib import suppress

from django.conf import settings
from django.http import HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from kindline.front.together.qr import square
from kindline.ground.page.views import get_or_post
from kindline.ground.people import inviting as people
from kindline.ground.people.gate import PersonRequest
from kindline.ground.people.models import Person
from kindline.ground.people.refusing import Refused


@get_or_post
def invite(request: PersonRequest) -> HttpResponseBase:
    """Show the card, or the code that was made; whose guest is there goes on to the six words."""
    person, now = request.person, timezone.now()
    if request.method == "POST":
        with suppress(Refused):  # they share a space by now, and are led there
            people.invite(person=person, now=now)
        return HttpResponseRedirect(reverse("together:invite"))
    onward, made = _onward(person), people.invitation_of(person, now)
    if request.htmx:  # type: ignore[attr-defined] # the page that waits for the guest asks whether it goes on
        return HttpResponse(headers={"HX-Redirect": onward}) if onward else HttpResponse(status=204)
    if onward:
        return HttpResponseRedirect(onward)
    if made is None:
        return render(request, "together/invite.html")
    code, until = people.code_of(person, made), timezone.localtime(made.expires_at)
    link = f"{settings.URL}{reverse('together:invited')}#{'-'.join(code.split())}"
    is_today = until.date() == timezone.localdate(now)
    context = {"code": code, "link": link, "square": square(link), "until": until, "is_today": is_today}
    return render(request, "together/code.html", context)


@require_POST
def take_back(request: PersonRequest) -> HttpResponseBase:
    """Take the code back; it opens nothing any more."""
    people.revoke(person=request.person)
    return HttpResponseRedirect(reverse("together:together"))


def _onward(person: Person) -> str:
    """Return where it goes on for somebody whose guest is there, or who shares a space already."""
    if people.pair_of(person):
        return reverse("together:together")
    return reverse("together:same") if people.comparing(person) else ""
