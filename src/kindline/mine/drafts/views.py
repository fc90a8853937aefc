"""Finding words: the list, the page one works on, the wording that grows meanwhile."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode
from uuid import UUID, uuid4

from django.http import Http404, HttpResponse, HttpResponseBadRequest, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from kindline.ground.coaching.asked import asks
from kindline.ground.page.forms import flat
from kindline.ground.page.views import get_or_post
from kindline.ground.people.gate import PersonRequest, background
from kindline.ground.people.inviting import is_on_the_way
from kindline.ground.people.refusing import Refused
from kindline.ground.vault import unsaved
from kindline.ground.vault.records import Changed
from kindline.mine.drafts import actions, queries, rules, sheets
from kindline.mine.drafts.answers import plan_of
from kindline.mine.drafts.forms import SayForm, entry_asked
from kindline.mine.drafts.queries import Found
from kindline.mine.drafts.resting import until_said
from kindline.mine.drafts.sheets import Sheet
from kindline.ours.agreements import queries as agreements


@require_safe
def drafts(request: PersonRequest) -> HttpResponse:
    """List what this person has to say, newest first."""
    return render(request, "drafts/list.html", {"drafts": queries.drafts(request.person)})


@sensitive_post_parameters()
@get_or_post
def new(request: PersonRequest) -> HttpResponse:
    """Begin something to say, perhaps with what an insight brings along."""
    if request.method == "POST":
        return _sent(request, None)
    entry_id, kind = entry_asked(request.GET.get("from", "")), request.GET.get("kind", "")
    kind = kind if kind in rules.KINDS else "boundary"
    brought, start = {"kind": kind}, request.GET.get("start", "")
    if entry_id:
        brought |= queries.brought_along(request.person, entry_id, kind=kind).fields
    elif start:
        brought |= queries.started_by(request.person, start)
    asked, any_kind = (brought.get("entry", ""), brought.get("start", "")), not ("kind" in request.GET or entry_id)

    def is_meant(fields: Mapping[str, list[str]]) -> bool:
        of = flat(fields)
        same_entry = (of.get("entry", ""), of.get("start", "")) == asked or not any(asked)
        return same_entry and (any_kind or of.get("kind") == kind)

    left = unsaved.waiting(request.person.keyring, request.path, is_meant)
    if left:
        return _page(request, sheets.written({**flat(left[1]), "form_id": str(left[0])}), None, was_left=True)
    return _page(request, sheets.blank(uuid4(), brought), None)


@sensitive_post_parameters()
@get_or_post
def draft(request: PersonRequest, draft_id: UUID) -> HttpResponse:
    """Work on a draft."""
    try:
        found = queries.draft(request.person, draft_id)
    except Http404:
        if request.method != "POST":
            raise
        # Deleted in another window: the words that were sent come back on a page of their own.
        sheet = sheets.written({**request.POST.dict(), "form_id": str(uuid4())}, version=0)
        return _page(request, sheet, None, is_gone=True, status=404)
    if request.method == "POST":
        return _sent(request, found)
    left = unsaved.waiting(request.person.keyring, request.path)
    if left:
        sheet = sheets.written({**flat(left[1]), "form_id": str(left[0])})
        return _page(request, sheet, found, was_left=True)
    return _page(request, sheets.stored(found, uuid4()), found)


@background
@sensitive_post_parameters()
@require_POST
def grow(request: PersonRequest) -> HttpResponse:
    """Compose the wordings from the lines as they stand, while somebody types. Keeps nothing."""
    form = SayForm(request.POST)
    form.is_valid()
    return render(request, "drafts/part_grown.html", {"words": form.words()})


@get_or_post
def delete(request: PersonRequest, draft_id: UUID) -> HttpResponse:
    """Delete a draft for good, after one more look."""
    found = queries.draft(request.person, draft_id)
    if request.method == "POST":
        page = reverse("drafts:draft", args=[draft_id])
        actions.delete(person=request.person, draft_id=draft_id, page=page, now=timezone.now())
        return HttpResponseRedirect(reverse("drafts:list"))
    return render(request, "drafts/delete.html", {"found": found, "title": queries.title(found.draft)})


def _sent(request: PersonRequest, found: Found | None) -> HttpResponse:
    """Answer the working page's form: one of its buttons, each keeping the words first."""
    data, do = request.POST, request.POST.get("do", "keep")
    form = SayForm(data)
    form.is_valid()
    if "form_id" not in form.cleaned_data or "version" not in form.cleaned_data:
        return HttpResponseBadRequest("This form is not whole. Go back; your words are still there.")
    form_id, version = form.cleaned_data["form_id"], form.cleaned_data["version"]
    if do == "let-go":
        actions.let_go(person=request.person, form_id=form_id, now=timezone.now())
        return HttpResponseRedirect(request.path)
    if asks(data) or "grow" in data or "anew" in data:
        return _page(request, sheets.written(data.dict(), request), found)
    if form.errors or not (form.parts or form.edited):
        return _page(request, sheets.written(data.dict()), found, nothing_yet=not form.errors, status=422)
    is_first = not found and not queries.drafts(request.person)
    draft_id = found.id if found else form_id
    try:
        actions.keep(
            person=request.person,
            draft_id=draft_id,
            version=version,
            changes=form.changes(),
            until_morning=do == "morning",
            form_id=form_id,
            now=timezone.now(),
        )
    except Changed:
        found = queries.draft(request.person, draft_id)
        sheet = sheets.written(data.dict(), version=found.version)
        return _page(request, sheet, found, other=sheets.stored(found, form_id), status=409)
    return _put(request, draft_id, form_id, do) if do in ("put", "ready") else _onward(do, draft_id, is_first=is_first)


