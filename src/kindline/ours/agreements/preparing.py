"""Finding the words of a wording, alone; then giving it, on a page that shows exactly what is given."""

from typing import Any
from uuid import UUID, uuid4

from django.http import Http404, HttpResponse, HttpResponseBadRequest, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from kindline.ground.page.forms import read_back
from kindline.ground.page.views import get_or_post, sent_form_id, sent_version
from kindline.ground.people.forms import ConfirmForm
from kindline.ground.people.gate import PersonRequest
from kindline.ground.people.inviting import is_on_the_way
from kindline.ground.people.trying import NotOpened, confirm
from kindline.ground.vault import unsaved
from kindline.ours.agreements import actions, layout, queries, views
from kindline.ours.agreements.actions import Changed, Closed, Moved, Refused
from kindline.ours.agreements.forms import WordingForm, blank, fields_of
from kindline.ours.agreements.ledger import Kept
from kindline.ours.agreements.queries import Found
from kindline.ours.agreements.shapes import Text


@sensitive_post_parameters()
@get_or_post
def new(request: PersonRequest) -> HttpResponse:
    """Begin an agreement: with the other, or with oneself."""
    name = queries.other_name(request.person)
    if request.method != "POST":
        return _begin(request, name)
    form = WordingForm(request.POST)
    if not form.is_valid():
        return _write(request, form, name=name, status=422)
    form_id, text = form.cleaned_data["form_id"], form.text(None, str(request.person.keyring.account))
    alone = form.cleaned_data["whose"] == "me" or not (name or _is_on_the_way(request))
    try:
        if alone:
            made = actions.keep_for_me(person=request.person, text=text, nonce=form_id, now=timezone.now())
            return HttpResponseRedirect(reverse("agreements:agreement", args=[made]))
        actions.prepare(person=request.person, prepared_id=form_id, text=text, now=timezone.now())
    except Changed:
        again = {**fields_of(text, str(request.person.keyring.account)), "form_id": uuid4(), "version": 0}
        form = WordingForm(initial={**again, "whose": form.cleaned_data["whose"]})
        return _write(request, form, name=name, stored=_sent_before(request, form_id, alone=alone), status=409)
    return HttpResponseRedirect(reverse("agreements:give", args=[form_id]) if name else reverse("together:together"))


@sensitive_post_parameters()
@get_or_post
def prepared(request: PersonRequest, prepared_id: UUID) -> HttpResponse:
    """Work on what is prepared, before it is given."""
    try:
        found = queries.prepared(request.person, prepared_id)
    except Http404:
        if request.method != "POST" or not any(request.POST.get(name) for name in WordingForm.base_fields):
            raise
        sent = queries.sent_with(request.person, sent_form_id(request))
        if sent is not None:
            return HttpResponseRedirect(reverse("agreements:agreement", args=[sent]))
        return _gone(request)
    me = str(request.person.keyring.account)
    one, before, asks = _over(request, found)
    name = "" if _is_alone(request, found) else queries.other_name(request.person)
    context: dict[str, Any] = {"found": found, "one": one, "name": name}
    if request.method != "POST":
        left = unsaved.waiting(request.person.keyring, request.path)
        fields = fields_of(found.prepared.text, me)
        fields |= {"form_id": uuid4(), "version": found.version, "over": _newest_number(one)}
        if left:
            fields |= {**read_back(WordingForm, left[1]), "form_id": left[0]}
        form = WordingForm(initial=fields, asks=asks)
        return _write(request, form, was_left=bool(left), moved=_newest_number(one) != found.prepared.over, **context)
    form = WordingForm(request.POST, asks=asks)
    if not form.is_valid():
        return _write(request, form, status=422, **context)
    return _changed(request, form, before, context)


@sensitive_post_parameters()
@get_or_post
def give(request: PersonRequest, prepared_id: UUID) -> HttpResponse:
    """Show exactly what is given; with the passphrase typed again it goes to the other."""
    nonce = sent_form_id(request)
    try:
        found = queries.prepared(request.person, prepared_id)
    except Http404:
        sent = queries.sent_with(request.person, nonce) if request.method == "POST" else None
        if sent is None:
            raise
        return HttpResponseRedirect(reverse("agreements:agreement", args=[sent]))
    if _is_alone(request, found) or _waits(request, found):
        return HttpResponseRedirect(reverse("agreements:prepared", args=[prepared_id]))
    form = ConfirmForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _exactly(request, found, form, nonce, status=422 if request.method == "POST" else 200)
    return _given(request, found, form, nonce)


