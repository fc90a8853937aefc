"""What anybody may use without an account: the front page, and the coach for what is about to be sent."""

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_safe

from kindline.front.door import asking
from kindline.ground.coaching.asked import asked
from kindline.ground.page.views import get_or_post, page_or_part
from kindline.ground.people.gate import public
from kindline.ground.people.queries import is_anybody_here
from kindline.ground.people.rules import may_join

# What somebody is about to send, in plain words; the names are the coach's lenses.
LENSES = (
    ("any", _("anything")),
    ("complaint", _("a complaint")),
    ("request", _("a request")),
    ("boundary", _("a boundary")),
    ("apology", _("an apology")),
    ("pause", _("taking a break")),
)


def _if_open(view: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """Let the view be there for those to whom the operator offers the coach."""

    @wraps(view)
    def answer(request: HttpRequest) -> HttpResponseBase:
        if not is_open(request):
            raise Http404
        return view(request)

    return answer


def is_open(request: HttpRequest) -> bool:
    """Say whether whoever asks may use the coach here: anybody, or somebody unlocked where the operator said so."""
    return settings.FRONT_DOOR_COACH or request.person is not None  # type: ignore[attr-defined]


@public
@require_safe
def front(request: HttpRequest) -> HttpResponseBase:
    """Show the two doors; somebody who is unlocked goes straight to Today."""
    if request.person is not None:  # type: ignore[attr-defined]
        return HttpResponseRedirect(reverse("today:today"))
    context = {"coach": settings.FRONT_DOOR_COACH, "may_join": _may_join()}
    return render(request, "door/front.html", context)


@public
@sensitive_post_parameters()
@get_or_post
@_if_open
def check(request: HttpRequest) -> HttpResponse:
    """Hear what somebody is about to send; the words pass through memory and are kept nowhere."""
    context = {"own_page": True, "lenses": LENSES, "lens": "any", "may_join": _may_join()}
    if request.method != "POST":
        return render(request, "door/check.html", context)
    chosen = request.POST.get("look") or request.POST.get("lens", "any")
    context["lens"] = chosen if chosen in dict(LENSES) else "any"
    if not asking.may_ask(request.META.get("REMOTE_ADDR", ""), timezone.now()):
        context |= {"words": request.POST.get("text", ""), "much": True}
        return page_or_part(request, "door/check.html", "door/part_much.html", context, status=429)
    context["hearing"] = asked(request.POST, lens=str(context["lens"]))
    return page_or_part(request, "door/check.html", "coaching/heard.html", context)


def _may_join() -> bool:
    return may_join(settings.JOIN, anybody_here=is_anybody_here())
