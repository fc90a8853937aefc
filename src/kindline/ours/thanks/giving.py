"""Giving one line: thanks to the other, or a good moment into the jar. Words that can't be given stay on the page."""

from typing import Any
from uuid import UUID, uuid4

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kindline.ground.page.forms import read_back
from kindline.ground.page.views import get_or_post, sent_form_id
from kindline.ground.people.gate import PersonRequest
from kindline.ground.people.inviting import pair_of
from kindline.ground.people.refusing import Refused
from kindline.ground.vault import unsaved
from kindline.ground.vault.circles import CircleKeys, Closed
from kindline.ground.vault.records import Changed
from kindline.ours.thanks import actions, queries, rules
from kindline.ours.thanks.forms import LineForm


@get_or_post
def thank(request: PersonRequest) -> HttpResponse:
    """Give one line to the other; somebody alone is led to their own jar, with what they began for somebody gone."""
    circle = pair_of(request.person)
    if request.method == "POST":
        return _give(request, circle, rules.THANKS)
    if circle is None and unsaved.waiting(request.person.keyring, request.path):
        return _empty_page(request, None, rules.MOMENT)
    if circle is None:
        return HttpResponseRedirect(reverse("thanks:thanks"))
    return _empty_page(request, circle, rules.THANKS)


@get_or_post
def put_in(request: PersonRequest) -> HttpResponse:
    """Put a good moment into the jar of two, or of somebody alone."""
    circle = pair_of(request.person)
    if request.method == "POST":
        return _give(request, circle, rules.MOMENT)
    return _empty_page(request, circle, rules.MOMENT)


def _give(request: PersonRequest, circle: CircleKeys | None, kind: str) -> HttpResponse:
    form_id, now = sent_form_id(request), timezone.now()
    form = LineForm(request.POST, label=_label(circle, kind))
    if request.POST.get("circle", "") != _named(circle) or (circle is None and kind == rules.THANKS):
        # Somebody left, or came, since this page was opened: whoever reads it now was not who it was written for.
        return _page(request, circle, kind, form, form_id, is_another=True, status=409)
    if not form.is_valid():
        return _page(request, circle, kind, form, form_id)
    person, text = request.person, form.cleaned_data["text"]
    try:
        if circle is None or kind == rules.MOMENT:
            actions.put_in_the_jar(person=person, circle=circle, text=text, form_id=form_id, now=now)
        else:
            actions.thank(person=person, circle=circle, text=text, form_id=form_id, now=now)
    except Closed:
        return _page(request, None, kind, form, form_id, is_another=True, status=409)
    except (Refused, Changed) as refused:
        already = queries.instead_of(request.person, form_id, kind, now)
        if isinstance(refused, Refused):
            form.add_error(None, refused.sentence)
        else:
            form_id = uuid4()  # back after giving, other words, sent again: sent once more they are a line of their own
        return _page(request, circle, kind, form, form_id, already=already, status=409)
    return HttpResponseRedirect(reverse("thanks:given", args=[form_id]))


def _empty_page(request: PersonRequest, circle: CircleKeys | None, kind: str) -> HttpResponse:
    form_id, fields = unsaved.waiting(request.person.keyring, request.path) or (uuid4(), {})
    form = LineForm(initial=read_back(LineForm, fields) if fields else None, label=_label(circle, kind))
    return _page(request, circle, kind, form, form_id)


def _page(
    request: PersonRequest,
    circle: CircleKeys | None,
    kind: str,
    form: LineForm,
    form_id: UUID,
    *,
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    context |= {"form": form, "form_id": form_id, "circle": circle, "named": _named(circle)}
    context |= {"name": circle.other_name if circle else "", "is_thanks": kind == rules.THANKS}
    context["has_room"] = circle is None or queries.has_room(request.person, circle, kind, timezone.now())
    return render(request, "thanks/give.html", context, status=status)


def _named(circle: CircleKeys | None) -> str:
    """Return what a form says of whom it is for; "" for oneself alone."""
    return str(circle.circle) if circle else ""


def _label(circle: CircleKeys | None, kind: str) -> str:
    if kind == rules.MOMENT:
        return _("A good moment, in one line")
    return (
        _("What are you glad of?")
        if circle is None
        else _("Your thanks to %(name)s, in one line") % {"name": circle.other_name}
    )
