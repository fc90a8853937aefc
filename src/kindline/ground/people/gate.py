"""Who is asking. Every page is private unless its view says otherwise; a locked one asks for the key first."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import resolve, reverse
from django.utils import timezone, translation
from django.utils.http import urlencode

from kindline.ground.page.clock_face import clock_face
from kindline.ground.page.marks import background, opens_to, public
from kindline.ground.people.models import Person
from kindline.ground.people.queries import person_of
from kindline.ground.vault import sessions
from kindline.ground.vault.primitives import Unopened

__all__ = ["Gate", "PersonRequest", "background", "opens_to", "public"]


class PersonRequest(HttpRequest):
    """A request by somebody who is unlocked: what the views of private rooms get."""

    person: Person


class Gate:
    """Set `request.person`, in their language and time zone, or None."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        opened = sessions.of_request(request, timezone.now())
        request.person = person = person_of(opened) if opened else None  # type: ignore[attr-defined]
        if person is None:
            with timezone.override(None):  # whoever unlocks in this request brings their own
                return self.get_response(request)
        with (
            timezone.override(person.zone),
            translation.override(person.profile.language),
            clock_face(person.hours),
        ):
            return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponseBase], args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        """Let a person in, and anybody to public pages; meet the others with the lock."""
        person: Person | None = request.person  # type: ignore[attr-defined]
        if person is not None:
            if not getattr(view, "background", False) and _is_deliberate(request):
                sessions.use(person.session, timezone.now())
            return None
        may = getattr(view, "opens_to", None)
        return None if getattr(view, "public", False) or (may and may(request)) else meet_with_the_lock(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponseBase | None:
        """Meet somebody with the lock whose keys another window changed during this request; words come along."""
        person: Person | None = request.person  # type: ignore[attr-defined]
        if not isinstance(exception, Unopened) or person is None or sessions.is_there(person.session):
            return None
        request.person = None  # type: ignore[attr-defined]
        return meet_with_the_lock(request)


def meet_with_the_lock(request: HttpRequest) -> HttpResponseBase:
    """Ask for the key before anything else; a form's words come along."""
    unlock = reverse("door:unlock")
    if request.headers.get("X-Requested-With") == "fetch" or request.headers.get("HX-Request") == "true":
        return HttpResponse(status=401, headers={"X-Kindline": "locked"})
    if request.method == "POST":
        interrupted: HttpResponseBase = resolve(unlock).func(request, interrupted=True)
        return interrupted
    return HttpResponseRedirect(f"{unlock}?{urlencode({'next': request.get_full_path()})}")


def _is_deliberate(request: HttpRequest) -> bool:
    """Say whether somebody asked for this page: not the browser ahead of time or by itself, nor another site."""
    from_here = request.headers.get("Sec-Fetch-Site", "none") in {"same-origin", "none"}
    by_itself = "Sec-Purpose" in request.headers or "X-Kindline-Refresh" in request.headers
    return from_here and not by_itself
