"""I need a moment: how long, words for whoever waits, the quiet page, and coming back. Nothing is stored."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kindline.front.moment.clock import MINUTES, USUAL, back_at, read_clock, read_minutes
from kindline.ground.page.clock_face import clock
from kindline.ground.people.gate import public


@public
@require_safe
def moment(request: HttpRequest) -> HttpResponse:
    """Ask how long, and offer the words for whoever waits."""
    now = _clock_of(request)
    times = [(minutes, *_said(now, minutes)) for minutes in MINUTES]
    context = {"times": times, "usual": USUAL, "longer": "longer" in request.GET}
    return render(request, "moment/moment.html", context)


@public
@require_safe
def pause(request: HttpRequest) -> HttpResponseBase:
    """Show only the circle, the time if one was said, and what else may calm. The page stays when the device locks."""
    minutes, own = read_minutes(request.GET.get("minutes", "")), request.GET.get("at", "")
    back = read_clock(request.GET.get("back", "")) or (read_clock(own) if request.GET.get("minutes") == "own" else None)
    began, now = read_clock(request.GET.get("from", "")), _clock_of(request)
    timed = back is not None or "minutes" in request.GET
    if back is None and timed and now is not None:
        # Said once and kept in the address, so that looking again does not move it.
        clocks = {"from": f"{now:%H:%M}", "back": f"{back_at(now, minutes):%H:%M}"}
        return HttpResponseRedirect(f"{reverse('moment:pause')}?{urlencode(clocks)}")
    context = {"minutes": minutes, "back": back, "began": began, "timed": timed, "outlives_lock": True}
    return render(request, "moment/pause.html", context)


@public
@require_safe
def back(request: HttpRequest) -> HttpResponse:
    """Welcome somebody back, with a soft way in."""
    return render(request, "moment/back.html", {"back": read_clock(request.GET.get("back", ""))})


def _said(now: datetime | None, minutes: int) -> tuple[datetime | None, str]:
    """Return when somebody is back and how that is said, as far as their clock is known."""
    if now is None:
        return None, ""
    back = back_at(now, minutes)
    return back, _("%(clock)s, tomorrow") % {"clock": clock(back)} if back.date() > now.date() else clock(back)


def _clock_of(request: HttpRequest) -> datetime | None:
    """Return the time on the person's own wall; nobody knows a visitor's."""
    return timezone.localtime() if request.person is not None else None  # type: ignore[attr-defined]
