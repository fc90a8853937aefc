"""This device: under which name and icon Kindline stands on it, letting it forget everything, and what it shares."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from kindline.front.door import front_page, views
from kindline.front.door.entering import end_session
from kindline.ground.page.guises import BY_SLUG, put_on
from kindline.ground.page.views import get_or_post
from kindline.ground.people.gate import PersonRequest, public
from kindline.ours.pauses.actions import revoke_here

KEPT = (
    settings.SESSION_COOKIE,
    settings.DEVICE_COOKIE,
    settings.PHONE_LOCK_COOKIE,
    settings.PAUSE_COOKIE,
    settings.GUISE_COOKIE,
    settings.INVITED_COOKIE,
    settings.CSRF_COOKIE_NAME,
)
SHARED = ("text", "title", "url")


@require_POST
def guise(request: PersonRequest) -> HttpResponseBase:
    """Choose the name and icon of the app on this device."""
    chosen = BY_SLUG.get(request.POST.get("guise", ""))
    if chosen is None:
        raise Http404
    response = HttpResponseRedirect(f"{reverse('door:settings')}#this-device")
    put_on(response, chosen)
    return response


@public
@require_POST
def forget(request: HttpRequest) -> HttpResponseBase:
    """Lock this device and let it forget everything: what was kept on it, its name and icon, that it is known."""
    end_session(request)
    revoke_here(request=request)
    response = HttpResponseRedirect(reverse("door:front"))
    for cookie in KEPT:
        response.delete_cookie(cookie, samesite="Lax")
    # Not "cookies": that would also throw away those of every other service under the same domain, or on this machine.
    response["Clear-Site-Data"] = '"cache", "storage"'
    return response


@public
@csrf_exempt
@sensitive_post_parameters()
@get_or_post
def share(request: HttpRequest) -> HttpResponseBase:
    """Show what another app shared in the page where words are heard; nothing is written.

    A phone's share sheet knows no token. It sends `Sec-Fetch-Site: none`, which no page can: that is let in, and
    everything else is asked for its token as everywhere.
    """
    if request.method != "POST":
        return HttpResponseRedirect(reverse("door:check" if front_page.is_open(request) else "door:front"))
    if request.headers.get("Sec-Fetch-Site") == "none":
        return _shared(request)
    answer: HttpResponseBase = csrf_protect(_shared)(request)
    return answer


def _shared(request: HttpRequest) -> HttpResponseBase:
    if not front_page.is_open(request):
        return views.unlock(request, interrupted=True)
    fields = QueryDict(mutable=True)
    fields["text"] = shared_words(request)
    request.POST = fields  # type: ignore[assignment]
    return front_page.check(request)


def shared_words(request: HttpRequest) -> str:
    """Return the words another app shared: its text, else its title, and an address that isn't among them yet."""
    text, title, url = (request.POST.get(name, "").strip() for name in SHARED)
    words = text or title
    return words if url in words else f"{words}\n{url}".strip()
