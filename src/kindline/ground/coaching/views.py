"""The coach answers a form. It stores nothing and logs nothing."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from kindline.ground.coaching.asked import asked
from kindline.ground.page.views import page_or_part
from kindline.ground.people.gate import background


@background
@sensitive_post_parameters()
@require_POST
def listen(request: HttpRequest) -> HttpResponse:
    """Hear the text of a sheet: the notes for htmx, a page with the sheet and its notes for a browser."""
    context = {"hearing": asked(request.POST), "lens": request.POST.get("lens", "any")}
    return page_or_part(request, "coaching/listen.html", "coaching/heard.html", context)
