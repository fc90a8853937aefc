"""Reminders: where they come, when, and trying them once. All of it is off until somebody turns it on."""

from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from kindline.ground.page.views import get_or_post
from kindline.ground.people.gate import PersonRequest
from kindline.ground.post import actions, delivering, queries, webpush
from kindline.ground.post.forms import AddressForm, WhenForm, standing

PHONE, COMPUTER = "phone", "computer"
View = Callable[[PersonRequest], HttpResponseBase]


def leads_on(view: View) -> View:
    """Lead whoever only looks at the address of a form, by reloading its answer say, to the page it stands on."""

    @wraps(view)
    def answer(request: PersonRequest) -> HttpResponseBase:
        if request.method != "POST":
            return HttpResponseRedirect(reverse("post:reminders"))
        return view(request)

    return answer


@get_or_post
def reminders(request: PersonRequest) -> HttpResponseBase:
    """Show where somebody's reminders come and when; let them choose when."""
    form = WhenForm(request.POST) if request.method == "POST" else None
    if form is not None and form.is_valid() and queries.preferences(request.person.id):
        actions.choose(person=request.person, **form.chosen())
        return HttpResponseRedirect(reverse("post:reminders") + "?kept")
    return _page(request, form=form, sentence=_("Kept. That’s when they come now.") if "kept" in request.GET else "")


@get_or_post
@leads_on
def add_device(request: PersonRequest) -> HttpResponseBase:
    """Let this device take reminders, by what its browser gave."""
    endpoint, public, auth = (request.POST.get(name, "") for name in ("endpoint", "public", "auth"))
    form = PHONE if "Mobi" in request.headers.get("User-Agent", "") else COMPUTER
    try:
        actions.add_device(
            person=request.person, endpoint=endpoint, public=public, auth=auth, form=form, now=timezone.now()
        )
    except actions.NoSuchDevice:
        said = _("This browser’s push service can’t be used from here. Nothing was changed.")
        return _page(request, sentence=said, status=422)
    except actions.TooMany:
        return _page(request, sentence=_("Ten devices are the most. Please remove one first."), status=422)
    return HttpResponseRedirect(reverse("post:reminders"))


@require_POST
def remove(request: PersonRequest, channel_id: UUID) -> HttpResponseBase:
    """Let a device or an address take reminders no longer."""
    actions.remove(person=request.person, channel=channel_id)
    return HttpResponseRedirect(reverse("post:reminders"))


@get_or_post
@leads_on
def ask_by_mail(request: PersonRequest) -> HttpResponseBase:
    """Ask at an address whether reminders may come there."""
    form = AddressForm(request.POST)
    if not settings.MAIL or not form.is_valid():
        return _page(request, address=form, status=422)
    try:
        channel = actions.ask_by_mail(person=request.person, address=form.cleaned_data["address"], now=timezone.now())
    except actions.TooMany:
        return _page(request, sentence=_("That was asked often today. Tomorrow it can be asked again."), status=422)
    delivering.deliver_now(timezone.now, [channel.id])
    return HttpResponseRedirect(reverse("post:reminders"))


@get_or_post
@leads_on
def try_now(request: PersonRequest) -> HttpResponseBase:
    """Send somebody one reminder now, everywhere it would come."""
    channels = actions.try_now(person=request.person, now=timezone.now())
    reached = delivering.deliver_now(timezone.now, channels)
    if not channels:
        said = _("There is nowhere to send one yet.")
    elif reached == len(channels):
        said = ngettext("Sent. It may take a moment.", "Sent to all of them. It may take a moment.", reached)
    else:
        said = _("It could not be handed on everywhere yet. Kindline tries again, and says here when it gives up.")
    return _page(request, sentence=said)


def _page(
    request: PersonRequest,
    *,
    form: WhenForm | None = None,
    address: AddressForm | None = None,
    sentence: str = "",
    status: int = 200,
) -> HttpResponse:
    account, now = request.person.id, timezone.now()
    liked, devices, mail = queries.preferences(account), queries.devices(account), queries.mail(account)
    context = {
        "devices": devices,
        "mail": mail,
        "sends_mail": settings.MAIL,
        "address": address or AddressForm(),
        "form": form or (WhenForm(initial=standing(liked)) if liked else None),
        "liked": liked,
        "is_on": bool(devices) or bool(mail and mail.is_confirmed),
        "is_silent": queries.is_silent(now),
        "sentence": sentence,
        "key": webpush.packed(webpush.public_bytes(webpush.own_key(settings.PUSH_KEY))),
    }
    return render(request, "post/reminders.html", context, status=status)
