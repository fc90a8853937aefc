"""A soft way back in: one sentence, what one would like next, a topic set aside with a time."""

from typing import Any
from uuid import UUID, uuid4

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from kindline.ground.page.forms import read_back
from kindline.ground.page.views import sent_form_id, sent_version
from kindline.ground.people.gate import PersonRequest
from kindline.ground.people.inviting import pair_of
from kindline.ground.people.refusing import Refused
from kindline.ground.vault import unsaved
from kindline.ground.vault.circles import CircleKeys, Closed
from kindline.ground.vault.records import Changed
from kindline.ours.pauses import actions, models, queries, rules, words
from kindline.ours.pauses.forms import SoftForm, tomorrow_evening

CONFLICT = 409


@require_http_methods(["GET", "HEAD", "POST"])
def soft(request: PersonRequest, pause_id: UUID) -> HttpResponse:
    """Welcome the one who returns, and let them say one sentence if they like."""
    pause, circle = queries.own(request.person, pause_id), pair_of(request.person)
    if circle is None or circle.circle != pause.circle_id:
        return HttpResponseRedirect(reverse("moment:back"))
    if pause.ended_at is None:
        return HttpResponseRedirect(reverse("pauses:pauses"))
    if request.method != "POST":
        form_id, left = unsaved.waiting(request.person.keyring, request.path) or (uuid4(), {})
        is_short = rules.welcome(queries.away(pause)) == "short"
        sentence = words.SOONER if is_short else words.HERE
        ready = {"sentence": sentence, "way": rules.TALK, **tomorrow_evening()}
        initial = read_back(SoftForm, left) if left else ready
        return _page(request, circle, pause, SoftForm(initial=initial), form_id, is_left=bool(left))
    form, form_id = SoftForm(request.POST), sent_form_id(request)
    if not form.is_valid():
        return _page(request, circle, pause, form, form_id, status=422)
    return _said(request, circle, pause, form, form_id)


def _said(
    request: PersonRequest, circle: CircleKeys, pause: models.Pause, form: SoftForm, form_id: UUID
) -> HttpResponse:
    said, now = form.cleaned_data, timezone.now()
    try:
        actions.say_on_return(
            circle=circle,
            pause=pause,
            sentence=said["sentence"],
            way=said["way"],
            version=sent_version(request.POST.get("version", "")),
            form_id=form_id,
            aside=actions.Aside(form_id, said["topic"], form.when(request.person.zone))
            if said["way"] == rules.SET_ASIDE
            else None,
            now=now,
        )
    except Closed:
        return _page(request, circle, pause, form, form_id, is_closed=True, status=CONFLICT)
    except Refused as refused:
        form.add_error(None, refused.sentence)
        return _page(request, circle, pause, form, form_id, status=CONFLICT)
    except Changed:
        return _page(request, circle, pause, form, form_id, differs=True, status=CONFLICT)
    return HttpResponseRedirect(f"{reverse('pauses:soft', args=[pause.id])}?asked")


def _page(
    request: PersonRequest,
    circle: CircleKeys,
    pause: models.Pause,
    form: SoftForm,
    form_id: UUID,
    *,
    status: int = 200,
    **says: Any,
) -> HttpResponse:
    found = queries.said(circle, pause.id, circle.me)
    context = {
        "pause": queries.shown(pause, timezone.now()),
        "form": form,
        "form_id": form_id,
        "version": found[0].version if found else 0,
        "said": found[1] if found else None,
        "name": circle.other_name,
        "kept": "kept" in request.GET,
        "asked": bool({"asked", "kept"} & set(request.GET)) or request.method == "POST",
        **says,
    }
    return render(request, "pauses/soft.html", context, status=status)
