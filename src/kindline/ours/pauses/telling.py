"""What a device kept of a pause while it had no connection, told once there is one."""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from kindline.ground.people.gate import background, public
from kindline.ground.people.refusing import Refused
from kindline.ground.vault.circles import Closed
from kindline.ground.vault.moments import is_sane
from kindline.ours.pauses import actions, queries, rules

HEARD, NOBODY, STRANGE = 204, 410, 422
RANDOM = 4  # the kind of id that says nothing


@public
@background
@require_POST
def told(request: HttpRequest) -> HttpResponse:
    """Hear of a pause that a device kept; a script of ours sends it by itself.

    204 says that it was heard, 401 that it has to wait until somebody unlocks, 410 that there is nobody to tell, 422
    that it can't have been; after all but 401 the device forgets it.
    """
    kept, circle = _kept(request), queries.whose(request)
    if circle is None:
        waits = request.person is None and settings.DEVICE_COOKIE in request.COOKIES  # type: ignore[attr-defined]
        return HttpResponse(status=401, headers={"X-Kindline": "locked"}) if waits else HttpResponse(status=NOBODY)
    if kept is None:
        return HttpResponse(str(actions.REASONS[rules.STRANGE]), status=STRANGE, content_type="text/plain")
    try:
        actions.tell(circle=circle, pause_id=kept.id, told=kept.away, shown=kept.shown, now=timezone.now())
    except (Closed, Http404):
        return HttpResponse(status=NOBODY)
    except actions.TooOften as often:
        return HttpResponse(often.sentence, status=429, content_type="text/plain")
    except Refused as refused:
        return HttpResponse(refused.sentence, status=STRANGE, content_type="text/plain")
    return HttpResponse(status=HEARD)


class _Kept(NamedTuple):
    id: UUID
    away: rules.Away
    shown: datetime


def _kept(request: HttpRequest) -> _Kept | None:
    """Return what was sent, or None when it is not what a page of ours sends."""
    sent = request.POST
    try:
        pause_id = UUID(sent.get("id", ""))
        is_random = pause_id.version == RANDOM
        moments = [datetime.fromisoformat(sent.get(name, "")) for name in ("started_at", "return_at", "now")]
    except ValueError:
        return None
    if not is_random or not all(is_sane(one) for one in moments):
        return None
    started_at, return_at, shown = moments
    # Once somebody is back, the one time a device keeps beside the start is when that was.
    ended_at = return_at if "back" in sent else None
    return _Kept(pause_id, rules.Away(started_at, return_at, ended_at=ended_at), shown)