@get_or_post
def delete(request: PersonRequest, prepared_id: UUID) -> HttpResponse:
    """Let go of what is prepared, after one more look."""
    found = queries.prepared(request.person, prepared_id)
    if request.method == "POST":
        path = reverse("agreements:prepared", args=[prepared_id])
        actions.let_go(person=request.person, prepared_id=prepared_id, page=path, now=timezone.now())
        return HttpResponseRedirect(reverse("agreements:list"))
    return render(request, "agreements/delete.html", {"found": found, "title": found.title})


@require_POST
def wording(request: PersonRequest, agreement_id: UUID) -> HttpResponse:
    """Begin another wording of an agreement."""
    try:
        made = actions.begin_wording(person=request.person, agreement=agreement_id, now=timezone.now())
    except Refused as refused:
        return views.page(request, agreement_id, status=409, refused=refused.sentence)
    return HttpResponseRedirect(reverse("agreements:prepared", args=[made]))


@require_POST
def for_two(request: PersonRequest, agreement_id: UUID) -> HttpResponse:
    """Lay the words of an agreement with myself ready for the other, to change and to give."""
    prepared_id = sent_form_id(request)
    try:
        actions.prepare_for_two(
            person=request.person, agreement=agreement_id, prepared_id=prepared_id, now=timezone.now()
        )
    except Refused as refused:
        return views.page(request, agreement_id, status=409, refused=refused.sentence)
    return HttpResponseRedirect(reverse("agreements:prepared", args=[prepared_id]))


@require_POST
def let_go(request: PersonRequest) -> HttpResponse:
    """Forget words that were typed and never saved."""
    actions.start_afresh(person=request.person, form_id=sent_form_id(request), now=timezone.now())
    whose = "me" if request.POST.get("whose") == "me" else "us"
    return HttpResponseRedirect(f"{reverse('agreements:new')}?for={whose}")


def _begin(request: PersonRequest, name: str) -> HttpResponse:
    """Show the page of a new one: blank, or with the words left unsaved for whom it is opened for, else the last."""
    has_two = bool(name or _is_on_the_way(request))
    asked = request.GET.get("for", "")
    whose = "us" if has_two and (asked or ("us" if name else "me")) != "me" else "me"

    def is_meant(left: dict[str, list[str]]) -> bool:
        # Where nobody else is here any more, words that were for two wait in the one place there is.
        return not asked or not has_two or left.get("whose", [whose])[0] in ("", whose)

    left = unsaved.waiting(request.person.keyring, request.path, is_meant)
    fields = {**blank(), "whose": whose, "form_id": uuid4(), "version": 0}
    if left:
        kept = read_back(WordingForm, left[1])
        fields |= {**kept, "form_id": left[0], "whose": whose if asked else kept["whose"] or whose}
    is_one_open = fields["whose"] == "us" and any(line.is_mine for line in queries.waiting_for_other(request.person))
    return _write(request, WordingForm(initial=fields), name=name, was_left=bool(left), is_one_open=is_one_open)


def _changed(request: PersonRequest, form: WordingForm, before: Text | None, context: dict[str, Any]) -> HttpResponse:
    """Keep a wording as it was sent, and go on: alone it stands then, between two it is shown as it will be read."""
    found: Found = context["found"]
    me, data = str(request.person.keyring.account), form.cleaned_data
    text = form.text(before, me)
    try:
        actions.change(
            person=request.person,
            prepared_id=found.id,
            version=data["version"] or 0,
            text=text,
            over=data["over"] or 0,
            form_id=data["form_id"],
            now=timezone.now(),
        )
    except Changed:
        found = queries.prepared(request.person, found.id)
        fields = {**fields_of(text, me), "form_id": data["form_id"], "version": found.version}
        again = WordingForm(initial={**fields, "over": _newest_number(context["one"])}, asks="need" in form.fields)
        return _write(request, again, stored=_as_kept(request, found), status=409, **context)
    if _is_alone(request, found):
        made = actions.give(
            person=request.person,
            prepared_id=found.id,
            version=found.version + 1,
            nonce=data["form_id"],
            now=timezone.now(),
        )
        return HttpResponseRedirect(reverse("agreements:agreement", args=[made]))
    if _waits(request, found):
        return HttpResponseRedirect(reverse("together:together"))
    return HttpResponseRedirect(reverse("agreements:give", args=[found.id]))


def _given(request: PersonRequest, found: Found, form: ConfirmForm, nonce: UUID) -> HttpResponse:
    try:
        confirm(request, request.person.name, form.cleaned_data["passphrase"])
        made = actions.give(
            person=request.person,
            prepared_id=found.id,
            version=sent_version(request.POST.get("version", "")),
            nonce=nonce,
            now=timezone.now(),
        )
    except NotOpened as closed:
        form.add_error("passphrase", closed.sentence)
        return _exactly(request, found, form, nonce, status=closed.status)
    except Moved:
        if not found.prepared.over:  # the other gave the same one first
            return HttpResponseRedirect(reverse("agreements:agreement", args=[found.prepared.agreement]))
        return HttpResponseRedirect(reverse("agreements:prepared", args=[found.id]))
    except (Changed, Closed, Refused) as why:
        refused = why.sentence if isinstance(why, Refused) else ""
        found = queries.prepared(request.person, found.id)
        changed = isinstance(why, Changed)
        return _exactly(request, found, ConfirmForm(), uuid4(), changed=changed, refused=refused, status=409)
    return HttpResponseRedirect(reverse("agreements:agreement", args=[made]))


