"""Today: a greeting, what waits, and one thing that does one good."""

from uuid import uuid4

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from kindline.front.today import rules
from kindline.front.today.gathering import gathered
from kindline.ground.people.gate import PersonRequest
from kindline.ground.vault import unsaved


@require_safe
def today(request: PersonRequest) -> HttpResponse:
    """Show what waits for this person, at most three things, and something to come back to."""
    now, left = timezone.now(), unsaved.left(request.person.keyring)
    form_id, fields = left.get(request.path, [(uuid4(), {})])[0]
    context = {
        "part": rules.part_of_day(timezone.localtime(now).hour),
        "today": gathered(request.person, left, now),
        "form_id": form_id,
        "good": "".join(fields.get("what", [])),
    }
    return render(request, "today/today.html", context)
