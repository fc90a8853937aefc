"""What two could agree beforehand, prefilled: it becomes an ordinary agreement, which both say yes to."""

from uuid import UUID, uuid4

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from kindline.ground.page.forms import read_back
from kindline.ground.page.views import sent_form_id
from kindline.ground.people.gate import PersonRequest
from kindline.ground.people.inviting import pair_of
from kindline.ground.people.refusing import Refused
from kindline.ground.vault import unsaved
from kindline.ground.vault.circles import CircleKeys
from kindline.ground.vault.records import Changed
from kindline.ours.pauses import actions, queries, words
from kindline.ours.pauses.forms import PlanForm


@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: PersonRequest) -> HttpResponse:
    """Ask for a sign, how long, where; then lay the agreement ready, to be read and given."""
    circle = pair_of(request.person)
    if circle is None:
        return HttpResponseRedirect(reverse("together:together"))
    if request.method != "POST":
        if queries.is_planned(request.person, circle):
            return HttpResponseRedirect(reverse("agreements:agreement", args=[queries.plan_id(circle)]))
        form_id, fields = unsaved.waiting(request.person.keyring, request.path) or (uuid4(), {})
        return _page(request, PlanForm(initial=read_back(PlanForm, fields) if fields else None), form_id)
    return _prepared(request, circle, PlanForm(request.POST), sent_form_id(request))


def _prepared(request: PersonRequest, circle: CircleKeys, form: PlanForm, form_id: UUID) -> HttpResponse:
    if not form.is_valid():
        return _page(request, form, form_id, status=422)
    text, now = words.plan_text(**form.cleaned_data), timezone.now()
    try:
        made = actions.prepare_plan(person=request.person, circle=circle, text=text, form_id=form_id, now=now)
    except Refused:  # it waits for an answer, or rests: its own page says which
        return HttpResponseRedirect(reverse("agreements:agreement", args=[queries.plan_id(circle)]))
    except Changed:  # the same form came before with other words: these become another one, if they are sent again
        stored = queries.laid_ready(request.person, form_id)
        return _page(request, form, uuid4(), stored=stored, status=409)
    return HttpResponseRedirect(reverse("agreements:prepared", args=[made]))


def _page(
    request: PersonRequest, form: PlanForm, form_id: UUID, *, stored: str = "", status: int = 200
) -> HttpResponse:
    context = {"form": form, "form_id": form_id, "stored": stored}
    return render(request, "pauses/plan.html", context, status=status)
