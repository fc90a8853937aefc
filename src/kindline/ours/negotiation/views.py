"""When two need different things: what there is, naming a topic, and a sheet of paper for the same talk."""

from uuid import UUID, uuid4

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kindline.ground.page.forms import read_back
from kindline.ground.page.views import get_or_post, sent_form_id
from kindline.ground.people.gate import PersonRequest
from kindline.ground.people.inviting import pair_of
from kindline.ground.vault import unsaved
from kindline.ours.negotiation import actions, queries, rules
from kindline.ours.negotiation.actions import Changed, Closed, Refused
from kindline.ours.negotiation.forms import TopicForm


@require_safe
def talks(request: PersonRequest) -> HttpResponse:
    """Show the talk two are at, the ways to hold one, and those before."""
    circle = pair_of(request.person)
    found = queries.talks(request.person)
    open_talk = next((one for one in found if one.state in ("yours", "theirs")), None)
    context = {
        "circle": circle,
        "name": circle.other_name if circle else "",
        "open": open_talk,
        "before": [one for one in found if one is not open_talk],
        "phones": queries.on_one_phone(request.person),
    }
    return render(request, "negotiation/list.html", context)


@get_or_post
def new(request: PersonRequest) -> HttpResponse:
    """Name what one would like to talk about."""
    if request.method != "POST":
        form_id, fields = unsaved.waiting(request.person.keyring, request.path) or (uuid4(), {})
        return _new(request, TopicForm(initial=read_back(TopicForm, fields) if fields else None), form_id)
    form, form_id = TopicForm(request.POST), sent_form_id(request)
    if not form.is_valid():
        return _new(request, form, form_id, status=422)
    topic = " ".join(form.cleaned_data["topic"].split())
    try:
        actions.begin(person=request.person, talk_id=form_id, topic=topic, now=timezone.now())
    except Changed:
        form.add_error(None, _("This was sent before with other words. Yours are still here; nothing is lost."))
        return _new(request, form, uuid4(), status=409)
    except Refused as refused:
        form.add_error(None, refused.sentence)
        return _new(request, form, form_id, status=409)
    except Closed:
        form.add_error(None, _("This shared space is closed. Your words are still here."))
        return _new(request, form, form_id, status=409)
    return HttpResponseRedirect(reverse("negotiation:talk", args=[form_id]))


@require_safe
def paper(request: PersonRequest) -> HttpResponse:
    """Show a sheet to print, with empty lines, for the same talk by hand."""
    circle = pair_of(request.person)
    name = circle.other_name if circle else ""
    return render(request, "negotiation/paper.html", {"name": name, "lines": range(rules.MOST_OPTIONS)})


@require_POST
def let_go(request: PersonRequest) -> HttpResponse:
    """Let words go that were typed and not given, because their person said so."""
    actions.let_go(person=request.person, form_id=sent_form_id(request), now=timezone.now())
    return HttpResponseRedirect(reverse("negotiation:list"))


def _new(request: PersonRequest, form: TopicForm, form_id: UUID, *, status: int = 200) -> HttpResponse:
    circle = pair_of(request.person)
    context = {
        "form": form,
        "form_id": form_id,
        "circle": circle,
        "name": circle.other_name if circle else "",
        "open": queries.open_talk(request.person),
    }
    return render(request, "negotiation/new.html", context, status=status)
