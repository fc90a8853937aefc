"""A talk on one phone between two people: one writes, hands it over, and nothing of theirs is shown until both have."""

from typing import Any, NamedTuple
from uuid import UUID, uuid4

from django import forms
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from msgspec import structs

from kindline.ground.page.forms import flat, read_back
from kindline.ground.page.views import get_or_post, sent_form_id, sent_version
from kindline.ground.people.gate import PersonRequest
from kindline.ground.people.inviting import pair_of
from kindline.ground.vault import unsaved
from kindline.ours.negotiation import actions, queries, rules, words
from kindline.ours.negotiation.actions import Changed, Refused
from kindline.ours.negotiation.forms import BetweenForm, NeedsForm, OnePhoneForm, TapsForm
from kindline.ours.negotiation.laying_out import Answers
from kindline.ours.negotiation.queries import Found
from kindline.ours.negotiation.shapes import Needs, OnePhone, Taps

CONFLICT, INVALID = 409, 422


class Sent(NamedTuple):
    """A form as it came: under which id, over which version."""

    form: forms.Form
    form_id: UUID
    version: int


@get_or_post
def begin(request: PersonRequest) -> HttpResponse:
    """Say with whom, and what about."""
    if request.method != "POST":
        circle = pair_of(request.person)
        form_id, fields = unsaved.waiting(request.person.keyring, request.path) or (uuid4(), {})
        initial = read_back(OnePhoneForm, fields) if fields else {"other": circle.other_name if circle else ""}
        return _begin_page(request, OnePhoneForm(initial=initial), form_id)
    form, form_id, now = OnePhoneForm(request.POST), sent_form_id(request), timezone.now()
    if not form.is_valid():
        return _begin_page(request, form, form_id, status=INVALID)
    other, topic = (" ".join(form.cleaned_data[name].split()) for name in ("other", "topic"))
    one = OnePhone(topic=topic, other=other, begun_at=now)
    try:
        actions.keep_one_phone(person=request.person, one_id=form_id, document=one, version=0, form_id=form_id, now=now)
    except Changed:
        there = queries.one_phone(request.person, form_id).document
        if (there.topic, there.other) != (topic, other):
            form.add_error(None, _changed())
            return _begin_page(request, form, uuid4(), stored=(form_id, there), status=CONFLICT)
    return HttpResponseRedirect(reverse("negotiation:phone", args=[form_id]))


@get_or_post
def one_phone(request: PersonRequest, one_id: UUID) -> HttpResponse:
    """Show what a talk on one phone is at, for whoever holds the phone now."""
    try:
        found = queries.one_phone(request.person, one_id)
    except Http404:
        if request.method != "POST" or not _written(request):
            raise
        # Deleted in another window: the words are here, to be taken elsewhere.
        return render(request, "negotiation/gone.html", {"words": _written(request)}, status=404)
    if request.method != "POST":
        return _page(request, found)
    if request.POST.get("do") == "agree":
        return _agree(request, found)
    at, here = request.POST.get("at", ""), _at(found.document)
    sent = Sent(_form(request, found.document, at, request.POST), sent_form_id(request), _version(request))
    if at == here and at.startswith("hand"):
        return _write(request, found, structs.replace(found.document, handed=found.document.handed + 1), sent)
    if not sent.form.is_valid():
        return _page(request, found, sent if at == here else None, status=INVALID)
    return _filled_in(request, found, at, sent)


@get_or_post
def delete(request: PersonRequest, one_id: UUID) -> HttpResponse:
    """Delete a talk on one phone for good, after asking once."""
    found = queries.one_phone(request.person, one_id)
    if request.method == "POST":
        actions.delete_one_phone(person=request.person, one_id=one_id)
        return HttpResponseRedirect(reverse("negotiation:list"))
    return render(request, "negotiation/delete_phone.html", {"id": one_id, "one": found.document})


def _filled_in(request: PersonRequest, found: Found, at: str, sent: Sent) -> HttpResponse:
    changed = _with(found.document, at, sent.form)
    if changed == found.document:
        return _back(found.record.id)
    if at == _at(found.document) or (_may_still_change(found.document, at) and "again" in request.POST):
        return _write(request, found, changed, sent)
    return _late(request, found, at, sent)


def _agree(request: PersonRequest, found: Found) -> HttpResponse:
    option = request.POST.get("on", "")
    try:
        prepared_id = actions.write_phone_as_agreement(
            person=request.person, one_id=found.record.id, option=option, now=timezone.now()
        )
    except Refused as refused:
        return _page(request, found, notice=refused.sentence, status=CONFLICT)
    return HttpResponseRedirect(reverse("agreements:prepared", args=[prepared_id]))


def _write(request: PersonRequest, found: Found, document: OnePhone, sent: Sent) -> HttpResponse:
    again = "again" in request.POST
    try:
        actions.keep_one_phone(
            person=request.person,
            one_id=found.record.id,
            document=document,
            version=found.record.version if again else sent.version,
            form_id=sent.form_id,
            now=timezone.now(),
        )
    except Changed:
        return _late(request, queries.one_phone(request.person, found.record.id), request.POST.get("at", ""), sent)
    return _back(found.record.id)


