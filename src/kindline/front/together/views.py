"""Together: what two people have with each other; for somebody alone, what they have with themself."""

from django.http import HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from kindline.front.together.gathering import gathered
from kindline.ground.people import actions as people
from kindline.ground.people.gate import PersonRequest


@require_safe
def together(request: PersonRequest) -> HttpResponse:
    """Show what waits, what is with the other, what stands, and the ways on."""
    return render(request, "together/together.html", {"shown": gathered(request.person, timezone.now())})


@require_POST
def more(request: PersonRequest) -> HttpResponseBase:
    """Open the rest to somebody who came by invitation."""
    people.change_profile(person=request.person, essentials=False)
    return HttpResponseRedirect(reverse("today:today"))
