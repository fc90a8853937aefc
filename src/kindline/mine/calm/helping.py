"""How moments were: telling it, what shows in many of them, forgetting one."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_POST, require_safe

from kindline.ground.page.views import sent_form_id
from kindline.ground.people.gate import PersonRequest
from kindline.ground.vault.records import Changed
from kindline.mine.calm import actions, analysis, plots, queries, rules, shapes, words

A_PAGE = 30


@require_safe
def helps(request: PersonRequest) -> HttpResponse:
    """Show what calmed, in words and a plot, and every moment that was told."""
    told = queries.moments(request.person)
    shown = plots.helped(analysis.what_helped(told))
    page = Paginator(told, A_PAGE).get_page(request.GET.get("page"))
    context = {"shown": shown, "page": page, "steps": words.STEPS, "has_some": bool(told)}
    return render(request, "calm/helps.html", context)


@require_POST
def tell(request: PersonRequest) -> HttpResponse:
    """Keep how stirred up somebody was before and after; what is told by half is not kept."""
    before, after = (rules.read_step(request.POST.get(name, "")) for name in ("before", "after"))
    if before and after:
        _keep(request, before, after)
    if request.headers.get("X-Requested-With") == "fetch":
        return HttpResponse(status=204)
    came = {"kept": ""} if before and after else {"asked": ""}
    return HttpResponseRedirect(f"{reverse('moment:back')}?{urlencode(came)}")


@require_POST
def forget(request: PersonRequest, moment_id: UUID) -> HttpResponse:
    """Delete one moment for good."""
    actions.forget(person=request.person, record=queries.find_moment(request.person, moment_id))
    return HttpResponseRedirect(reverse("calm:helps"))


def _keep(request: PersonRequest, before: int, after: int) -> None:
    did = request.POST.get("practice", "")
    named = next((one.name for one in queries.own_practices(request.person) if one.key == did), "")
    moment = shapes.Moment(
        at=timezone.now(),
        practice=did if named or did in rules.BUILT_IN else rules.AWAY,
        named=named,
        minutes=rules.read_minutes(request.POST.get("minutes", "")),
        before=before,
        after=after,
    )
    try:
        actions.tell(person=request.person, moment_id=sent_form_id(request), moment=moment)
    except Changed:
        return  # told twice, kept once
