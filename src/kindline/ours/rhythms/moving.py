"""One time of a rhythm: moved, left out, put back. Either may; both see it, and nothing says by whom."""

from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kindline.ground.people.gate import PersonRequest
from kindline.ours.rhythms import actions, ledger, rules
from kindline.ours.rhythms.actions import Changed, Closed, Refused
from kindline.ours.rhythms.forms import MoveForm
from kindline.ours.rhythms.ledger import Kept
from kindline.ours.rhythms.views import back_to, rhythm_page

CONFLICT, INVALID = 409, 422


@require_http_methods(["GET", "HEAD", "POST"])
def move(request: PersonRequest, rhythm_id: UUID) -> HttpResponse:
    """Move one time to another day or hour."""
    kept = ledger.kept(request.person, rhythm_id)
    if request.method == "POST":
        return _moved(request, kept, MoveForm(request.POST))
    asked = rules.read(request.GET.get("on", ""))
    time = ledger.time_of(kept, asked) if asked else _next(kept)
    if time is None:
        return rhythm_page(request, kept, notice=str(actions.NO_SUCH_TIME)) if asked else back_to(kept)
    where = time.wall or time.original
    fields = {
        "original": rules.stored(time.original),
        "over": rules.stored(time.wall),
        "day": where.date(),
        "clock": where.time(),
    }
    return _page(request, kept, MoveForm(initial=fields), time)


@require_POST
def skip(request: PersonRequest, rhythm_id: UUID) -> HttpResponse:
    """Leave one time out: not this time."""
    return _pressed(request, rhythm_id, actions.skip)


@require_POST
def put_back(request: PersonRequest, rhythm_id: UUID) -> HttpResponse:
    """Let one time be when it was planned for."""
    return _pressed(request, rhythm_id, partial(actions.put_back, now=timezone.now()))


def _moved(request: PersonRequest, kept: Kept, form: MoveForm) -> HttpResponse:
    original = rules.read(request.POST.get("original", ""))
    time = ledger.time_of(kept, original) if original else None
    if time is None or original is None:
        return rhythm_page(request, kept, notice=str(actions.NO_SUCH_TIME), status=CONFLICT)
    if not form.is_valid():
        return _page(request, kept, form, time, status=INVALID)
    over = rules.read(form.cleaned_data["over"])
    try:
        actions.move(kept=kept, original=original, over=over, to=form.to(), now=timezone.now())
    except Refused as refused:
        form.add_error(None, refused.sentence)
        return _page(request, kept, form, time, status=INVALID)
    except Changed:
        kept = ledger.kept(request.person, kept.id)
        now_at = ledger.time_of(kept, original) or time
        typed = {name: form.data.get(name, "") for name in form.fields}
        form = MoveForm({**typed, "over": rules.stored(now_at.wall)})
        return _page(request, kept, form, now_at, differs=True, status=CONFLICT)
    except Closed:
        return rhythm_page(request, ledger.kept(request.person, kept.id), status=CONFLICT)
    return back_to(kept)


def _pressed(request: PersonRequest, rhythm_id: UUID, act: Any) -> HttpResponse:
    kept = ledger.kept(request.person, rhythm_id)
    original, over = (rules.read(request.POST.get(name, "")) for name in ("original", "over"))
    notice = "" if original else str(actions.NO_SUCH_TIME)
    try:
        if original:
            act(kept=kept, original=original, over=over)
    except Refused as refused:
        notice = refused.sentence
    except Changed:
        notice = _("This changed in another window. Below is how it stands.")
    except Closed:
        notice = _("This shared space is closed.")
    if notice:
        return rhythm_page(request, ledger.kept(request.person, rhythm_id), notice=notice, status=CONFLICT)
    return HttpResponseRedirect(reverse("rhythms:rhythm", args=[rhythm_id]))


def _next(kept: Kept) -> ledger.Time | None:
    return next(iter(ledger.times(kept, (), timezone.now(), 1)), None)


def _page(
    request: PersonRequest,
    kept: Kept,
    form: MoveForm,
    time: ledger.Time,
    *,
    differs: bool = False,
    status: int = 200,
) -> HttpResponse:
    context = {
        "one": kept,
        "form": form,
        "time": time,
        "differs": differs,
        "name": kept.circle.other_name,
        "zone": kept.timing.zone if kept.timing.zone != request.person.zone.key else "",
    }
    return render(request, "rhythms/move.html", context, status=status)
