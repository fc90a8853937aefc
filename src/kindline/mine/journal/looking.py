"""Looking again at one friction, what to do with what was found, and looking back at many."""

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
from kindline.mine.journal import actions, queries, shapes
from kindline.mine.journal.forms import LookForm, StepForm
from kindline.mine.journal.plots import patterns as patterns_in
from kindline.mine.journal.views import said, words_without_a_place
from kindline.mine.needs import queries as needs


@get_or_post
def look_again(request: PersonRequest, entry_id: UUID) -> HttpResponse:
    """Look at what lies under a friction: my need, my fear, and, unless safety was heard, the other's need."""
    try:
        found = queries.find(request.person, entry_id)
    except Http404:
        if request.method != "POST":
            raise
        parts = (request.POST.get(name, "") for name in ("need_words", "fear", "other"))
        return words_without_a_place(request, "\n\n".join(part for part in parts if part))
    safety = queries.hears_safety(found.entry)
    if request.method != "POST":
        waiting = unsaved.waiting(request.person.keyring, request.path)
        form_id, fields = waiting or (uuid4(), {})
        initial = read_back(LookForm, fields) if waiting else msgspec.structs.asdict(_insight(found))
        version = sent_version(fields.get("version", [""])[0]) if waiting else found.record.version
        form = LookForm(initial=initial, safety=safety)
        return _look_page(request, found, form, form_id, version=version, was_waiting=bool(waiting), safety=safety)
    form_id, version = sent_form_id(request), sent_version(request.POST.get("version", ""))
    form = LookForm(request.POST, safety=safety)
    if not form.is_valid():
        return _look_page(request, found, form, form_id, version=version, safety=safety)
    if not _is_kept(request, found, form.insight(found.entry.insight)):
        version = found.record.version
        return _look_page(request, found, form, form_id, version=version, safety=safety, differs=True, status=409)
    return HttpResponseRedirect(reverse("journal:ways", args=[entry_id]))


@get_or_post
def ways(request: PersonRequest, entry_id: UUID) -> HttpResponse:
    """Show five ways on from an insight; the one of doing something oneself is kept right here."""
    try:
        found = queries.find(request.person, entry_id)
    except Http404:
        if request.method != "POST":
            raise
        return words_without_a_place(request, request.POST.get("step", ""))
    form = StepForm(request.POST or None, initial={"step": _insight(found).step})
    if request.method == "POST" and form.is_valid():
        insight = msgspec.structs.replace(_insight(found), step=form.cleaned_data["step"])
        if not _is_kept(request, found, insight):
            return _ways_page(request, found, form, differs=True, status=409)
        return HttpResponseRedirect(reverse("journal:entry", args=[entry_id]))
    waiting = unsaved.waiting(request.person.keyring, request.path) if request.method != "POST" else None
    if waiting:
        form_id, fields = waiting
        form = StepForm(initial=read_back(StepForm, fields))
        version = sent_version(fields.get("version", [""])[0])
        return _ways_page(request, found, form, form_id=form_id, version=version, was_waiting=True)
    return _ways_page(request, found, form)


@require_safe
def patterns(request: PersonRequest) -> HttpResponse:
    """Show what keeps coming up in what one wrote, in words and in dots. Never about the other person."""
    return render(request, "journal/patterns.html", {"shown": patterns_in(queries.lines(request.person))})


def _is_kept(request: PersonRequest, found: queries.Kept, insight: shapes.Insight) -> bool:
    """Keep an insight over the version the form was written over; say no when another window kept a different one."""
    try:
        actions.look_again(
            person=request.person,
            record=found.record,
            insight=insight,
            version=sent_version(request.POST.get("version", "")),
            form_id=sent_form_id(request),
            now=timezone.now(),
        )
    except Changed:
        return insight == found.entry.insight
    return True


def _insight(found: queries.Kept) -> shapes.Insight:
    return found.entry.insight or shapes.Insight()


def _look_page(
    request: PersonRequest, found: queries.Kept, form: LookForm, form_id: UUID, *, status: int = 200, **context: Any
) -> HttpResponse:
    need, finer = form["need"].value() or "", set(form["finer"].value() or ())
    offered = needs.offered(need, finer)
    entry = {**said(found.entry), "id": found.record.id, "form": form, "form_id": form_id, "needs": offered}
    return render(request, "journal/look_again.html", entry | context, status=status)


def _ways_page(
    request: PersonRequest, found: queries.Kept, form: StepForm, *, status: int = 200, **context: Any
) -> HttpResponse:
    page = {**said(found.entry), "id": found.record.id, "version": found.record.version, "form": form}
    page |= {"form_id": sent_form_id(request), "safety": queries.hears_safety(found.entry)}
    return render(request, "journal/ways.html", page | context, status=status)
