"""Taking everything along, and bringing something in: looked at first, then step by step."""

import time

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from kindline.front.takeout import actions, paper, queries, sharing, words
from kindline.front.takeout.forms import ArrivalForm, FileForm, KindForm
from kindline.front.takeout.reading import recognised
from kindline.front.takeout.reading.told import Refused
from kindline.front.takeout.rooms import ROOMS
from kindline.front.takeout.sentences import sentence
from kindline.ground.page.guises import guise_of
from kindline.ground.page.views import get_or_post, page_or_part
from kindline.ground.people.gate import PersonRequest
from kindline.ground.vault.records import Changed

A_WHILE = 1.0  # seconds of bringing in, before the page says how far it is


@require_safe
def overview(request: PersonRequest) -> HttpResponse:
    """Offer a copy to take along, a way in for a file, and the ways to delete."""
    return _overview(request, FileForm())


@require_POST
def copy(request: PersonRequest) -> HttpResponse:
    """Hand out everything as one file: to be brought in again, or to be read."""
    now = timezone.now()
    # The name this device goes by: a list of downloads is open to whoever looks.
    name = f"{guise_of(request).slug}-{timezone.localdate(now).isoformat()}"
    if request.POST.get("as") == "page":
        return _file(paper.page(request.person, now).encode(), "text/html; charset=utf-8", f"{name}.html")
    return _file(queries.takeout(request.person, now), "application/json", f"{name}.json")


@get_or_post
def read(request: PersonRequest) -> HttpResponse:
    """Look into a file and keep what is in it, sealed, until its person says whether it comes in."""
    if request.method != "POST":
        return HttpResponseRedirect(reverse("takeout:takeout"))
    form = FileForm(request.POST, request.FILES)
    if form.is_valid():
        person, now = request.person, timezone.now()
        rooms = {room.name: room for room in ROOMS}
        try:
            raw = form.cleaned_data["file"].read()
            found = recognised.read(raw, rooms, person.zone, now, most=settings.FILE_LIMIT)
        except Refused as refused:
            form.add_error("file", sentence(refused))
        else:
            actions.put_down(person=person, found=found, now=now)
            return HttpResponseRedirect(reverse("takeout:arrival"))
    return _overview(request, form, status=422)


@require_safe
def arrival(request: PersonRequest) -> HttpResponse:
    """Show what a file would bring, how far it is in, or that all of it is."""
    return _arrival(request)


@require_POST
def bring(request: PersonRequest) -> HttpResponse:
    """Bring some of it in, each part whole or not at all, and show how far it is."""
    person, began = request.person, time.monotonic()
    shown = ArrivalForm(request.POST).shown()
    try:
        actions.begin(person=person, arrival=shown, kind=_kind(request), now=timezone.now())
    except Changed:
        return _arrival(request, instead=True)
    while actions.bring_some(person=person, arrival=shown) and time.monotonic() - began < A_WHILE:
        pass
    if "HX-Request" in request.headers:
        return _arrival(request)
    return HttpResponseRedirect(reverse("takeout:arrival") + "?going=on")


@require_POST
def let_go(request: PersonRequest) -> HttpResponse:
    """Forget the file; what of it is in stays."""
    try:
        actions.let_go(person=request.person, arrival=ArrivalForm(request.POST).shown())
    except Changed:
        return _arrival(request, instead=True)
    return HttpResponseRedirect(reverse("takeout:takeout"))


def _overview(request: PersonRequest, form: FileForm, status: int = 200) -> HttpResponse:
    context = {
        "form": form,
        "counted": words.counted(queries.counted(request.person)),
        "shares": sharing.shares(request.person),
        "waiting": queries.waiting(request.person),
        "limit": settings.FILE_LIMIT // (1024 * 1024),
    }
    return render(request, "takeout/takeout.html", context, status=status)


def _arrival(request: PersonRequest, *, instead: bool = False) -> HttpResponse:
    waiting, asks_for_part = queries.waiting(request.person), "HX-Request" in request.headers
    if waiting is None:
        away = reverse("takeout:takeout")
        return HttpResponse(headers={"HX-Redirect": away}) if asks_for_part else HttpResponseRedirect(away)
    plan = waiting.plan
    context = {
        "plan": plan,
        "waiting": waiting,
        "total": plan.total,
        "going": not instead and ("going" in request.GET or request.method == "POST"),
        "instead": instead,
        "source": words.SOURCES[plan.source],
        "counted": words.counted(plan.counts),
        "left_out": words.left_out(plan.media, plan.empty),
        "form": None if plan.source == "kindline" else KindForm(),
    }
    status = 409 if instead and not asks_for_part else 200  # scripts put nothing but a 200 on the page
    return page_or_part(request, "takeout/arrival.html", "takeout/part_progress.html", context, status=status)


def _kind(request: PersonRequest) -> str:
    waiting = queries.waiting(request.person)
    return "" if waiting is None or waiting.plan.source == "kindline" else KindForm(request.POST).chosen()


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})
