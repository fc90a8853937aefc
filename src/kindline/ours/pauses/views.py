"""Stepping away, needing longer, coming back; and the page of the one who waits."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from kindline.ground.page.views import sent_form_id
from kindline.ground.people.gate import PersonRequest, opens_to
from kindline.ground.people.refusing import Refused
from kindline.ground.vault.circles import CircleKeys, Closed
from kindline.ours.pauses import actions, cookie, models, queries, rules
from kindline.ours.pauses.forms import TimeForm, sent_moment
from kindline.ours.pauses.queries import Allowed

NO_CLOCK = _("That is no clock time. Written like 21:15, it works.")


def also_while_locked(view: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Open a view to devices that may pause without unlocking, and let it say times by their clocks."""

    @opens_to(queries.is_allowed)
    @wraps(view)
    def opened(request: HttpRequest) -> HttpResponse:
        with queries.clock_of(request):
            return view(request)

    return opened


@require_safe
def pauses(request: PersonRequest) -> HttpResponse:
    """Show the pause that somebody else is in to whoever waits, one's own, or that nobody is away."""
    now = timezone.now()
    shown = queries.around(request.person, now)
    plan = queries.plan(request.person, shown.circle) if shown.circle else None
    context = {
        "shown": shown._replace(plan=plan),
        "is_planned": shown.circle is not None and queries.is_planned(request.person, shown.circle),
        "unsaid": queries.unsaid(shown.circle, now) if shown.circle else None,
    }
    return render(request, "pauses/pauses.html", context)


@also_while_locked
@require_POST
def away(request: HttpRequest) -> HttpResponse:
    """Begin a pause that the other sees at once, or one that is only one's own, and lead to the quiet page."""
    now, circle, form = timezone.now(), queries.whose(request), TimeForm(request.POST)
    return_at = _return_at(form, now, None)
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
    return _for_as_long_again(circle, _to_quiet_page(row.started_at, row.return_at))


@also_while_locked
@require_POST
def longer(request: HttpRequest) -> HttpResponse:
    """Give a new return time, counted from the promised one while that is ahead."""
    now, circle, form = timezone.now(), queries.whose(request), TimeForm(request.POST)
    if circle is None:
        return HttpResponseRedirect(reverse("moment:moment"))
    before = queries.own_last(circle)
    if before is None or before.id != sent_form_id(request):
        return HttpResponseRedirect(reverse("moment:moment"))
    return_at = _return_at(form, now, before)
    if return_at is None:
        return _refused(request, str(NO_CLOCK), before)
    over = sent_moment(request.POST.get("over", "")) or before.return_at
    try:
        row = actions.need_longer(circle=circle, pause_id=before.id, over=over, return_at=return_at, now=now)
    except Closed:
        return _to_quiet_page(now, return_at, untold="")
    except Refused as refused:
        return _refused(request, refused.sentence, before)
    return _to_quiet_page(row.started_at, row.return_at)


@also_while_locked
@require_POST
def back(request: HttpRequest) -> HttpResponse:
    """End one's own pause; the next page is a soft way in, for the one who returns only.

    On a device that is locked that page has no words in it: one's own wait until it is unlocked.
    """
    circle = queries.whose(request)
    told = request.POST.get("told", "")
    asked = {told: ""} if told in {"asked", "kept"} else {}
    try:
        row = actions.come_back(circle=circle, now=timezone.now()) if circle else None
    except Closed:
        row = None
    except Refused as refused:
        return _refused(request, refused.sentence, queries.own_last(circle) if circle else None)
    if row is None or isinstance(circle, Allowed):
        return _led_to(reverse("moment:back"), {**(queries.greeting(queries.away(row)) if row else {}), **asked})
    return _led_to(reverse("pauses:soft", args=[row.id]), asked)


def _return_at(form: TimeForm, now: datetime, before: models.Pause | None) -> datetime | None:
    """Return until when was asked for, or None when a clock time was chosen and none was typed."""
    form.is_valid()  # anything strange becomes the usual minutes, as on the page itself
    minutes, clock = form.chosen_minutes(), form.clock()
    if minutes is not None:
        return rules.longer_until(queries.away(before), now, minutes) if before else rules.back_at(now, minutes)
    return rules.at_clock(now, clock, timezone.get_current_timezone()) if clock else None


def _for_as_long_again(circle: CircleKeys | Allowed, response: HttpResponse) -> HttpResponse:
    """Let a device that is used keep its token as long as a browser can keep one."""
    if isinstance(circle, Allowed):
        cookie.give(response, circle.token)
    return response


def _to_quiet_page(started_at: datetime, return_at: datetime, **more: str) -> HttpResponse:
    clocks = {"from": f"{timezone.localtime(started_at):%H:%M}", "back": f"{timezone.localtime(return_at):%H:%M}"}
    return _led_to(reverse("moment:pause"), {**clocks, **more})


def _led_to(address: str, asking: dict[str, str]) -> HttpResponse:
    return HttpResponseRedirect(f"{address}?{urlencode(asking)}" if asking else address)


def _refused(request: HttpRequest, sentence: str, before: models.Pause | None = None) -> HttpResponse:
    running = before is not None and before.ended_at is None
    context = {"sentence": sentence, "running": running}
    return render(request, "pauses/refused.html", context, status=422)
