"""Into a calendar of one's own: the feed that a calendar app fetches, and one entry to download."""

from collections.abc import Iterable
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kindline.ground.clock.icalendar import Event
from kindline.ground.clock.icalendar import calendar as written
from kindline.ground.page.guises import guise_of
from kindline.ground.people.gate import PersonRequest, public
from kindline.ground.post import feeds
from kindline.ours.rhythms import queries as rhythms

KIND = "text/calendar; charset=utf-8"


@public
@require_safe
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """Hand a calendar app what comes round for whoever gave it this address. It works while they are locked."""
    found = feeds.found(secret)
    if found is None:
        raise Http404
    now = timezone.now()
    with translation.override(found.language):
        events = titled(rhythms.feed(found.owner_id, now))
        return HttpResponse(written(events, name=_("Reminders"), now=now), content_type=KIND)


@require_safe
def event(request: PersonRequest, rhythm_id: UUID) -> HttpResponse:
    """Hand out one rhythm as a file that any calendar app opens."""
    now = timezone.now()
    entry = rhythms.event(request.person.id, rhythm_id)
    # The name this device goes by, as with every file: a list of downloads is open to whoever looks.
    name = f"{guise_of(request).slug}-{timezone.localdate(now).isoformat()}.ics"
    return HttpResponse(
        written(titled([entry]), name="", now=now),
        content_type=KIND,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@require_POST
def make(request: PersonRequest) -> HttpResponse:
    """Make the feed."""
    feeds.make(person=request.person)
    return _back("?address")


@require_POST
def renew(request: PersonRequest) -> HttpResponse:
    """Give the feed another address; the old one leads nowhere any more."""
    over = request.POST.get("over", "")
    if over.isalnum():  # PostgreSQL would choke on a zero byte where a digest is meant
        feeds.renew(person=request.person, over=over)
    return _back("?address")


@require_POST
def switch_off(request: PersonRequest) -> HttpResponse:
    """End the feed."""
    feeds.switch_off(person=request.person)
    return _back()


def titled(events: Iterable[Event]) -> list[Event]:
    """Return entries with a title each, a neutral one where nobody chose one to be read by others.

    In an order that comes from nothing but what they say.
    """
    named = [one if one.title else one._replace(title=_("Reminder")) for one in events]
    return sorted(named, key=lambda one: (one.series.first, one.series.zone, one.series.minutes, one.title, one.uid))


def _back(shown: str = "") -> HttpResponse:
    return HttpResponseRedirect(reverse("calendar:calendar") + f"{shown}#own")
