"""The room's first page, and the small check: how it is these weeks."""

from uuid import uuid4

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from kindline.ground.page.views import get_or_post, sent_form_id
from kindline.ground.people.gate import PersonRequest
from kindline.ground.vault.records import Changed
from kindline.mine.needs import actions, queries, rules, shapes, words
from kindline.mine.needs.forms import CheckForm
from kindline.mine.needs.layout import check_said, ideas_for, reading_said

SENTENCES_HERE = 3


@require_safe
def needs(request: PersonRequest) -> HttpResponse:
    """Show what one found out about oneself here, and what could come next."""
    found = queries.lines(request.person)
    walks, checks, readings, sentences = (
        [line for line in found if line.kind == kind]
        for kind in (shapes.WALK, shapes.CHECK, shapes.READING, shapes.SENTENCE)
    )
    last = checks[0] if checks else None
    leaning, questionnaires = queries.leaning_in(readings), queries.instruments().instruments
    context = {
        "walk": walks[0] if walks else None,
        "need": words.NEEDS.get(walks[0].need, "") if walks else "",
        "has_walks": len(walks) > 1,
        "check": last,
        "check_said": check_said(last) if last else [],
        "check_is_due": rules.is_time_to_check(last.at if last else None, timezone.now()),
        "lines": reading_said(leaning, questionnaires[0], {})[0],
        "ideas": ideas_for(leaning),
        "sentences": sentences[:SENTENCES_HERE],
        "others": [
            {"id": one.id, "name": one.name, "last": queries.latest_of(readings, one.id)} for one in questionnaires[1:]
        ],
    }
    return render(request, "needs/needs.html", context)


@get_or_post
def check(request: PersonRequest) -> HttpResponse:
    """Ask how it is these weeks: five statements, each may be left out."""
    if request.method != "POST":
        return render(request, "needs/check.html", {"form": CheckForm(), "form_id": uuid4()})
    form, check_id = CheckForm(request.POST), sent_form_id(request)
    if not form.is_valid():
        return render(request, "needs/check.html", {"form": form, "form_id": check_id}, status=422)
    if form.met() or form.free():
        try:
            now = timezone.now()
            actions.check(person=request.person, check_id=check_id, met=form.met(), free=form.free(), now=now)
        except Changed:
            return HttpResponseRedirect(reverse("needs:checks"))  # the form came twice; the first one is kept
        return HttpResponseRedirect(reverse("needs:checks") + "?kept=yes")
    return HttpResponseRedirect(reverse("needs:needs"))


@require_safe
def checks(request: PersonRequest) -> HttpResponse:
    """Show how it was when one looked, the last time first."""
    found = queries.lines(request.person, shapes.CHECK)
    shown = [{"id": line.id, "at": line.at, "said": check_said(line)} for line in found]
    no_is_hard = bool(found) and found[0].free in (1, 2)
    context = {"checks": shown, "kept": "kept" in request.GET, "no_is_hard": no_is_hard}
    return render(request, "needs/checks.html", context)


def let_go(request: PersonRequest) -> HttpResponse | None:
    """Let words go that were typed and not kept, when the form says so; None when it says something else."""
    if request.POST.get("do") != "let-go":
        return None
    actions.let_go(person=request.person, form_id=sent_form_id(request), now=timezone.now())
    return HttpResponseRedirect(request.path)
