"""Stepping away, needing longer, coming back; and the page of the one who waits."""

from datetime import datetime

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from kindline.ground.page.views import sent_form_id
from kindline.ground.people.gate import PersonRequest
from kindline.ground.people.inviting import pair_of
from kindline.ground.people.refusing import Refused
from kindline.ground.vault.circles import Closed
from kindline.ours.pauses import actions, models, queries, rules
from kindline.ours.pauses.forms import TimeForm

NO_CLOCK = _("That is no clock time. Written like 21:15, it works.")


@require_safe
def pauses(request: PersonRequest) -> HttpResponse:
    """Show the pause that somebody else is in to whoever waits, one's own, or that nobody is away."""
    return render(request, "pauses/pauses.html", {"shown": queries.around(request.person, timezone.now())})


@require_POST
def away(request: PersonRequest) -> HttpResponse:
    """Begin a pause that the other sees at once, or one that is only one's own, and lead to the quiet page."""
    now, circle, form = timezone.now(), pair_of(request.person), TimeForm(request.POST)
    return_at = _return_at(request, form, now, None)
    if return_at is None:
        return _refused(request, str(NO_CLOCK))
    if "alone" in request.POST:
        return _to_quiet_page(now, return_at)
    if circle is None:  # somebody left meanwhile: the pause is one's own all the same
        return _to_quiet_page(now, return_at, untold="")
    try:
        row = actions.step_away(circle=circle, pause_id=sent_form_id(request), return_at=return_at, now=now)
    except Closed:
        return _to_quiet_page(now, return_at, untold="")
    except Refused as refused:
        return _refused(request, refused.sentence)
    return _to_quiet_page(row.started_at, row.return_at)


@require_POST
def longer(request: PersonRequest) -> HttpResponse:
    """Give a new return time, counted from the promised one while that is ahead."""
    now, circle, form = timezone.now(), pair_of(request.person), TimeForm(request.POST)
    if circle is None:
        return HttpResponseRedirect(reverse("moment:moment"))
    before = queries.own_last(circle)
    if before is None or before.id != sent_form_id(request):
        return HttpResponseRedirect(reverse("moment:moment"))
    return_at = _return_at(request, form, now, before)
    if return_at is None:
        return _refused(request, str(NO_CLOCK), before)
    over = _sent_moment(request.POST.get("over", "")) or before.return_at
    try:
        row = actions.need_longer(circle=circle, pause_id=before.id, over=over, return_at=return_at, now=now)
    except Closed:
        return _to_quiet_page(now, return_at, untold="")
    except Refused as refused:
        return _refused(request, refused.sentence, before)
    return _to_quiet_page(row.started_at, row.return_at)


@require_POST
def back(request: PersonRequest) -> HttpResponse:
    """End one's own pause; the next page is a soft way in, for the one who returns only."""
    circle = pair_of(request.person)
    told = request.POST.get("told", "")
    answered = {told: ""} if told in {"asked", "kept"} else {}
    try:
        row = actions.come_back(circle=circle, now=timezone.now()) if circle else None
    except Closed:
        row = None
    address = reverse("pauses:soft", args=[row.id]) if row else reverse("moment:back")
    return HttpResponseRedirect(f"{address}?{urlencode(answered)}" if answered else address)


def _return_at(request: PersonRequest, form: TimeForm, now: datetime, before: models.Pause | None) -> datetime | None:
    """Return until when was asked for, or None when a clock time was chosen and none was typed."""
    form.is_valid()  # anything strange becomes the usual minutes, as on the page itself
    minutes, clock = form.chosen_minutes(), form.clock()
    if minutes is not None:
        return rules.longer_until(queries.away(before), now, minutes) if before else rules.back_at(now, minutes)
    return rules.at_clock(now, clock, request.person.zone) if clock else None


def _to_quiet_page(started_at: datetime, return_at: datetime, **more: str) -> HttpResponse:
    clocks = {"from": f"{timezone.localtime(started_at):%H:%M}", "back": f"{timezone.localtime(return_at):%H:%M}"}
    return HttpResponseRedirect(f"{reverse('moment:pause')}?{urlencode({**clocks, **more})}")


def _refused(request: PersonRequest, sentence: str, before: models.Pause | None = None) -> HttpResponse:
    running = before is not None and before.ended_at is None
    context = {"sentence": sentence, "running": running}
    return render(request, "pauses/refused.html", context, status=422)


def _sent_moment(text: str) -> datetime | None:
    """Return the moment that a page wrote into its form, or None."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else None
