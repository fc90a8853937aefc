"""From words on a page to words said: resting overnight, rehearsing, taking along, and what came of it."""

from uuid import UUID, uuid4

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from kindline.ground.page.forms import flat
from kindline.ground.page.views import get_or_post
from kindline.ground.people.gate import PersonRequest
from kindline.ground.vault import unsaved
from kindline.ground.vault.records import Changed
from kindline.mine.drafts import actions, queries, rules
from kindline.mine.drafts.answers import (
    OutcomeForm,
    RehearseForm,
    TouchstoneForm,
    VersionForm,
    plan_fields,
    plan_of,
)
from kindline.mine.drafts.resting import until_said
from kindline.mine.drafts.wording import touchstone_of, words_of

LONG_SENTENCE = 90  # characters; above it the touchstone takes a smaller hand


@require_safe
def until_morning(request: PersonRequest, draft_id: UUID) -> HttpResponse:
    """Say that it rests now."""
    found = queries.draft(request.person, draft_id)
    kept_until = found.draft.kept_until
    until = until_said(kept_until, timezone.now(), request.person.zone) if kept_until else ""
    return render(request, "drafts/until_morning.html", {"found": found, "rests_until": until})


@get_or_post
def rehearse(request: PersonRequest, draft_id: UUID) -> HttpResponse:
    """Read it aloud, imagine the answer, and have a next sentence ready."""
    try:
        found = queries.draft(request.person, draft_id)
    except Http404:
        return _gone(request, [f"own-{name}" for name in rules.ANSWERS])
    context = {"found": found, "words": words_of(found.draft).of(found.draft.choice)}
    if request.method != "POST":
        left = unsaved.waiting(request.person.keyring, request.path)
        fields = flat(left[1]) if left else {**plan_fields(found.draft), "version": found.version}
        form = RehearseForm(initial={**fields, "form_id": left[0] if left else uuid4()})
        return render(request, "drafts/rehearse.html", {**context, "form": form})
    form = RehearseForm(request.POST)
    if not form.is_valid():
        return render(request, "drafts/rehearse.html", {**context, "form": form}, status=422)
    try:
        actions.rehearse(
            person=request.person,
            draft_id=draft_id,
            version=form.cleaned_data["version"],
            plan=form.plan(),
            stands_by=form.cleaned_data["stands_by"],
            read_aloud=form.cleaned_data["read_aloud"],
            form_id=form.cleaned_data["form_id"],
            now=timezone.now(),
        )
    except Changed:
        found = queries.draft(request.person, draft_id)
        form = RehearseForm(initial={**request.POST.dict(), "version": found.version})
        context = {"found": found, "words": words_of(found.draft).of(found.draft.choice), "form": form, "changed": True}
        return render(request, "drafts/rehearse.html", {**context, "plan": plan_of(found.draft)}, status=409)
    onward = "draft" if form.cleaned_data["stands_by"] == "not-yet" else "take"
    return HttpResponseRedirect(reverse(f"drafts:{onward}", args=[draft_id]))


@get_or_post
def take(request: PersonRequest, draft_id: UUID) -> HttpResponse:
    """Take the words along: copy, share, print; and say plainly that they will be said."""
    found = queries.draft(request.person, draft_id)
    form, changed = VersionForm(request.POST or None), False
    if request.method == "POST" and form.is_valid():
        try:
            actions.take_along(
                person=request.person, draft_id=draft_id, version=form.cleaned_data["version"], now=timezone.now()
            )
        except Changed:
            changed = found.draft.taken_at is None or bool(found.draft.outcome)
        if not changed:
            return HttpResponseRedirect(request.path)
    going = found.draft.taken_at is not None and not found.draft.outcome
    context = {
        "found": found,
        "words": words_of(found.draft).of(found.draft.choice),
        "plan": plan_of(found.draft),
        "going": going,
        "changed": changed,
    }
    return render(request, "drafts/take.html", context, status=409 if changed else 200)