def _late(request: PersonRequest, found: Found, at: str, sent: Sent) -> HttpResponse:
    """Show words that came when the talk was further on; to whom they belong decides what they are shown beside."""
    if _may_still_change(found.document, at) or at == _at(found.document):
        again = Sent(sent.form, sent.form_id, found.record.version)
        return _page(
            request,
            found,
            again,
            at=at,
            is_again=True,
            stored=_stored(found.document, at),
            notice=_changed(),
            status=CONFLICT,
        )
    return _page(request, found, late=_written(request), notice=_changed(), status=CONFLICT)


def _page(
    request: PersonRequest,
    found: Found,
    sent: Sent | None = None,
    *,
    at: str = "",
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    one, names = found.document, (request.person.name, found.document.other)
    at = at or _at(one)
    stage, turn = at.rsplit("-", 1)
    left_id, left = unsaved.waiting(request.person.keyring, request.path) or (uuid4(), {})
    fields = flat(left)
    is_left = fields.get("at") == at
    if sent is None:
        form = _form(request, one, at, initial=fields if is_left else None)
        version = sent_version(fields.get("version", "")) if is_left else found.record.version
        sent = Sent(form, left_id if is_left else uuid4(), version)
    context |= {
        "id": found.record.id,
        "one": one,
        "stage": stage,
        "at": at,
        "who": names[1] if turn == "1" else names[0],
        "whom": names[0] if turn == "1" else names[1],
        "names": names,
        "is_lent": turn == "1",
        "form": sent.form,
        "form_id": sent.form_id,
        "version": sent.version,
        "sides": list(zip(names, one.needs, one.senses, strict=False)) if len(one.needs) > 1 else [],
    }
    if stage == "laid":
        context |= _laid_out(request, one)
    return render(request, "negotiation/one_phone.html", context, status=status)


def _laid_out(request: PersonRequest, one: OnePhone) -> dict[str, Any]:
    options, pair = _options(one), words.Pair(request.person.name, one.other)
    first, second = (Answers(said.taps, said.finer, said.guess) for said in one.taps)
    circle = pair_of(request.person)
    return {
        "places": words.places(options, first, second, pair),
        "guesses": words.guesses(options, first, second, pair),
        "may_agree": circle is not None and circle.other_name.casefold() == one.other.casefold(),
    }


def _form(request: PersonRequest, one: OnePhone, at: str, data: Any = None, *, initial: Any = None) -> forms.Form:
    if at.startswith("needs"):
        return NeedsForm(data, initial=initial)
    if at.startswith("together"):
        return BetweenForm(data, initial=initial, one=request.person.name, other=one.other)
    if at.startswith("taps"):
        other = request.person.name if at == "taps-1" else one.other
        return TapsForm(data, initial=initial, options=_options(one), other=other)
    return forms.Form(data)


def _with(one: OnePhone, at: str, form: forms.Form) -> OnePhone:
    """Return the talk with what a valid form says."""
    if isinstance(form, NeedsForm):
        return structs.replace(one, needs=(*one.needs[: int(at[-1])], Needs(**form.needs())))
    if isinstance(form, TapsForm):
        return structs.replace(one, taps=(*one.taps[: int(at[-1])], Taps(**form.taps())))
    if isinstance(form, BetweenForm):
        said = form.cleaned_data
        senses = (said["sense_one"], said["sense_other"])
        return structs.replace(one, senses=senses, loop=said["loop"], options=said["options"])
    return one


def _may_still_change(one: OnePhone, at: str) -> bool:
    """Say whether whoever wrote last still holds the phone: it waits to be handed over."""
    stage, _turn = rules.stage(one)
    return stage == "hand" and at == ("taps-0" if one.taps else "needs-0")


def _stored(one: OnePhone, at: str) -> Needs | None:
    """Return what is kept of the words that came again, to be shown beside them."""
    return one.needs[int(at[-1])] if at.startswith("needs") and len(one.needs) > int(at[-1]) else None


def _at(one: OnePhone) -> str:
    """Return what a form says of when it was filled in: the stage, and whose turn it is."""
    stage, turn = rules.stage(one)
    return f"{stage}-{turn if turn >= 0 else 'both'}"


def _options(one: OnePhone) -> list[tuple[str, str]]:
    return [(str(number), said) for number, said in enumerate(one.options)]


def _written(request: PersonRequest) -> list[str]:
    names = ("need", "fear", "matters", "sense_one", "sense_other", "loop", "options")
    found = (request.POST.get(name, "").strip() for name in names)
    return [one for one in found if one]


def _version(request: PersonRequest) -> int:
    return sent_version(request.POST.get("version", ""))


def _changed() -> str:
    return _("This was sent before with other words. Yours are here; nothing is lost.")


def _begin_page(
    request: PersonRequest, form: forms.Form, form_id: UUID, *, status: int = 200, **context: Any
) -> HttpResponse:
    context |= {"form": form, "form_id": form_id}
    return render(request, "negotiation/begin_phone.html", context, status=status)


def _back(one_id: UUID) -> HttpResponse:
    return HttpResponseRedirect(reverse("negotiation:phone", args=[one_id]))
