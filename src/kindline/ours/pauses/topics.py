"""A topic set aside with a time: setting one aside, saying what one thinks of the time, letting it go."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from kindline.ground.page.forms import read_back
from kindline.ground.page.views import sent_form_id
from kindline.ground.people.gate import PersonRequest
from kindline.ground.people.inviting import pair_of
from kindline.ground.people.refusing import Refused
from kindline.ground.vault import unsaved
from kindline.ground.vault.circles import CircleKeys, Closed
from kindline.ground.vault.records import Changed
from kindline.ours.pauses import actions, asides, ledger
from kindline.ours.pauses.forms import OtherTimeForm, TopicForm, sent_moment, tomorrow_evening

CONFLICT, GONE = 409, 404
get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@get_or_post
def new(request: PersonRequest) -> HttpResponse:
    """Let whoever waited, or anybody else of the two, set a topic aside with a time."""
    circle = pair_of(request.person)
    if circle is None:
        return HttpResponseRedirect(reverse("pauses:pauses"))
    if request.method != "POST":
        form_id, left = unsaved.waiting(request.person.keyring, request.path) or (uuid4(), {})
        initial = read_back(TopicForm, left) if left else tomorrow_evening()
        return _new_page(request, TopicForm(initial=initial), form_id)
    form, form_id = TopicForm(request.POST), sent_form_id(request)
    return _set_aside(request, circle, form, form_id)


@get_or_post
def topic(request: PersonRequest, topic_id: UUID) -> HttpResponse:
    """Show a topic that was set aside, and let either say what they think of the time, or nothing."""
    circle = pair_of(request.person)
    try:
        found = ledger.topic(circle, topic_id) if circle else None
    except Http404:
        found = None
    if circle is None or found is None:
        return _gone(request)
    if request.method != "POST":
        return _topic_page(request, circle, found, OtherTimeForm(initial=_a_day_later(found)))
    return _answered(request, circle, found)


@require_POST
def let_go(request: PersonRequest, topic_id: UUID) -> HttpResponse:
    """Let a topic go that was set aside."""
    circle = pair_of(request.person)
    if circle is None:
        return _gone(request)
    try:
        actions.let_go(circle=circle, topic_id=topic_id)
    except (Http404, Closed):
        return _gone(request)
    return HttpResponseRedirect(reverse("together:together"))


def _set_aside(request: PersonRequest, circle: CircleKeys, form: TopicForm, form_id: UUID) -> HttpResponse:
    if not form.is_valid():
        return _new_page(request, form, form_id, status=422)
    at, topic_of = form.when(request.person.zone), form.cleaned_data["topic"]
    try:
        actions.set_aside(circle=circle, topic_id=form_id, topic=topic_of, at=at, now=timezone.now())
    except Refused as refused:
        form.add_error("day", refused.sentence)
        return _new_page(request, form, form_id, status=CONFLICT)
    except Changed:  # the same form came before with other words: these become another one, if they are sent again
        stands = next((one for one in ledger.all_topics(circle) if one.id == form_id), None)
        return _new_page(request, form, uuid4(), differs=True, stands=stands, status=CONFLICT)
    except Closed:
        return _new_page(request, form, form_id, is_closed=True, status=CONFLICT)
    return HttpResponseRedirect(reverse("pauses:topic", args=[form_id]))


def _answered(request: PersonRequest, circle: CircleKeys, found: ledger.Topic) -> HttpResponse:
    way, form = request.POST.get("says", ""), OtherTimeForm(request.POST)
    at = over = sent_moment(request.POST.get("over", "")) or found.at  # the time that stood on the page
    if way == asides.ANOTHER:
        if not form.is_valid():
            return _topic_page(request, circle, found, form, status=422)
        at = form.when(request.person.zone)
    elif way not in {asides.SUITS, asides.NOT_NOW}:
        return HttpResponseRedirect(request.path)
    try:
        actions.answer_topic(circle=circle, topic_id=found.id, way=way, at=at, over=over, now=timezone.now())
    except Refused as refused:
        return _refused(request, circle, found.id, form, refused.sentence)
    except (Http404, Closed):
        return _gone(request)
    return HttpResponseRedirect(request.path)


def _refused(
    request: PersonRequest, circle: CircleKeys, topic_id: UUID, form: OtherTimeForm, sentence: str
) -> HttpResponse:
    try:
        stands = ledger.topic(circle, topic_id)
    except Http404:
        return _gone(request)
    return _topic_page(request, circle, stands, form, sentence=sentence, status=CONFLICT)


def _topic_page(
    request: PersonRequest,
    circle: CircleKeys,
    found: ledger.Topic,
    form: OtherTimeForm,
    *,
    sentence: str = "",
    status: int = 200,
) -> HttpResponse:
    context = {
        "one": found,
        "circle": circle,
        "name": circle.other_name,
        "is_ahead": found.at > timezone.now(),
        "form": form,
        "sentence": sentence,
    }
    return render(request, "pauses/topic.html", context, status=status)


def _new_page(
    request: PersonRequest, form: TopicForm, form_id: UUID, *, status: int = 200, **says: Any
) -> HttpResponse:
    circle = pair_of(request.person)
    context = {"form": form, "form_id": form_id, "name": circle.other_name if circle else "", **says}
    return render(request, "pauses/new_topic.html", context, status=status)


def _gone(request: HttpRequest) -> HttpResponse:
    """Answer for a topic that was let go meanwhile; one of somebody else's is not there in the same way."""
    return render(request, "pauses/topic_gone.html", status=GONE)


def _a_day_later(found: ledger.Topic) -> dict[str, Any]:
    """Return a day after the time that stands, or tomorrow: something to begin from."""
    after = timezone.localtime(max(found.at, timezone.now()) + timedelta(days=1))
    return {"day": after.date(), "at": timezone.localtime(found.at).time()}
