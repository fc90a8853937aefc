"""Planning a rhythm and changing it. What was typed is never lost, what another window kept never overwritten."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kindline.ground.page.forms import read_back
from kindline.ground.page.views import sent_form_id, sent_version
from kindline.ground.people.gate import PersonRequest
from kindline.ground.people.inviting import pair_of
from kindline.ground.vault import unsaved
from kindline.ground.vault.circles import CircleKeys
from kindline.ours.rhythms import actions, ledger, queries, rules, shapes, words
from kindline.ours.rhythms.actions import Changed, Closed
from kindline.ours.rhythms.forms import ME, RhythmForm, fields_of, usual
from kindline.ours.rhythms.ledger import Kept

get_or_post = require_http_methods(["GET", "HEAD", "POST"])
CONFLICT, INVALID = 409, 422


@get_or_post
def new(request: PersonRequest) -> HttpResponse:
    """Plan a rhythm: prefilled by its kind, and every word of it to be changed."""
    circle = pair_of(request.person)
    if request.method == "POST":
        return _plan(request, circle, RhythmForm(request.POST), sent_form_id(request))
    asked = request.GET.get("kind", "")
    kinds = {asked} if asked else set(rules.KINDS)
    left = unsaved.waiting(request.person.keyring, request.path, lambda fields: fields.get("kind", [""])[0] in kinds)
    if left:
        form = RhythmForm(initial=read_back(RhythmForm, left[1]))
        return _new_page(request, circle, form, left[0], was_waiting=True)
    kind = asked if asked in rules.KINDS else rules.OWN
    tomorrow = timezone.localtime(timezone.now()) + timedelta(days=1)
    fields = usual(kind, tomorrow, is_alone=circle is None)
    topic = queries.line_of(request.person, request.GET.get("line", ""))
    return _new_page(request, circle, RhythmForm(initial=fields | ({"title": topic} if topic else {})), uuid4())


@get_or_post
def change(request: PersonRequest, rhythm_id: UUID) -> HttpResponse:
    """Change a rhythm, for everybody in it."""
    kept = ledger.kept(request.person, rhythm_id)
    if request.method == "POST":
        return _change(request, kept, RhythmForm(request.POST, of_other=kept.of_other), sent_form_id(request))
    left = unsaved.waiting(request.person.keyring, request.path)
    if left:
        form, version = (
            RhythmForm(initial=read_back(RhythmForm, left[1]), of_other=kept.of_other),
            left[1].get("version", [""])[0],
        )
        return _change_page(request, kept, form, left[0], version=sent_version(version), was_waiting=True)
    now, fields = timezone.now(), fields_of(kept.rhythm, kept.timing)
    if ledger.has_been(kept, now):  # whoever plans it once more means another day
        fields["day"] = timezone.localdate(now) + timedelta(days=1)
    form = RhythmForm(initial=fields, of_other=kept.of_other)
    return _change_page(request, kept, form, uuid4(), version=kept.record.version)


def _plan(request: PersonRequest, circle: CircleKeys | None, form: RhythmForm, form_id: UUID) -> HttpResponse:
    is_alone = request.POST.get("whose") == ME
    if not is_alone and request.POST.get("circle", "") != _named(circle):
        # Somebody left, or came, since this page was opened: whoever reads it now is not who it was planned with.
        return _new_page(request, circle, form, form_id, is_another=True, status=CONFLICT)
    if not form.is_valid():
        return _new_page(request, circle, form, form_id, status=INVALID)
    person, now = request.person, timezone.now()
    rhythm, timing = form.rhythm(person.keyring.account, now), form.timing(person.zone.key)
    if ledger.is_over(timing, {}, now):
        form.add_error("clock", _("That time has passed. When would be good?"))
        return _new_page(request, circle, form, form_id, status=INVALID)
    shared = None if is_alone else circle
    try:
        actions.plan(person=person, circle=shared, rhythm_id=form_id, rhythm=rhythm, timing=timing, now=now)
    except Closed:
        return _new_page(request, None, form, form_id, is_another=True, status=CONFLICT)
    except Changed:  # back after planning, other words, sent again: a change of what is planned
        there = ledger.kept(person, form_id)
        return _change_page(request, there, form, uuid4(), differs=True, status=CONFLICT)
    return HttpResponseRedirect(reverse("rhythms:rhythm", args=[form_id]))


def _change(request: PersonRequest, kept: Kept, form: RhythmForm, form_id: UUID) -> HttpResponse:
    version = sent_version(request.POST.get("version", ""))
    if not form.is_valid():
        return _change_page(request, kept, form, form_id, version=version, status=INVALID)
    rhythm, timing = form.changed(kept.rhythm), form.timing(kept.timing.zone)
    try:
        actions.change(
            person=request.person,
            kept=kept,
            rhythm=rhythm,
            timing=timing,
            version=version,
            form_id=form_id,
            now=timezone.now(),
        )
    except Closed:
        return _change_page(request, kept, form, form_id, version=version, is_closed=True, status=CONFLICT)
    except Changed:
        there = ledger.kept(request.person, kept.id)
        if (shapes.said(there.rhythm), there.timing) != (shapes.said(rhythm), timing):
            return _change_page(request, there, form, form_id, differs=True, status=CONFLICT)
    return HttpResponseRedirect(reverse("rhythms:rhythm", args=[kept.id]))


def _new_page(
    request: PersonRequest,
    circle: CircleKeys | None,
    form: RhythmForm,
    form_id: UUID,
    *,
    status: int = 200,
    **says: Any,
) -> HttpResponse:
    kind, offered = form["kind"].value(), words.kinds(is_alone=circle is None)
    context = {
        "form": form,
        "form_id": form_id,
        "name": circle.other_name if circle else "",
        "named": _named(circle),
        "kind": offered.get(kind, offered[rules.OWN]),
        **_shown(kind),
        **says,
    }
    return render(request, "rhythms/new.html", context, status=status)


def _change_page(
    request: PersonRequest,
    kept: Kept,
    form: RhythmForm,
    form_id: UUID,
    *,
    version: int = 0,
    status: int = 200,
    **says: Any,
) -> HttpResponse:
    context = {
        "one": kept,
        "stored": words.said(kept.rhythm, kept.timing),
        "form": form,
        "form_id": form_id,
        "version": version or kept.record.version,
        "name": kept.circle.other_name,
        "their_words": [line for line in shapes.said(kept.rhythm)[1:] if line] if form.words_stay else [],
        "zone": kept.timing.zone if kept.timing.zone != request.person.zone.key else "",
        **_shown(kept.rhythm.kind),
        **says,
    }
    return render(request, "rhythms/change.html", context, status=status)


def _shown(kind: str) -> dict[str, bool]:
    return {
        "is_timed": kind not in rules.NEVER_TIMED,
        "is_alone_time": kind == rules.ALONE,
        "is_own": kind == rules.OWN,
    }


def _named(circle: CircleKeys | None) -> str:
    """Return what a form says of whom it is with; "" for oneself alone."""
    return str(circle.circle) if circle else ""