def _write(
    request: PersonRequest,
    form: WordingForm,
    *,
    name: str,
    found: Found | None = None,
    one: Kept | None = None,
    status: int = 200,
    **says: Any,
) -> HttpResponse:
    whose = form["whose"].value() or "us"
    asks = _over(request, found)[2] if found else True
    waits = not name and whose == "us" and (_waits(request, found) if found else _is_on_the_way(request))
    says |= {"asks": asks, "whose": whose if name or waits else "me", "waits": waits}
    if says["whose"] == "me":
        form.for_myself()
    context = {"form": form, "found": found, "one": one, "name": name, **says}
    if one is not None:
        names = layout.names_for(one.circle)
        newest = one.facts.newest
        before = layout.before_it(one, newest) if says.get("moved") else None
        context |= {"newest": newest, "laid": layout.laid(newest.version.text, before, names)}
    return render(request, "agreements/write.html", context, status=status)


def _exactly(
    request: PersonRequest, found: Found, form: ConfirmForm, nonce: UUID, *, status: int = 200, **says: Any
) -> HttpResponse:
    one, before, asks = _over(request, found)
    circle = queries.circle_for(request.person, found.prepared)
    names = layout.names_as_read_by_other(circle, request.person.name) if circle else {}
    context = {
        "found": found,
        "one": one,
        "asks": asks,
        "other_asks": not asks,
        "form": form,
        "nonce": nonce,
        "name": circle.other_name if circle else "",
        "is_closed": circle is None or not circle.is_open,
        "laid": layout.laid(found.prepared.text, before, names),
        "moved": _newest_number(one) != found.prepared.over,
        **says,
    }
    return render(request, "agreements/give.html", context, status=status)


def _over(request: PersonRequest, found: Found) -> tuple[Kept | None, Text | None, bool]:
    """Return the agreement that something prepared is another wording of, its newest words, and whether I ask there."""
    if not found.prepared.over:
        return None, None, True
    try:
        one = queries.agreement(request.person, found.prepared.agreement)
    except Http404:
        return None, None, True
    if not one.facts.versions:
        return None, None, True
    return one, one.facts.newest.version.text, one.facts.asker == one.circle.me


def _is_alone(request: PersonRequest, found: Found) -> bool:
    """Say whether what is prepared is for its author alone, so that keeping it needs no passphrase."""
    circle = queries.circle_for(request.person, found.prepared)
    return circle is not None and not circle.others and not found.waits


def _waits(request: PersonRequest, found: Found) -> bool:
    """Say whether what is prepared waits for somebody who was invited and is not here yet."""
    circle = queries.circle_for(request.person, found.prepared)
    return found.waits and circle is not None and not circle.others


def _is_on_the_way(request: PersonRequest) -> bool:
    return is_on_the_way(request.person, timezone.now())


def _newest_number(one: Kept | None) -> int:
    return one.facts.newest.version.number if one and one.facts.versions else 0


def _sent_before(request: PersonRequest, form_id: UUID, *, alone: bool) -> layout.Page:
    """Return what the same form brought before, laid out."""
    if alone:
        sent = queries.sent_with(request.person, form_id)
        assert sent is not None
        one = queries.agreement(request.person, sent)
        return layout.laid(one.facts.versions[0].version.text, None, layout.names_for(one.circle))
    return _as_kept(request, queries.prepared(request.person, form_id))


def _as_kept(request: PersonRequest, found: Found) -> layout.Page:
    """Return what is prepared as it is kept, laid out for its author."""
    circle = queries.circle_for(request.person, found.prepared)
    names = layout.names_for(circle) if circle else {request.person.keyring.account: ""}
    return layout.laid(found.prepared.text, None, names)


def _gone(request: PersonRequest) -> HttpResponse:
    """Show words again whose place is not here (any more), as a new wording."""
    form = WordingForm(request.POST)
    if not form.is_valid() and "form_id" in form.errors:
        return HttpResponseBadRequest("This form is not whole. Go back; your words are still there.")
    fields = {name: request.POST.get(name, "") for name in form.fields} | {"form_id": uuid4(), "version": 0}
    name = queries.other_name(request.person)
    return _write(request, WordingForm(initial=fields), name=name, is_gone=True, status=404)
