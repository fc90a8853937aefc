"""Own practices: adding, changing and deleting them, and which of all practices come first."""

from typing import Any
from uuid import UUID, uuid4

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from kindline.ground.page.forms import read_back
from kindline.ground.page.views import get_or_post, sent_form_id, sent_version
from kindline.ground.people.gate import PersonRequest
from kindline.ground.vault import unsaved
from kindline.ground.vault.records import Changed
from kindline.mine.calm import actions, queries, rules, words
from kindline.mine.calm.forms import PracticeForm, as_fields


@require_safe
def practices(request: PersonRequest) -> HttpResponse:
    """List what calms, in one's own order."""
    own = queries.own_practices(request.person)
    by_key = {one.key: one for one in own}
    listed = [
        {"key": key, "own": by_key.get(key), "word": by_key[key].name if key in by_key else words.PRACTICES[key]}
        for key in queries.arranged(request.person, own)
    ]
    return render(request, "calm/list.html", {"practices": listed, "has_own": bool(own)})


@get_or_post
def new(request: PersonRequest) -> HttpResponse:
    """Add a practice of one's own; its name is enough."""
    if request.method == "POST":
        return _add(request, PracticeForm(request.POST), sent_form_id(request))
    waiting = unsaved.waiting(request.person.keyring, request.path)
    if waiting and any(value.strip() for values in waiting[1].values() for value in values):
        form_id, fields = waiting
        return _new_page(request, PracticeForm(initial=read_back(PracticeForm, fields)), form_id, was_waiting=True)
    return _new_page(request, PracticeForm(), uuid4())


@get_or_post
def practice(request: PersonRequest, practice_id: UUID) -> HttpResponse:
    """Change a practice; what another window saved meanwhile is never overwritten unseen."""
    try:
        found = queries.find(request.person, practice_id)
    except Http404:
        if request.method != "POST":
            raise
        # Deleted in another window: the words are here, ready to be kept as a new one.
        form = PracticeForm(initial={name: request.POST.get(name, "") for name in PracticeForm.base_fields})
        return _new_page(request, form, uuid4(), is_gone=True, status=404)
    if request.method == "POST":
        return _change(request, found)
    waiting = unsaved.waiting(request.person.keyring, request.path)
    form_id, fields = waiting or (uuid4(), {})
    form = PracticeForm(initial=read_back(PracticeForm, fields) if waiting else as_fields(found.practice))
    version = sent_version(fields.get("version", [""])[0]) if waiting else found.record.version
    return _change_page(request, found, form, form_id, version=version, was_waiting=bool(waiting))


@get_or_post
def delete(request: PersonRequest, practice_id: UUID) -> HttpResponse:
    """Delete a practice for good, after asking once."""
    found = queries.find(request.person, practice_id)
    if request.method == "POST":
        actions.delete(person=request.person, record=found.record)
        return HttpResponseRedirect(reverse("calm:list"))
    return render(request, "calm/delete.html", {"id": practice_id, "practice": found.practice})


@require_POST
def arrange(request: PersonRequest) -> HttpResponse:
    """Put a practice first, or one place further up."""
    where = rules.FIRST if rules.FIRST in request.POST else rules.UP
    moved = request.POST.get(where, "")
    actions.arrange(person=request.person, practice=moved, where=where)
    return HttpResponseRedirect(reverse("calm:list"))


@require_POST
def let_go(request: PersonRequest) -> HttpResponse:
    """Let words go that were typed and not saved, because their person said so."""
    actions.let_go(person=request.person, form_id=sent_form_id(request), now=timezone.now())
    return HttpResponseRedirect(reverse("calm:list"))


def _add(request: PersonRequest, form: PracticeForm, practice_id: UUID) -> HttpResponse:
    if not form.is_valid():
        return _new_page(request, form, practice_id)
    now = timezone.now()
    try:
        actions.add(person=request.person, practice_id=practice_id, practice=form.practice(now), now=now)
    except Changed:
        found = queries.find(request.person, practice_id)
        if form.practice(found.practice.added_at) != found.practice:
            # Back after saving, other words, sent again: a change of what is kept, and for its person to decide.
            return _change_page(request, found, form, uuid4(), differs=True, status=409)
    return HttpResponseRedirect(reverse("calm:list"))


def _change(request: PersonRequest, found: queries.Kept) -> HttpResponse:
    form_id, version = sent_form_id(request), sent_version(request.POST.get("version", ""))
    form = PracticeForm(request.POST)
    if not form.is_valid():
        return _change_page(request, found, form, form_id, version=version)
    if "both" in request.POST:
        return _add(request, form, form_id)
    changed = form.practice(found.practice.added_at)
    try:
        actions.change(
            person=request.person,
            record=found.record,
            practice=changed,
            version=version,
            form_id=form_id,
            now=timezone.now(),
        )
    except Changed:
        if changed != found.practice:
            return _change_page(request, found, form, form_id, differs=True, status=409)
    return HttpResponseRedirect(reverse("calm:list"))


def _new_page(
    request: PersonRequest, form: PracticeForm, form_id: UUID, *, status: int = 200, **context: Any
) -> HttpResponse:
    return render(request, "calm/new.html", {"form": form, "form_id": form_id, **context}, status=status)


def _change_page(
    request: PersonRequest,
    found: queries.Kept,
    form: PracticeForm,
    form_id: UUID,
    *,
    version: int | None = None,
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    context |= {"id": found.record.id, "practice": found.practice, "form": form, "form_id": form_id}
    context["version"] = found.record.version if version is None else version
    context["lasting"] = queries.lasting(found.practice.minutes)
    return render(request, "calm/practice.html", context, status=status)
