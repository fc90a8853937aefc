"""Looking back at one's own course: how it felt, and what was needed and said. Never at the other person's."""

from collections.abc import Mapping

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from kindline.front.growth import gathering, plots, rules, words
from kindline.ground.people.gate import PersonRequest

MOST_PLOTS = 3  # on a page
TALL_FROM = 3  # practices


@require_safe
def growth(request: PersonRequest) -> HttpResponse:
    """Show how it felt: how loud frictions were, what calmed, what was good."""
    chosen = _chosen(request)
    felt = gathering.felt(request.person, chosen, timezone.localdate())
    shown = [one for one in (plots.loudness(felt), plots.calm(felt), plots.good(felt)) if one]
    is_calmer = rules.change([loud for _day, loud in felt.loud]) == "down"
    # Of three, a long list of what calmed stands beside the two others.
    calm = next((one.plot for one in shown if one.name == "calm"), None)
    is_tall = len(shown) == MOST_PLOTS and calm is not None and len(calm.table.rows) >= TALL_FROM
    parts = len(shown) + is_tall + is_calmer
    context = {"is_empty": felt.is_empty, "is_calmer": is_calmer, "is_tall": is_tall, "parts": parts}
    return _page(request, "growth/growth.html", chosen, shown, context)


@require_safe
def saying(request: PersonRequest) -> HttpResponse:
    """Show what was needed and said: needs met, how freely a no could be said, words that were found."""
    chosen = _chosen(request)
    said = gathering.said(request.person, chosen, timezone.localdate())
    shown = [one for one in (plots.met(said), plots.free(said), plots.spoken(said)) if one]
    context = {"is_empty": said.is_empty, "parts": len(shown)}
    return _page(request, "growth/saying.html", chosen, shown, context)


def _chosen(request: PersonRequest) -> str:
    asked = request.GET.get("range", "")
    return asked if asked in rules.RANGES else rules.RANGES[1]


def _page(
    request: PersonRequest, template: str, chosen: str, shown: list[plots.Shown], context: Mapping[str, object]
) -> HttpResponse:
    return render(request, template, {"ranges": words.RANGES, "chosen": chosen, "shown": shown, **context})
