"""Help, who runs this, and the pages for when something is not there or went wrong."""

from collections.abc import Iterable
from datetime import date
from importlib.metadata import version

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import resolve, reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from kindline.front.care.helplines import KINDS, Helpline, by_country
from kindline.front.care.queries import helplines
from kindline.ground.people.gate import meet_with_the_lock, public
from kindline.ground.vault import sessions

WRITTEN_IN = ("/mine/", "/ours/", "/unsaved/", "/check/", "/share/")  # where words are sent to
NOT_SHOWN = {"csrfmiddlewaretoken", "passphrase"}  # a yes asks for the passphrase too; it is typed once more


@public
@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    """Show the three doors of Help, each with its helplines and when those were last checked."""
    listed, today = helplines(), timezone.localdate()
    ages = [line.age(today) for line in listed.entries]
    context = {
        "emergency": listed.of_kind("emergency"),
        "unsure": any(age != "fresh" for age in ages),
        "any_checked": any(age != "never" for age in ages),
        "lines": {kind.replace(" ", "_"): _by_country(listed.of_kind(kind), today) for kind in KINDS},
    }
    return render(request, "care/help.html", context)


@public
@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """Say who runs this server, what is protected and what is not."""
    return render(request, "care/about.html", {"operator": settings.OPERATOR, "version": version("kindline")})


@public
@require_safe
def parting(request: HttpRequest) -> HttpResponse:
    """Say exactly what happens when somebody leaves a shared space."""
    return render(request, "care/parting.html")


@public
def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer for what is not here, or is somebody else's."""
    return render(request, "404.html", status=404)


@public
def broken(request: HttpRequest) -> HttpResponse:
    """Answer when we made a mistake: without database or details, and with the words somebody was about to keep."""
    fields = _unkept(request)
    context = {"fields": fields, "address": request.get_full_path(), "token": get_token(request)} if fields else {}
    return HttpResponse(render_to_string("500.html", context), status=500)


@public
def stale_form(request: HttpRequest, reason: str = "") -> HttpResponseBase:
    """Answer to a form whose token is missing or old with the words it held.

    Who wants to leave at once is led away all the same. Where the place is locked, words stay out of sight: they go
    over the lock as those of every form do, and the page that unlocks carries on what it carried.
    """
    if request.path == reverse("door:exit"):
        away = render(request, "page/away.html", status=403)
        sessions.set_locked_cookie(away)
        return away
    if request.path == reverse("door:unlock"):
        again: HttpResponseBase = resolve(request.path).func(request, stale=True)
        return again
    fields, locked = _unkept(request), _is_behind_the_lock(request)
    if locked and fields and is_ours(request):
        return meet_with_the_lock(request)
    # Another site may have filled the form in: what it holds is then shown, but no click here sends it.
    context = {"fields": fields, "address": request.get_full_path() if is_ours(request) else "", "locked": locked}
    return render(request, "403_csrf.html", context, status=403)


def _is_behind_the_lock(request: HttpRequest) -> bool:
    """Say whether a form goes where somebody has to be unlocked, and nobody is."""
    match = request.resolver_match
    if request.person is not None or match is None:  # type: ignore[attr-defined]
        return False
    if match.view_name == "door:share":
        return not settings.FRONT_DOOR_COACH
    may = getattr(match.func, "opens_to", None)
    return not getattr(match.func, "public", False) and not (may and may(request))


def is_ours(request: HttpRequest) -> bool:
    """Say whether the browser vouches that a form was sent from a page of ours."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    return request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"


def _unkept(request: HttpRequest) -> list[tuple[str, str]]:
    """Return the fields of a form that holds words. The page they came from may be empty by now."""
    joins = request.path == reverse("door:join")
    if request.method != "POST" or not (joins or request.path.startswith(WRITTEN_IN)):
        return []
    try:
        sent = request.POST.lists()
    except (OSError, SuspiciousOperation):
        return []
    if joins:  # what opens a place is typed anew; the words that were to come along are not
        brought = request.POST.get("text", "")
        return [("text", brought), ("bring", "1")] if brought.strip() else []
    return [(name, value) for name, values in sent if name not in NOT_SHOWN for value in values]


def _by_country(lines: Iterable[Helpline], today: date) -> list[tuple[str, list[tuple[Helpline, str]]]]:
    return [(country, [(line, line.age(today)) for line in found]) for country, found in by_country(lines)]
