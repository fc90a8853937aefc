"""The links in e-mails. They work without unlocking, and each does one thing: say yes to an address, or end its mails.

Looking changes nothing: mail programs open links by themselves. A button does it.
"""

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from kindline.ground.page.views import get_or_post
from kindline.ground.people.gate import public
from kindline.ground.post import actions, marks


@public
@get_or_post
def confirm(request: HttpRequest, mark: str) -> HttpResponseBase:
    """Say yes to reminders at an address."""
    channel = marks.to_confirm(mark)
    done = channel is not None and (request.method == "POST" or channel.is_confirmed)
    if channel is not None and request.method == "POST":
        actions.confirm(channel=channel)
    return render(request, "post/confirm.html", {"channel": channel, "done": done})


@public
@csrf_exempt
@get_or_post
def stop(request: HttpRequest, mark: str) -> HttpResponseBase:
    """End the mails to an address.

    Mail programs may press the button themselves (RFC 8058). They know no token and say so with one fixed field; a
    browser on another site could send it too, but would have to know the mark.
    """
    if request.method == "POST" and request.POST.get("List-Unsubscribe") == "One-Click":
        return _stop(request, mark)
    answer: HttpResponseBase = csrf_protect(_stop)(request, mark)
    return answer


def _stop(request: HttpRequest, mark: str) -> HttpResponseBase:
    channel = marks.to_stop(mark)
    if channel is not None and request.method == "POST":
        actions.stop(channel=channel)
        channel = None
    return render(request, "post/stop.html", {"channel": channel})
