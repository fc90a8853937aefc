"""The jar: looking into it, closing it for oneself, and what came of a line of one's own."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from kindline.ground.people.gate import PersonRequest
from kindline.ground.people.refusing import Refused
from kindline.ground.vault.circles import Closed
from kindline.ours.thanks import actions, queries

A_PAGE = 30
CONFLICT = 409


@require_safe
def jar(request: PersonRequest) -> HttpResponse:
    """Show the jar of two, or of somebody alone, unless they keep it closed."""
    return _jar_page(request, queries.jar(request.person, timezone.now()))


@require_safe
def jar_of(request: PersonRequest, circle_id: UUID) -> HttpResponse:
    """Show another jar of this person's: their own alone, or one of a space that is closed."""
    circle = queries.circle_of(request.person, circle_id)
    return _jar_page(request, queries.jar_of(request.person, circle, timezone.now()))


@require_POST
def close(request: PersonRequest, circle_id: UUID) -> HttpResponse:
    """Close a jar for oneself."""
    actions.close_jar(person=request.person, circle=queries.circle_of(request.person, circle_id))
    return _back_to_jar(request, circle_id)


@require_POST
def reopen(request: PersonRequest, circle_id: UUID) -> HttpResponse:
    """Open a jar again."""
    actions.open_jar(person=request.person, circle=queries.circle_of(request.person, circle_id))
    return _back_to_jar(request, circle_id)


@require_safe
def given(request: PersonRequest, line_id: UUID) -> HttpResponse:
    """Show a line of one's own: where it is, and for a day the way to take it back."""
    return _given_page(request, line_id)


@require_POST
def take_back(request: PersonRequest, line_id: UUID) -> HttpResponse:
    """Take the words of one's own line back."""
    try:
        actions.take_back(person=request.person, line_id=line_id, now=timezone.now())
    except (Refused, Closed):
        return _given_page(request, line_id, status=CONFLICT)
    return HttpResponseRedirect(reverse("thanks:thanks"))


def _jar_page(request: PersonRequest, shown: queries.Jar) -> HttpResponse:
    page = Paginator(shown.lines, A_PAGE).get_page(request.GET.get("page"))
    present = queries.present_circle(request.person)
    context = {
        "jar": shown,
        "circle": shown.circle,
        "page": page,
        "own": queries.own_beside(request.person, shown.circle),
        "is_present": (present and present.circle) == (shown.circle and shown.circle.circle),
    }
    return render(request, "thanks/jar.html", context)


def _back_to_jar(request: PersonRequest, circle_id: UUID) -> HttpResponse:
    present = queries.present_circle(request.person)
    if present and present.circle == circle_id:
        return HttpResponseRedirect(reverse("thanks:thanks"))
    return HttpResponseRedirect(reverse("thanks:of", args=[circle_id]))


def _given_page(request: PersonRequest, line_id: UUID, *, status: int = 200) -> HttpResponse:
    one = queries.given(request.person, line_id)
    present = queries.present_circle(request.person)
    context = {
        "id": line_id,
        "line": one.line,
        "circle": one.circle,
        "is_present": present is not None and present.circle == one.circle.circle,
        "name": one.circle.other_name,
        "is_thanks": one.is_thanks,
        "may_take_back": queries.may_take_back(one, timezone.now()),
        "was_refused": status == CONFLICT,
    }
    return render(request, "thanks/given.html", context, status=status)
