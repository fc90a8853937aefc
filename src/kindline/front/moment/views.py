"""I need a moment: how long, the words for the other, the quiet page, and coming back. Nothing is stored."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kindline.ground.people.gate import public


@public
@require_safe
def moment(request: HttpRequest) -> HttpResponse:
    """Ask how long, and offer the words for whoever waits."""
    return render(request, "moment/moment.html")


@public
@require_safe
def pause(request: HttpRequest) -> HttpResponse:
    """Show only the circle, the time, and what else may calm."""
    return render(request, "moment/pause.html")


@public
@require_safe
def back(request: HttpRequest) -> HttpResponse:
    """Welcome somebody back, with a soft way in."""
    return render(request, "moment/back.html")
