"""All rhythms, and one of them: what is next, one's own mark, and what one chooses for oneself."""

from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from kindline.ground.people.gate import PersonRequest
from kindline.ground.people.inviting import pair_of
from kindline.ground.people.models import Person
from kindline.ground.vault import unsaved
from kindline.ours.rhythms import actions, ledger, queries, rules, words
from kindline.ours.rhythms.actions import Closed
from kindline.ours.rhythms.forms import OwnForm
from kindline.ours.rhythms.ledger import InTalk, Kept

CONFLICT = 409
LISTED = 12  # check-ins that were held, on the page of their rhythm; each leads to the one before it


@require_safe
def rhythms(request: PersonRequest) -> HttpResponse:
    """List what recurs, what comes next first; an empty place offers three ready starts."""
    now, circle = timezone.now(), pair_of(request.person)
    found, offered = queries.listed(request.person, now), words.kinds(is_alone=circle is None)
    context = {
        "circle": circle,
        "name": circle.other_name if circle else "",
        "listed": [(one, words.when(one.kept.timing)) for one in found if one.kept.is_open and not one.has_been],
        "ended": [
            (one.kept, words.when(one.kept.timing) if one.has_been else "")
            for one in found
            if one.has_been or not one.kept.is_open
        ],
        "starts": [(kind, offered[kind]) for kind in (rules.READY if circle else rules.READY_ALONE)],
        "seasons": queries.seasons(request.person, today(now)),
        "running": queries.running(request.person, now),
    }
    return render(request, "rhythms/list.html", context)


@require_safe
def kinds(request: PersonRequest) -> HttpResponse:
    """Offer what could recur."""
    offered = words.kinds(is_alone=pair_of(request.person) is None)
    return render(request, "rhythms/kinds.html", {"kinds": offered.items()})


@require_safe
def rhythm(request: PersonRequest, rhythm_id: UUID) -> HttpResponse:
    """Show one rhythm: its words, its next times, and what is one's own about it."""
    return rhythm_page(request, ledger.kept(request.person, rhythm_id))


@require_POST
def mark(request: PersonRequest, rhythm_id: UUID) -> HttpResponse:
    """Mark one's own part of one time, or take the mark away."""
    kept = ledger.kept(request.person, rhythm_id)
    original, how = rules.read(request.POST.get("original", "")), request.POST.get("how", "")
    if original and how in {*rules.MARKS, ""} and ledger.time_of(kept, original):
        actions.mark(person=request.person, kept=kept, original=original, how=how)
    return back_to(kept)


@require_POST
def mine(request: PersonRequest, rhythm_id: UUID) -> HttpResponse:
    """Choose for oneself: a reminder or none, and a title in one's own calendar. It says that it was kept."""
    kept, form = ledger.kept(request.person, rhythm_id), OwnForm(request.POST)
    if not form.is_valid():
        return rhythm_page(request, kept, form=form, status=422)
    said = form.cleaned_data
    actions.choose(person=request.person, kept=kept, is_muted=not said["reminds"], feed_says=said["feed"])
    return HttpResponseRedirect(reverse("rhythms:rhythm", args=[kept.id]) + "?kept#mine")


@require_POST
def end(request: PersonRequest, rhythm_id: UUID) -> HttpResponse:
    """Let a rhythm come to its end; it can be taken up again."""
    kept = ledger.kept(request.person, rhythm_id)
    try:
        actions.end(kept=kept, now=timezone.now())
    except Closed:
        return rhythm_page(request, ledger.kept(request.person, rhythm_id), status=CONFLICT)
    return back_to(kept)


@require_POST
def take_up(request: PersonRequest, rhythm_id: UUID) -> HttpResponse:
    """Let a rhythm that ended go on."""
    kept = ledger.kept(request.person, rhythm_id)
    try:
        actions.take_up(kept=kept)
    except Closed:
        return rhythm_page(request, ledger.kept(request.person, rhythm_id), status=CONFLICT)
    return back_to(kept)


def today(now: datetime) -> date:
    """Return which day it is on the wall of whoever asks."""
    return timezone.localtime(now).date()


def back_to(kept: Kept) -> HttpResponse:
    """Lead back to a rhythm's page."""
    return HttpResponseRedirect(reverse("rhythms:rhythm", args=[kept.id]))


def _held(person: Person, talks: list[InTalk]) -> list[InTalk]:
    """Return the check-ins that are over and have a line in them, or words that this person wrote and never gave."""
    left = unsaved.left(person.keyring) if talks else {}
    wrote = {page for page, forms in left.items() if any("".join(one.get("words", [])).strip() for _id, one in forms)}
    over = (talk for talk in talks if talk.standing.is_over)
    return [talk for talk in over if talk.has_lines or reverse("rhythms:check-in", args=[talk.record.id]) in wrote]


def rhythm_page(request: PersonRequest, kept: Kept, *, status: int = 200, **says: Any) -> HttpResponse:
    """Show one rhythm, with what is said about what was just done."""
    now, person = timezone.now(), request.person
    quiet = ledger.sleep_of(kept.circle.circle, person.keyring.account, is_shared=bool(kept.circle.others))
    own, latest, marks = queries.own(person, kept.id), ledger.latest(kept, quiet, now), ledger.marks(person, kept.id)
    held = ledger.check_ins(kept, now) if kept.rhythm.kind == rules.CHECK_IN else []
    context = {
        "one": kept,
        "circle": kept.circle,
        "name": kept.circle.other_name,
        "when": words.when(kept.timing),
        "zone": kept.timing.zone if kept.timing.first and kept.timing.zone != person.zone.key else "",
        "lines": words.lines(kept.rhythm),
        "times": [
            (time, rules.stored(time.original), rules.stored(time.wall)) for time in ledger.times(kept, quiet, now)
        ],
        "now": now,
        "has_been": ledger.has_been(kept, now),
        "latest": latest,
        "latest_original": rules.stored(latest.original) if latest else "",
        "marked": marks[1].marks.get(rules.stored(latest.original), "") if marks and latest else "",
        "marks": words.MARKS,
        "own": own,
        "own_kept": "kept" in request.GET,
        "form": OwnForm(initial={"reminds": not own.is_muted, "feed": own.feed_says}),
        "is_check_in": kept.rhythm.kind == rules.CHECK_IN,
        "running": held[0] if held and not held[0].standing.is_over else None,
        "held": _held(person, held)[:LISTED],
        "begin_id": uuid4(),
        "until": next((one.until_date for one in quiet if one and one.until_date > today(now)), None),
        **says,
    }
    return render(request, "rhythms/rhythm.html", context, status=status)
