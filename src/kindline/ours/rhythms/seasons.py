"""A quiet season: for both, called and ended by either, or for oneself alone, which nobody else notices."""

from contextlib import suppress
from datetime import timedelta

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kindline.ground.people.gate import PersonRequest
from kindline.ground.people.inviting import pair_of
from kindline.ours.rhythms import actions, queries, rules
from kindline.ours.rhythms.actions import Closed, Refused
from kindline.ours.rhythms.forms import ME, US, SeasonForm
from kindline.ours.rhythms.views import today

CONFLICT, INVALID = 409, 422
A_WHILE = timedelta(weeks=6)


@require_http_methods(["GET", "HEAD", "POST"])
def season(request: PersonRequest) -> HttpResponse:
    """Call a quiet season, make it longer or shorter, or see which one there is."""
    day = today(timezone.now())
    if request.method != "POST":
        form = SeasonForm(initial={"whose": US if pair_of(request.person) else ME, "until": day + A_WHILE})
        return _page(request, form)
    form, circle = SeasonForm(request.POST), pair_of(request.person)
    if not form.is_valid():
        return _page(request, form, status=INVALID)
    for_both = form.cleaned_data["whose"] == US
    if for_both and circle is None:
        form.add_error(None, _("You share a space with nobody right now. It can be just for you."))
        return _page(request, form, status=CONFLICT)
    try:
        actions.call_season(
            person=request.person,
            circle=circle if for_both else None,
            today=day,
            until=form.cleaned_data["until"],
        )
    except Refused as refused:
        form.add_error("until", refused.sentence)
        return _page(request, form, status=INVALID)
    except Closed:
        form.add_error(None, _("This shared space is closed."))
        return _page(request, form, status=CONFLICT)
    return HttpResponseRedirect(reverse("rhythms:list"))


@require_POST
def wake(request: PersonRequest) -> HttpResponse:
    """End a quiet season with one tap: that of both, or one's own."""
    circle = pair_of(request.person) if request.POST.get("whose") == US else None
    if circle or request.POST.get("whose") == ME:
        with suppress(Closed):  # somebody left in this very moment
            actions.end_season(person=request.person, circle=circle)
    return HttpResponseRedirect(reverse("rhythms:list"))


def _page(request: PersonRequest, form: SeasonForm, *, status: int = 200) -> HttpResponse:
    circle, day = pair_of(request.person), today(timezone.now())
    context = {
        "form": form,
        "circle": circle,
        "name": circle.other_name if circle else "",
        "seasons": queries.seasons(request.person, day),
        "latest": day + rules.SEASON_AT_MOST,
    }
    return render(request, "rhythms/season.html", context, status=status)
