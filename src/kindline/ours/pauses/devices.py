"""Devices that may start a pause without being unlocked: allowed one by one, listed, taken back."""

from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from kindline.ground.people.gate import PersonRequest
from kindline.ground.people.inviting import pair_of
from kindline.ground.people.refusing import Refused
from kindline.ground.vault.circles import Closed
from kindline.ours.pauses import actions, cookie, queries


@require_http_methods(["GET", "HEAD", "POST"])
def devices(request: PersonRequest) -> HttpResponse:
    """Say what a device could do, list those that may, and allow this one."""
    if request.method != "POST":
        return _page(request)
    if any(one.is_this_one for one in queries.devices(request.person, request)):  # the form came twice
        return HttpResponseRedirect(reverse("pauses:devices"))
    circle, person = pair_of(request.person), request.person
    token, is_phone = cookie.new_token(person.hours, person.zone), "Mobi" in request.headers.get("User-Agent", "")
    if circle is None:  # nobody is there to tell
        return HttpResponseRedirect(reverse("pauses:devices"))
    try:
        actions.allow(person=person, circle=circle, token=token, is_phone=is_phone, now=timezone.now())
    except Closed:  # somebody left in this very moment
        return HttpResponseRedirect(reverse("pauses:devices"))
    except Refused as refused:
        return _page(request, refused.sentence, 409)
    response = HttpResponseRedirect(reverse("pauses:devices"))
    cookie.give(response, token)
    return response


@require_POST
def remove(request: PersonRequest, device_id: UUID) -> HttpResponse:
    """Let a device pause only while it is unlocked."""
    here = [one.id for one in queries.devices(request.person, request) if one.is_this_one]
    actions.revoke(person=request.person, device_id=device_id)
    response = HttpResponseRedirect(reverse("pauses:devices"))
    if device_id in here:
        cookie.take_away(response)
    return response


def _page(request: PersonRequest, sentence: str = "", status: int = 200) -> HttpResponse:
    circle, listed = pair_of(request.person), queries.devices(request.person, request)
    context = {
        "listed": listed,
        "allowed_here": any(one.is_this_one for one in listed),
        "name": circle.other_name if circle else "",
        "sentence": sentence,
        "phone": "Mobi" in request.headers.get("User-Agent", ""),
    }
    return render(request, "pauses/devices.html", context, status=status)
