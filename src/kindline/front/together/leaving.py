"""Leaving a shared space, and one that was closed."""

from uuid import UUID, uuid4

from django.http import Http404, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from kindline.front.together import actions
from kindline.front.together.forms import LeaveForm
from kindline.front.together.gathering import left_behind
from kindline.ground.page.views import get_or_post, sent_form_id
from kindline.ground.people.gate import PersonRequest
from kindline.ground.people.inviting import doubtful, pair_of
from kindline.ground.people.models import Person
from kindline.ground.vault.circles import CircleKeys, Closed, circles_of
from kindline.ground.vault.records import Changed
from kindline.ours.rhythms import queries as rhythms


@get_or_post
def leave(request: PersonRequest) -> HttpResponseBase:
    """Leave the shared space: at once, alone, without a reason. The other is not told; they find it closed."""
    circle = _left(request)
    if circle is None:
        return HttpResponseRedirect(reverse("together:together"))
    form = LeaveForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        choice = form.cleaned_data["choice"]
        try:
            actions.leave(person=request.person, circle=circle, choice=choice, now=timezone.now())
        except Closed:  # the other left in this very moment
            return HttpResponseRedirect(reverse("together:together"))
        return render(request, "together/left.html", {"choice": choice, "circle": circle})
    return render(request, "together/leave.html", {"form": form, "circle": circle, "name": circle.other_name})


@require_safe
def closed(request: PersonRequest, space_id: UUID) -> HttpResponseBase:
    """Show what is in a space that somebody left, to read only."""
    circle = _closed(request.person, space_id)
    behind = [(one, uuid4()) for one in left_behind(request.person, circle)]
    held = rhythms.held_in(circle, timezone.now())
    context = {"circle": circle, "name": circle.other_name, "behind": behind, "held": held}
    return render(request, "together/closed.html", context)


@require_POST
def keep(request: PersonRequest, space_id: UUID) -> HttpResponseBase:
    """Let what is one's own in an agreement of a closed space go on for oneself alone."""
    circle = _closed(request.person, space_id)
    there = {str(one.id): one.id for one in left_behind(request.person, circle)}
    agreement = there.get(request.POST.get("agreement", ""))
    if agreement is None:
        raise Http404
    try:
        form_id = sent_form_id(request)
        actions.keep_for_me(person=request.person, agreement=agreement, form_id=form_id, now=timezone.now())
    except Changed:  # the same page, pressed for another one: nothing is kept twice, nothing is overwritten
        return HttpResponseRedirect(reverse("together:closed", args=[space_id]))
    return HttpResponseRedirect(reverse("agreements:prepared", args=[form_id]))


@require_POST
def remove(request: PersonRequest, space_id: UUID) -> HttpResponseBase:
    """Remove a closed space from here; whoever else holds its key keeps it."""
    actions.remove(circle=_closed(request.person, space_id), now=timezone.now())
    return HttpResponseRedirect(reverse("together:together"))


def _left(request: PersonRequest) -> CircleKeys | None:
    """Return the space to leave: the shared one, or of two that are open at once the one that is named."""
    named = request.POST.get("space") or request.GET.get("space", "")
    return next((one for one in doubtful(request.person) if str(one.circle) == named), pair_of(request.person))


def _closed(person: Person, space_id: UUID) -> CircleKeys:
    for circle in circles_of(person.keyring):
        if circle.circle == space_id and circle.others and circle.closed_at:
            return circle
    raise Http404
