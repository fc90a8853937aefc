"""What is ahead, day by day."""

from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from kindline.front.calendar.gathering import gathered
from kindline.ground.people.gate import PersonRequest
from kindline.ground.post import feeds


@require_safe
def calendar(request: PersonRequest) -> HttpResponse:
    """Show the next four weeks, and the way into a calendar of one's own."""
    now, feed = timezone.now(), feeds.feed_of(request.person)
    today = timezone.localdate(now)
    context = {
        "ahead": gathered(request.person, now),
        "today": today,
        "tomorrow": today + timedelta(days=1),
        "feed": feed,
        "secret": feeds.secret_of(request.person, feed) if feed else "",
        "is_shown": "address" in request.GET,
        "host": request.get_host(),
        "scheme": request.scheme,
    }
    return render(request, "calendar/calendar.html", context)