def _put(request: PersonRequest, draft_id: UUID, form_id: UUID, do: str) -> HttpResponse:
    """Lay a draft ready as an agreement, and go on there: nothing is given yet.

    With "ready" it is kept for whoever was invited, where nobody is here yet.
    """
    alone = not (do == "ready" or agreements.other_name(request.person))
    try:
        actions.put(person=request.person, draft_id=draft_id, prepared_id=form_id, alone=alone, now=timezone.now())
    except Refused:  # the invitation was taken back in another window; the draft is kept
        return _onward("keep", draft_id, is_first=False)
    return HttpResponseRedirect(reverse("agreements:prepared", args=[form_id]))


def _onward(do: str, draft_id: UUID, *, is_first: bool) -> HttpResponse:
    after = {"morning": "until-morning", "take": "take", "rehearse": "rehearse"}.get(do, "draft")
    address = reverse(f"drafts:{after}", args=[draft_id])
    if after == "draft":
        address += "?" + urlencode({"kept": "first" if is_first else "yes"})
    return HttpResponseRedirect(address)


def _page(
    request: PersonRequest,
    sheet: Sheet,
    found: Found | None,
    *,
    other: Sheet | None = None,
    status: int = 200,
    **says: Any,
) -> HttpResponse:
    now = timezone.now()
    kept_until = found.draft.kept_until if found else None
    entry_id = entry_asked(str(sheet.form["entry"].value() or ""))
    behind = queries.entry_behind(request.person, entry_id, kind=sheet.kind) if entry_id else None
    sheet.form.quote(behind.quoted if behind else {})
    context = {
        "sheet": sheet,
        "form": sheet.form,
        "words": sheet.words,
        "hearing": sheet.hearing,
        "found": found,
        "plan": plan_of(found.draft) if found else [],
        "other": other,
        "entry_id": entry_id if behind else None,
        "other_name": agreements.other_name(request.person),
        "is_on_the_way": is_on_the_way(request.person, now),
        "reason": queries.reason_to_wait(request.person, now),
        "now": now,
        "rests_until": until_said(kept_until, now, request.person.zone) if kept_until else "",
        "is_morning": rules.morning_came(kept_until, now),
        "is_early": rules.is_early(now, request.person.zone),
        "kept": request.GET.get("kept", "") if request.method != "POST" else "",
        **says,
    }
    return render(request, "drafts/draft.html", context, status=status)
