"""Writing things down: a new entry, its first moment kept, reading, changing and deleting it."""

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
from kindline.mine.journal import actions, queries, rules, shapes, words
from kindline.mine.journal.forms import EntryForm, as_fields


@get_or_post
def write(request: PersonRequest) -> HttpResponse:
    """Write something down; one box and Save is enough."""
    if request.method == "POST":
        return _keep(request, EntryForm(request.POST, now=timezone.now()), sent_form_id(request))
    asked = request.GET.get("kind", "")

    def is_meant(fields: dict[str, list[str]]) -> bool:
        return _has_words(fields) and asked in ("", *fields.get("kind", []))

    waiting = unsaved.waiting(request.person.keyring, request.path, is_meant)
    if waiting:
        form_id, fields = waiting
        initial = read_back(EntryForm, fields)
        form = EntryForm(initial=initial, kind=initial["kind"], now=timezone.now())
        return _write_page(request, form, form_id, was_waiting=True)
    return _write_page(request, EntryForm(kind=asked, now=timezone.now()), uuid4())


@require_safe
def kept(request: PersonRequest, entry_id: UUID) -> HttpResponse:
    """Say that it is kept, with one quiet next step."""
    found = queries.find(request.person, entry_id)
    strongest = rules.is_at_the_strongest(found.entry.kind, found.entry.feelings)
    context = {"id": entry_id, "entry": found.entry, "strongest": strongest}
    return render(request, "journal/kept.html", context | {"safety": queries.hears_safety(found.entry)})


@require_safe
def entry(request: PersonRequest, entry_id: UUID) -> HttpResponse:
    """Show one entry whole."""
    return render(request, "journal/entry.html", {"id": entry_id, **said(queries.find(request.person, entry_id).entry)})


@get_or_post
def edit(request: PersonRequest, entry_id: UUID) -> HttpResponse:
    """Change an entry; what another window saved meanwhile is never overwritten unseen."""
    try:
        found = queries.find(request.person, entry_id)
    except Http404:
        if request.method != "POST":
            raise
        return words_without_a_place(request, request.POST.get("what", ""))
    if request.method == "POST":
        return _change(request, found)
    waiting = unsaved.waiting(request.person.keyring, request.path)
    form_id, fields = waiting or (uuid4(), {})
    initial = read_back(EntryForm, fields) if waiting else as_fields(found.entry)
    form = EntryForm(initial=initial, kind=found.entry.kind, now=timezone.now())
    version = sent_version(fields.get("version", [""])[0]) if waiting else found.record.version
    return _edit_page(request, found, form, form_id, version=version, was_waiting=bool(waiting))


@get_or_post
def delete(request: PersonRequest, entry_id: UUID) -> HttpResponse:
    """Delete an entry for good, after asking once."""
    found = queries.find(request.person, entry_id)
    if request.method == "POST":
        actions.delete(person=request.person, record=found.record)
        return HttpResponseRedirect(reverse("journal:list"))
    return render(request, "journal/delete.html", {"id": entry_id, "first": rules.first_words(found.entry.what)})


@require_POST
def let_go(request: PersonRequest) -> HttpResponse:
    """Let words go that were typed and not saved, because their person said so."""
    actions.let_go(person=request.person, form_id=sent_form_id(request), now=timezone.now())
    try:
        return HttpResponseRedirect(reverse("journal:entry", args=[UUID(request.POST.get("entry", ""))]))
    except ValueError:
        return HttpResponseRedirect(reverse("journal:write"))


def said(entry: shapes.Entry) -> dict[str, Any]:
    """Return an entry with its stored choices in words, for a page."""
    insight = entry.insight or shapes.Insight()
    return {
        "entry": entry,
        "feelings": words.feelings_said(entry.feelings),
        "did": words.did_said(entry.did),
        "insight": entry.insight,
        "safety": bool(insight.other) and queries.hears_safety(entry),
        "need": words.NEEDS.get(insight.need, ""),
        "finer": words.finer_said(insight.finer),
    }


def words_without_a_place(request: PersonRequest, what: str) -> HttpResponse:
    """Show words again whose entry is not here (any more), ready to be kept as a new one."""
    form = EntryForm(initial={"what": what}, now=timezone.now())
    return _write_page(request, form, uuid4(), is_gone=True, status=404)


def _keep(request: PersonRequest, form: EntryForm, entry_id: UUID) -> HttpResponse:
    if not form.is_valid():
        return _write_page(request, form, entry_id)
    now = timezone.now()
    try:
        actions.keep(person=request.person, entry_id=entry_id, entry=form.entry(), now=now)
    except Changed:
        found = queries.find(request.person, entry_id)
        if form.entry(found.entry) != found.entry:
            # Back after saving, other words, sent again: a change of what is kept, and for its person to decide.
            return _edit_page(request, found, form, uuid4(), differs=True, status=409)
    return HttpResponseRedirect(reverse("journal:kept", args=[entry_id]))


def _has_words(fields: dict[str, list[str]]) -> bool:
    """Say whether anything was written or marked; an emptied page is nothing to bring back."""
    written = (value for name, values in fields.items() if name != "kind" for value in values)
    return any(value.strip() not in ("", "0") for value in written)


def _change(request: PersonRequest, found: queries.Kept) -> HttpResponse:
    now, form_id, version = timezone.now(), sent_form_id(request), sent_version(request.POST.get("version", ""))
    data = request.POST.copy()
    data["kind"] = found.entry.kind
    form = EntryForm(data, now=now)
    if not form.is_valid():
        return _edit_page(request, found, form, form_id, version=version)
    if "both" in request.POST:
        return _keep(request, form, form_id)
    changed = form.entry(found.entry)
    try:
        actions.change(
            person=request.person, record=found.record, entry=changed, version=version, form_id=form_id, now=now
        )
    except Changed:
        if changed != found.entry:
            return _edit_page(request, found, form, form_id, differs=True, status=409)
    return HttpResponseRedirect(reverse("journal:entry", args=[found.record.id]))


def _write_page(
    request: PersonRequest, form: EntryForm, form_id: UUID, *, status: int = 200, **context: Any
) -> HttpResponse:
    context |= {"form": form, "form_id": form_id, "is_good": form.of_kind == rules.GOOD}
    return render(request, "journal/write.html", context, status=status)


def _edit_page(
    request: PersonRequest,
    found: queries.Kept,
    form: EntryForm,
    form_id: UUID,
    *,
    version: int | None = None,
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    context |= said(found.entry)
    context |= {"id": found.record.id, "form": form, "form_id": form_id, "is_good": form.of_kind == rules.GOOD}
    context["version"] = found.record.version if version is None else version
    return render(request, "journal/edit.html", context, status=status)
