"""What open pages of a circle ask for."""

from django.http import HttpResponse, HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_safe

from kindline.ground.people.gate import PersonRequest, background
from kindline.ground.people.inviting import invitation_of, mark_of, pair_of
from kindline.ground.people.live import Wake


@require_safe
@background
def wake(request: PersonRequest) -> HttpResponseBase:
    """Say when something shared is new, or who was invited is there; to others, that there is nothing to wait for."""
    session = request.person.session.id
    circle = pair_of(request.person)
    if circle is not None:
        return Wake(circle.circle, circle.mark, session)
    made = invitation_of(request.person, timezone.now())
    if made is not None:
        return Wake(made.id, mark_of(made), session, once=True)
    return HttpResponse(status=204)  # a browser that is told so does not ask again
