"""The leaning and other questionnaires: what is asked, what came of it, and a leaning set by hand."""

from typing import Any
from uuid import UUID, uuid4

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kindline.ground.page.forms import flat
from kindline.ground.page.views import get_or_post, sent_form_id
from kindline.ground.people.gate import PersonRequest
from kindline.ground.vault import unsaved
from kindline.ground.vault.records import Changed
from kindline.mine.needs import actions, queries, rules, shapes
from kindline.mine.needs.forms import ByHandForm, QuestionForm
from kindline.mine.needs.instruments import Instrument
from kindline.mine.needs.layout import ideas_for, reading_said
from kindline.mine.needs.shelf import OWN_CHECK
from kindline.mine.needs.views import let_go


@require_safe
def leaning(request: PersonRequest) -> HttpResponse:
    """Show how one tends to be with somebody close, as it was found or set last, and small routines that suit it."""
    readings = queries.lines(request.person, shapes.READING)
    ours = [line for line in readings if set(line.numbers) & set(rules.LEANING)]
    last = ours[0] if ours else None
    own_check = _instrument(OWN_CHECK)
    lines, _few = reading_said(last.numbers, own_check, {}) if last else ([], [])
    context = {
        "last": last,
        "lines": lines,
        "earlier": readings[1:] if last and last is readings[0] else readings,
        "ideas": ideas_for(queries.leaning_in(readings)),
        **_when_again(last, own_check),
    }
    return render(request, "needs/leaning.html", context)


@get_or_post
def questions(request: PersonRequest) -> HttpResponse:
    """Ask a questionnaire; every statement may be left out."""
    sent = request.method == "POST"
    waiting = None if sent else unsaved.waiting(request.person.keyring, request.path)
    if waiting and not _belongs(waiting[1].get("of", [""])[0], request.GET.get("of", "")):
        waiting = None
    form_id, fields = waiting or (uuid4(), {})
    asked = request.POST.get("of") if sent else fields.get("of", [request.GET.get("of", "")])[0]
    instrument = _instrument(asked or OWN_CHECK)
    if sent:
        return let_go(request) or _answered(request, instrument)
    form = QuestionForm(initial=flat(fields), instrument=instrument)
    return _page(request, form, form_id, was_waiting=bool(waiting))


@require_safe
def reading(request: PersonRequest, reading_id: UUID) -> HttpResponse:
    """Show what a questionnaire gave, beside the time before."""
    found = queries.find(request.person, reading_id, shapes.READING)
    of_this_person = queries.lines(request.person, shapes.READING)
    line = next(line for line in of_this_person if line.id == reading_id)
    before = queries.before(of_this_person, line)
    instrument = queries.instruments().find(found.holds.instrument or OWN_CHECK)
    shown, few = reading_said(line.numbers, instrument, before.numbers if before else {}) if instrument else ([], [])
    context = {
        "reading": found.holds,
        "id": reading_id,
        "lines": shown,
        "few": few if found.holds.instrument else [],
        "before": before,
        "instrument": instrument,
        "is_leaning": bool(set(line.numbers) & set(rules.LEANING)),
        "kept": "kept" in request.GET,
        **(_when_again(line, instrument) if instrument else {}),
    }
    return render(request, "needs/reading.html", context)


@get_or_post
def by_hand(request: PersonRequest) -> HttpResponse:
    """Set the leaning by hand, as one knows oneself; either number may be left out."""
    if request.method != "POST":
        form_id, fields = unsaved.waiting(request.person.keyring, request.path) or (uuid4(), {})
        form = ByHandForm(initial=flat(fields))
        return _hand_page(request, form, form_id, was_waiting=bool(fields))
    form, reading_id = ByHandForm(request.POST), sent_form_id(request)
    gone = let_go(request)
    if gone:
        return gone
    if not form.is_valid() or form.is_blank:
        return _hand_page(request, form, reading_id, nothing_yet=form.is_valid(), status=422)
    about, numbers = form.cleaned_data["about"], form.numbers()
    try:
        now = timezone.now()
        actions.set_leaning(person=request.person, reading_id=reading_id, numbers=numbers, about=about, now=now)
    except Changed:
        kept = queries.find(request.person, reading_id, shapes.READING).holds
        if (kept.about, kept.numbers) != (about, numbers):
            return _hand_page(request, form, uuid4(), came_before=kept, status=409)
    return HttpResponseRedirect(reverse("needs:leaning"))


def _belongs(begun: str, asked: str) -> bool:
    """Say whether answers that wait are those that are asked for, and their questionnaire is still there."""
    return asked in ("", begun) and queries.instruments().find(begun or OWN_CHECK) is not None


def _answered(request: PersonRequest, instrument: Instrument) -> HttpResponse:
    form, reading_id, now = QuestionForm(request.POST, instrument=instrument), sent_form_id(request), timezone.now()
    if not form.is_valid() or form.is_blank:
        return _page(request, form, reading_id, nothing_yet=form.is_valid(), status=422)
    about, answers = form.about_whom, form.answers()
    try:
        actions.answer(
            person=request.person,
            reading_id=reading_id,
            instrument=instrument,
            answers=answers,
            about=about,
            now=now,
        )
    except actions.TooSoon as soon:
        form.add_error(None, _too_soon(soon))
        return _page(request, form, reading_id, status=422)
    except Changed:
        kept = queries.find(request.person, reading_id, shapes.READING).holds
        if (kept.about, kept.answers) != (about, answers):
            return _page(request, form, uuid4(), came_before=kept, status=409)
    return HttpResponseRedirect(reverse("needs:reading", args=[reading_id]) + "?kept=yes")


def _too_soon(soon: actions.TooSoon) -> str:
    days = {"day": _day(soon.looked_at), "from": _day(soon.again_from)}
    return (
        _(
            "You looked at this on %(day)s. From %(from)s on, a second look says something new; before that it mostly "
            "shows the day. Your answers are still here."
        )
        % days
    )


def _day(moment: Any) -> str:
    return date_format(timezone.localtime(moment), "j F Y")


def _when_again(line: Any, instrument: Instrument) -> dict[str, Any]:
    """Say whether a questionnaire can be looked at anew about the same person, and otherwise from when on."""
    if line is None or line.instrument != instrument.id:
        return {"again": True}
    again_from = rules.again_from(line.at, instrument.again_after_days)
    return {"again": timezone.now() >= again_from, "again_from": again_from}


def _instrument(instrument_id: str) -> Instrument:
    found = queries.instruments().find(instrument_id)
    if found is None:
        raise Http404
    return found


def _page(request: PersonRequest, form: QuestionForm, form_id: UUID, *, status: int = 200, **says: Any) -> HttpResponse:
    context = {"form": form, "form_id": form_id, "instrument": form.instrument, **says}
    return render(request, "needs/questions.html", context, status=status)


def _hand_page(
    request: PersonRequest, form: ByHandForm, form_id: UUID, *, status: int = 200, **says: Any
) -> HttpResponse:
    scales = {scale.name: scale for scale in _instrument(OWN_CHECK).scales}
    fields = zip(rules.LEANING, (form["reaching"], form["stepping_back"]), strict=True)
    lines = [(scales[name], field) for name, field in fields]
    return render(
        request, "needs/by_hand.html", {"form": form, "form_id": form_id, "lines": lines, **says}, status=status
    )
