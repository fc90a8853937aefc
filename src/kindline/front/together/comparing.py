"""Six words that two people read to each other: the same on both screens unless somebody stands between them."""

from django.db import transaction
from django.http import HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from kindline.front.together.gathering import first_waiting
from kindline.ground.page.views import get_or_post, page_or_part
from kindline.ground.people import inviting as people
from kindline.ground.people import renewing
from kindline.ground.people.codes import safety_words
from kindline.ground.people.forms import ConfirmForm
from kindline.ground.people.gate import PersonRequest
from kindline.ground.people.refusing import Refused
from kindline.ground.people.trying import NotOpened, confirm
from kindline.ground.vault import circles
from kindline.ours.agreements import actions as agreements


@get_or_post
def same(request: PersonRequest) -> HttpResponseBase:
    """Show the six words; the host says first that they are the same, with the passphrase, and then the guest."""
    person = request.person
    comparison = people.comparing(person)
    if request.method == "POST" and comparison is None and not people.pair_of(person):
        return render(request, "together/over.html", status=409)
    if comparison is None:
        return _elsewhere(request)
    if people.is_host(person):
        return _host(request, comparison)
    return _guest(request, comparison)


@require_POST
def differ(request: PersonRequest) -> HttpResponseBase:
    """Stop: the words were not the same, or somebody thought again. No key goes anywhere."""
    comparison = people.comparing(request.person)
    people.stop(person=request.person, now=timezone.now())
    return render(request, "together/differ.html", {"name": comparison.name if comparison else ""})


@get_or_post
def again(request: PersonRequest) -> HttpResponseBase:
    """Show the six words of an open circle once more; the other's new keys are believed once they are the same."""
    circle = people.pair_of(request.person)
    if circle is None:
        return HttpResponseRedirect(reverse("together:together"))
    new, refused = renewing.renewed(circle), ""
    if request.method == "POST":
        try:
            if new:
                with transaction.atomic():
                    # What was said with the former keys counts from now on as far as it is known.
                    agreements.pin_everything(person=request.person, now=timezone.now())
                    renewing.believe(circle=circle, compared=request.POST.get("compared", ""))
            return HttpResponseRedirect(reverse("together:together"))
        except Refused as why:
            refused, new = why.sentence, renewing.renewed(circle)
    other = new or circle.others[0]
    words = safety_words(circles.known(request.person.keyring, request.person.name), other)
    context = {"name": circle.other_name, "words": words, "refused": refused}
    context["compared"] = renewing.mark_of(new) if new else ""
    return render(request, "together/compare.html", context, status=409 if refused else 200)


def _elsewhere(request: PersonRequest) -> HttpResponseBase:
    """Lead to Together; a page that asks by itself goes there whole, when the other has stopped meanwhile."""
    there = reverse("together:together")
    if request.htmx:  # type: ignore[attr-defined] # set by its middleware
        return HttpResponse(headers={"HX-Redirect": there})
    return HttpResponseRedirect(there)


def _host(request: PersonRequest, comparison: people.Comparing) -> HttpResponseBase:
    if comparison.is_given:
        return HttpResponseRedirect(reverse("together:together"))
    form = ConfirmForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            confirm(request, request.person.name, form.cleaned_data["passphrase"])
            people.give_key(person=request.person)
        except NotOpened as closed:
            form.add_error("passphrase", closed.sentence)
        except Refused as refused:
            form.add_error(None, refused.sentence)
        else:
            return HttpResponseRedirect(reverse("together:together"))
    return render(request, "together/same.html", {"now": comparison, "form": form})


def _guest(request: PersonRequest, comparison: people.Comparing) -> HttpResponseBase:
    refused = ""
    if request.method == "POST":
        try:
            people.take_key(person=request.person)
        except Refused as why:
            refused = why.sentence
        else:
            return HttpResponseRedirect(first_waiting(request.person) or reverse("together:together"))
    context = {"now": comparison, "refused": refused, "watches": not comparison.is_given}
    status = 409 if refused else 200
    return page_or_part(request, "together/same.html", "together/part_turn.html", context, status=status)
