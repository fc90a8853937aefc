"""Sentences of mine: what one wants somebody to know about oneself, kept, copied and shared as text."""

from typing import Any
from uuid import UUID, uuid4

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from kindline.ground.coaching.asked import asked, asks
from kindline.ground.page.views import get_or_post, sent_form_id, sent_version
from kindline.ground.people.gate import PersonRequest
from kindline.ground.vault import unsaved
from kindline.ground.vault.records import Changed
from kindline.mine.needs import actions, queries, rules, shapes, words
from kindline.mine.needs.forms import SentenceForm
from kindline.mine.needs.views import let_go


@require_safe
def sentences(request: PersonRequest) -> HttpResponse:
    """List one's own sentences to copy or share, and ready ones to take."""
    mine = queries.lines(request.person, shapes.SENTENCE)
    taken = {line.first for line in mine}
    ready = [(name, words.READY[name]) for name in rules.READY if str(words.READY[name]) not in taken]
    return render(request, "needs/sentences.html", {"sentences": mine, "ready": ready})


@get_or_post
def new_sentence(request: PersonRequest) -> HttpResponse:
    """Write a sentence about oneself, perhaps beginning with a ready one."""
    if request.method == "POST":
        return let_go(request) or _sent(request, None)
    take = str(words.READY.get(request.GET.get("take", ""), ""))
    waiting = unsaved.waiting(request.person.keyring, request.path)
    if waiting and not take:
        form_id, fields = waiting
        return _page(request, "".join(fields.get("text", [])), form_id, was_waiting=True)
    return _page(request, take, uuid4())


@get_or_post
def sentence(request: PersonRequest, sentence_id: UUID) -> HttpResponse:
    """Change a sentence, copy it, or share it."""
    try:
        found = queries.find(request.person, sentence_id, shapes.SENTENCE)
    except Http404:
        if request.method != "POST":
            raise
        return _page(request, request.POST.get("text", ""), uuid4(), is_gone=True, status=404)
    if request.method == "POST":
        return let_go(request) or _sent(request, found)
    waiting = unsaved.waiting(request.person.keyring, request.path)
    if waiting:
        form_id, fields = waiting
        version = sent_version(fields.get("version", [""])[0])
        text = "".join(fields.get("text", []))
        return _page(request, text, form_id, found=found, version=version, was_waiting=True)
    return _page(request, found.holds.text, uuid4(), found=found)


def _sent(request: PersonRequest, found: queries.Kept | None) -> HttpResponse:
    form, form_id = SentenceForm(request.POST), sent_form_id(request)
    version = sent_version(request.POST.get("version", ""))
    if asks(request.POST):
        hearing = asked(request.POST)
        return _page(request, hearing.text, form_id, found=found, version=version, hearing=hearing)
    if not form.is_valid():
        text = request.POST.get("text", "")
        return _page(request, text, form_id, found=found, version=version, form=form, status=422)
    text, now = form.cleaned_data["text"], timezone.now()
    try:
        if found and request.POST.get("do") != "both":
            actions.change_sentence(
                person=request.person, record=found.record, text=text, version=version, form_id=form_id, now=now
            )
        else:
            actions.keep_sentence(person=request.person, sentence_id=form_id, text=text, now=now)
    except Changed:
        kept = queries.find(request.person, found.record.id if found else form_id, shapes.SENTENCE)
        if kept.holds.text != text:
            return _page(request, text, uuid4(), found=kept, differs=True, status=409)
    return HttpResponseRedirect(reverse("needs:sentences"))


def _page(
    request: PersonRequest,
    text: str,
    form_id: UUID,
    *,
    found: queries.Kept | None = None,
    version: int | None = None,
    status: int = 200,
    **says: Any,
) -> HttpResponse:
    # What the coach hears stands there from the start, so that nothing moves when the page has come.
    context: dict[str, Any] = {"text": text, "form_id": form_id, "own_page": True, "hearing": asked({"text": text})}
    context |= says
    if found:
        version = found.record.version if version is None else version
        context |= {"sentence_id": found.record.id, "version": version, "stored": found.holds.text}
    return render(request, "needs/sentence.html", context, status=status)
