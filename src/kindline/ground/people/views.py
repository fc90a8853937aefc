"""What open pages of a circle ask for."""

from django.http import HttpResponse, HttpResponseBase
from django.views.decorators.http import require_safe

from kindline.ground.people.gate import PersonRequest, background
from kindline.ground.people.inviting import pair_of
from kindline.ground.people.live import Wake


@require_safe
@background
def wake(request: PersonRequest) -> HttpResponseBase:
    """Say when something shared is new; to somebody alone, that there is nothing to wait for."""
    circle = pair_of(request.person)
    if circle is None:
        return HttpResponse(status=204)  # a browser that is told so does not ask again
    return Wake(circle.circle, circle.mark, request.person.session.id)