@get_or_post
def touchstone(request: PersonRequest, draft_id: UUID) -> HttpResponse:
    """Show one sentence, very large; keep it as a touchstone, or let it rest."""
    found = queries.draft(request.person, draft_id)
    text, offer = touchstone_of(found.draft)
    if not text:
        return HttpResponseRedirect(reverse("drafts:draft", args=[draft_id]))
    form, changed = VersionForm(request.POST or None), False
    if request.method == "POST" and form.is_valid():
        version, now = form.cleaned_data["version"], timezone.now()
        try:
            if request.POST.get("do") == "rest":
                actions.let_touchstone_rest(person=request.person, draft_id=draft_id, version=version, now=now)
                return HttpResponseRedirect(reverse("drafts:draft", args=[draft_id]) + "?kept=words")
            actions.keep_touchstone(
                person=request.person, draft_id=draft_id, version=version, text=text, offer=offer, now=now
            )
            return HttpResponseRedirect(request.path)
        except Changed:
            changed = True
    context = {"found": found, "text": text, "offer": offer, "is_long": len(text) > LONG_SENTENCE, "changed": changed}
    return render(request, "drafts/touchstone.html", context, status=409 if changed else 200)


@get_or_post
def said(request: PersonRequest, draft_id: UUID) -> HttpResponse:
    """Ask "Did you say it?"."""
    found = queries.draft(request.person, draft_id)
    form, changed = OutcomeForm(request.POST or None), False
    if request.method == "POST" and form.is_valid():
        outcome = form.cleaned_data["outcome"]
        try:
            actions.tell_outcome(
                person=request.person,
                draft_id=draft_id,
                version=form.cleaned_data["version"],
                outcome=outcome,
                now=timezone.now(),
            )
        except Changed:
            changed = found.draft.outcome != outcome
        if not changed:
            return HttpResponseRedirect(reverse("drafts:after", args=[draft_id]))
    context = {"found": found, "form": form, "title": queries.title(found.draft), "changed": changed}
    return render(request, "drafts/said.html", context, status=409 if changed else 200)


@get_or_post
def after(request: PersonRequest, draft_id: UUID) -> HttpResponse:
    """Offer one next step for what came of it; what was agreed aloud can be kept as a note of one's own."""
    try:
        found = queries.draft(request.person, draft_id)
    except Http404:
        return _gone(request, ["touchstone"])
    if not found.draft.outcome:
        return HttpResponseRedirect(reverse("drafts:said", args=[draft_id]))
    if request.method != "POST":
        left = unsaved.waiting(request.person.keyring, request.path)
        text = flat(left[1]).get("touchstone", "") if left else " ".join(filter(None, touchstone_of(found.draft)))
        form_id = left[0] if left else uuid4()
        return _after_page(request, found, TouchstoneForm(initial={"touchstone": text, "form_id": form_id}))
    form = TouchstoneForm(request.POST)
    if not form.is_valid():
        return _after_page(request, found, form, status=422)
    try:
        actions.keep_touchstone(
            person=request.person,
            draft_id=draft_id,
            version=form.cleaned_data["version"],
            text=form.cleaned_data["touchstone"],
            offer="",
            form_id=form.cleaned_data["form_id"],
            now=timezone.now(),
        )
    except Changed:
        found = queries.draft(request.person, draft_id)
        if found.draft.touchstone != form.cleaned_data["touchstone"]:
            return _after_page(request, found, form, changed=True, status=409)
    return HttpResponseRedirect(reverse("drafts:touchstone", args=[draft_id]))


def _gone(request: PersonRequest, names: list[str]) -> HttpResponse:
    """Show words again whose draft is not here (any more), to be copied; without any it is simply not found."""
    if request.method != "POST":
        raise Http404
    words = [request.POST.get(name, "") for name in names]
    return render(request, "drafts/gone.html", {"words": [one for one in words if one.strip()]}, status=404)


def _after_page(
    request: PersonRequest, found: queries.Found, form: TouchstoneForm, *, changed: bool = False, status: int = 200
) -> HttpResponse:
    next_sentence = {"pushed-back": "pushes-back"}.get(found.draft.outcome, found.draft.outcome)
    context = {
        "found": found,
        "form": form,
        "planned": found.draft.plan.get(next_sentence, ""),
        "changed": changed,
    }
    return render(request, "drafts/after.html", context, status=status)
