"""I need a moment: how long, words for whoever waits, the quiet page, and coming back. Nothing is stored from here.

Where two share a space, the forms lead to its pauses, and the other sees until when; "just for me" tells nobody. On a
device that may pause without unlocking they do so while it is locked, too.

The three pages are kept on devices for the time without a connection, as somebody without a key sees them: then their
scripts read from the address what the views read here.
"""

from collections.abc import Callable
from datetime import datetime, time
from functools import wraps
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kindline.front.moment.clock import between, counted_from, read_clock, read_minutes
from kindline.front.moment.practices import practices
from kindline.ground.page.clock_face import clock
from kindline.ground.people.gate import public
from kindline.mine.calm.queries import STEPS
from kindline.ours.pauses import queries as pauses
from kindline.ours.pauses.queries import MINUTES, USUAL, back_at, is_tomorrow

View = Callable[[HttpRequest], HttpResponseBase]


def by_its_clock(view: View) -> View:
    """Let a view say times as clocks are read on this device, as far as that is known while it is locked."""

    @wraps(view)
    def shown(request: HttpRequest) -> HttpResponseBase:
        with pauses.clock_of(request):
            return view(request)

    return shown


@public
@by_its_clock
@require_safe
def moment(request: HttpRequest) -> HttpResponseBase:
    """Ask how long, and offer the words for whoever waits. Who is away already gets a new time, or the quiet page."""
    shown = _pauses(request)
    mine, longer = shown["mine"], "longer" in request.GET
    if mine and (not longer or request.GET.get("back") != _wall(mine.return_at)):
        return HttpResponseRedirect(
            f"{reverse('moment:moment')}?longer&back={_wall(mine.return_at)}" if longer else _quiet(mine)
        )
    if mine and not mine.may_be_longer:
        return render(request, "moment/no_longer.html", shown)
    promised = read_clock(request.GET.get("back", ""))
    times = [(minutes, *_said(_clock_of(shown), promised, minutes)) for minutes in MINUTES]
    context = {**shown, "times": times, "usual": USUAL, "longer": longer, "promised": promised, "form_id": uuid4()}
    return render(request, "moment/moment.html", context)


@public
@by_its_clock
@require_safe
def pause(request: HttpRequest) -> HttpResponseBase:
    """Show only the circle, the time if one was said, and what else may calm. The page stays when the device locks."""
    shown = _pauses(request)
    if shown["mine"] and request.GET.get("back") != _wall(shown["mine"].return_at):
        return HttpResponseRedirect(_quiet(shown["mine"]))
    minutes, own = read_minutes(request.GET.get("minutes", "")), request.GET.get("at", "")
    back = read_clock(request.GET.get("back", "")) or (read_clock(own) if request.GET.get("minutes") == "own" else None)
    began, now = read_clock(request.GET.get("from", "")), _clock_of(shown)
    timed = back is not None or "minutes" in request.GET
    if back is None and timed and now is not None:
        # Said once and kept in the address, so that looking again does not move it.
        start = counted_from(now, read_clock(request.GET.get("promised", "")))
        clocks = {"from": f"{now:%H:%M}", "back": f"{back_at(start, minutes):%H:%M}"}
        return HttpResponseRedirect(f"{reverse('moment:pause')}?{urlencode(clocks)}")
    person = request.person  # type: ignore[attr-defined]
    context = {
        **shown,
        "untold": "untold" in request.GET,
        "minutes": minutes,
        "back": back,
        "began": began,
        "timed": timed,
        "outlives_lock": True,
        "practices": practices(person),
        # Somebody with a place here may tell how stirred up they are, also while it is locked: it is kept after.
        "may_tell": person is not None or settings.DEVICE_COOKIE in request.COOKIES,
        "steps": STEPS.items(),
        "form_id": uuid4(),
    }
    return render(request, "moment/pause.html", context)


@public
@by_its_clock
@require_safe
def back(request: HttpRequest) -> HttpResponse:
    """Welcome somebody back, with a soft way in."""
    shown = _pauses(request)
    began, promised, now = *(read_clock(request.GET.get(name, "")) for name in ("from", "back")), _clock_of(shown)
    if began and promised and now:
        # Said once and kept in the address, so that looking again greets in the same way.
        asked = pauses.greeting(between(began, promised, now))
        return HttpResponseRedirect(f"{reverse('moment:back')}?{urlencode(asked)}".rstrip("?"))
    context = {
        **shown,
        "back": promised,
        "early": "early" in request.GET,
        "short": request.GET.get("early") == "short",
        "kept": "kept" in request.GET,
        "asked": "asked" in request.GET or "kept" in request.GET,
        "practices": practices(request.person),  # type: ignore[attr-defined]
        "steps": STEPS.items(),
        "form_id": uuid4(),
    }
    return render(request, "moment/back.html", context)


def _said(now: datetime | None, promised: time | None, minutes: int) -> tuple[datetime | None, str]:
    """Return when somebody is back and how that is said, as far as their clock is known."""
    if now is None:
        return None, ""
    back = back_at(counted_from(now, promised), minutes)
    return back, _("%(clock)s, tomorrow") % {"clock": clock(back)} if is_tomorrow(now, back) else clock(back)


def _pauses(request: HttpRequest) -> dict[str, Any]:
    """Return what is going on between two people: the other's name, and one's own pause while it runs.

    `tells` says whether a pause from this page reaches somebody. While a device is locked nobody's name is known.
    """
    now, nothing = timezone.now(), {"name": "", "mine": None, "plan": None, "tells": False, "knows_clock": False}
    if request.person is None:  # type: ignore[attr-defined]
        device = pauses.allowed(request)
        if device is None:
            return nothing
        running, unsaid = pauses.own_running(device, now), pauses.own_back(device, now)
        return {**nothing, "mine": running, "unsaid": unsaid, "tells": True, "knows_clock": True}
    around = pauses.around(request.person, now)  # type: ignore[attr-defined]
    known = {"name": around.name, "mine": around.mine, "plan": around.plan}
    return {**known, "tells": around.circle is not None, "knows_clock": True}


def _quiet(mine: pauses.Shown) -> str:
    clocks = {"from": _wall(mine.away.started_at), "back": _wall(mine.return_at)}
    return f"{reverse('moment:pause')}?{urlencode(clocks)}"


def _wall(when: datetime) -> str:
    """Return a moment as an address writes it: by the clock on this person's own wall."""
    return f"{timezone.localtime(when):%H:%M}"


def _clock_of(shown: dict[str, Any]) -> datetime | None:
    """Return the time on the person's own wall; nobody knows a visitor's."""
    return timezone.localtime() if shown["knows_clock"] else None
