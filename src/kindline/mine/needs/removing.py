"""Deleting for good, after asking once: a walk, a check, a reading, a sentence."""

from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from kindline.ground.page.views import get_or_post
from kindline.ground.people.gate import PersonRequest
from kindline.mine.needs import actions, queries, shapes

# Where one goes when it is gone, and where when it stays.
AFTER = {shapes.WALK: "needs:walks", shapes.CHECK: "needs:checks", shapes.READING: "needs:leaning"}
STAYS = {shapes.WALK: "needs:walked", shapes.READING: "needs:reading", shapes.SENTENCE: "needs:sentence"}


@get_or_post
def delete_walk(request: PersonRequest, walk_id: UUID) -> HttpResponse:
    """Delete a walk for good."""
    return _delete(request, walk_id, shapes.WALK)


@get_or_post
def delete_check(request: PersonRequest, check_id: UUID) -> HttpResponse:
    """Delete a small check for good."""
    return _delete(request, check_id, shapes.CHECK)


@get_or_post
def delete_reading(request: PersonRequest, reading_id: UUID) -> HttpResponse:
    """Delete the answers to a questionnaire for good."""
    return _delete(request, reading_id, shapes.READING)


@get_or_post
def delete_sentence(request: PersonRequest, sentence_id: UUID) -> HttpResponse:
    """Delete a sentence for good."""
    return _delete(request, sentence_id, shapes.SENTENCE)


def _delete(request: PersonRequest, paper_id: UUID, kind: str) -> HttpResponse:
    found = queries.find(request.person, paper_id, kind)
    after = AFTER.get(kind, "needs:sentences")
    if request.method == "POST":
        actions.delete(person=request.person, record=found.record)
        return HttpResponseRedirect(reverse(after))
    stays = reverse(STAYS[kind], args=[paper_id]) if kind in STAYS else reverse(after)
    first = next((line.first for line in queries.lines(request.person, kind) if line.id == paper_id), "")
    day = date_format(timezone.localtime(found.holds.at), "j F Y")
    return render(request, "needs/delete.html", {"first": first, "day": day, "stays": stays})
