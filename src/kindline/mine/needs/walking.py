"""The walk through what one needs: a new one, the page that shows it, changing it, and earlier ones."""

from typing import Any
from uuid import UUID, uuid4

import msgspec
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from kindline.ground.page.forms import read_back
from kindline.ground.page.views import get_or_post, sent_form_id, sent_version
from kindline.ground.people.gate import PersonRequest
from kindline.ground.vault import unsaved
from kindline.ground.vault.records import Changed
from kindline.mine.needs import actions, queries, shapes, words
from kindline.mine.needs.forms import WalkForm
from kindline.mine.needs.layout import walk_said
from kindline.mine.needs.views import let_go


@get_or_post
def walk(request: PersonRequest) -> HttpResponse:
    """Walk through what one needs, from what would help now to a first request; each step may be left out."""
    if request.method == "POST":
        return let_go(request) or _keep(request)
    waiting = unsaved.waiting(request.person.keyring, request.path)
    if waiting:
        form_id, fields = waiting
        return _page(request, WalkForm(initial=read_back(WalkForm, fields)), form_id, was_waiting=True)
    return _page(request, WalkForm(), uuid4())


@get_or_post
def edit(request: PersonRequest, walk_id: UUID) -> HttpResponse:
    """Go over a walk again; what another window saved meanwhile is never overwritten unseen."""
    try:
        found = queries.find(request.person, walk_id, shapes.WALK)
    except Http404:
        if request.method != "POST":
            raise
        return _page(request, WalkForm(initial=read_back(WalkForm, _sent(request))), uuid4(), is_gone=True, status=404)
    if request.method == "POST":
        return let_go(request) or _change(request, found)
    waiting = unsaved.waiting(request.person.keyring, request.path)
    form_id, fields = waiting or (uuid4(), {})
    initial = read_back(WalkForm, fields) if waiting else msgspec.structs.asdict(found.holds)
    version = sent_version(fields.get("version", [""])[0]) if waiting else found.record.version
    form = WalkForm(initial=initial)
    return _page(request, form, form_id, found=found, version=version, was_waiting=bool(waiting))


@require_safe
def walked(request: PersonRequest, walk_id: UUID) -> HttpResponse:
    """Show a walk whole, with the ways on from it."""
    walk = queries.find(request.person, walk_id, shapes.WALK).holds
    kept = "kept" in request.GET
    context = {**walk_said(walk), "id": walk_id, "safety": queries.hears_safety(walk), "kept": kept}
    return render(request, "needs/walked.html", context)


@require_safe
def walks(request: PersonRequest) -> HttpResponse:
    """List every walk, the last one first."""
    found = queries.lines(request.person, shapes.WALK)
    shown = [{"id": line.id, "at": line.at, "first": line.first, "need": words.NEEDS.get(line.need)} for line in found]
    return render(request, "needs/walks.html", {"walks": shown})


def _keep(request: PersonRequest) -> HttpResponse:
    form, walk_id = WalkForm(request.POST), sent_form_id(request)
    if not form.is_valid():
        return _page(request, form, walk_id, status=422)
    if not any(form.parts().values()):
        return _page(request, form, walk_id, nothing_yet=True, status=422)
    try:
        actions.walk(person=request.person, walk_id=walk_id, parts=form.parts(), now=timezone.now())
    except Changed:
        found = queries.find(request.person, walk_id, shapes.WALK)
        if _differs(form, found):
            # Back after saving, other words, sent again: a change of what is kept, and for its person to decide.
            return _page(request, form, uuid4(), found=found, differs=True, status=409)
    return HttpResponseRedirect(reverse("needs:walked", args=[walk_id]) + "?kept=yes")


def _change(request: PersonRequest, found: queries.Kept) -> HttpResponse:
    form, form_id = WalkForm(request.POST), sent_form_id(request)
    version = sent_version(request.POST.get("version", ""))
    if not form.is_valid():
        return _page(request, form, form_id, found=found, version=version, status=422)
    if request.POST.get("do") == "both":
        return _keep(request)
    try:
        actions.change_walk(
            person=request.person,
            record=found.record,
            parts=form.parts(),
            version=version,
            form_id=form_id,
            now=timezone.now(),
        )
    except Changed:
        if _differs(form, found):
            return _page(request, form, form_id, found=found, differs=True, status=409)
    return HttpResponseRedirect(reverse("needs:walked", args=[found.record.id]))


def _differs(form: WalkForm, found: queries.Kept) -> bool:
    return bool(msgspec.structs.replace(found.holds, **form.parts()) != found.holds)


def _sent(request: PersonRequest) -> dict[str, list[str]]:
    return {name: [str(value) for value in values] for name, values in request.POST.lists()}


def _page(
    request: PersonRequest,
    form: WalkForm,
    form_id: UUID,
    *,
    found: queries.Kept | None = None,
    version: int | None = None,
    status: int = 200,
    **says: Any,
) -> HttpResponse:
    finer = set(form["finer"].value() or ())
    context: dict[str, Any] = {
        "form": form,
        "form_id": form_id,
        "needs": queries.offered(form["need"].value() or "", finer),
        "need": words.NEEDS.get(form["need"].value() or "", ""),
        **says,
    }
    if found:
        version = found.record.version if version is None else version
        context |= {"id": found.record.id, "version": version, "stored": walk_said(found.holds)}
    return render(request, "needs/walk.html", context, status=status)
