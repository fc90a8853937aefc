"""Deleting all that was written, while the place itself stays."""

from django.http import HttpResponseBase
from django.shortcuts import render

from kindline.front.takeout import actions as takeout
from kindline.ground.page.views import get_or_post
from kindline.ground.people.forms import ConfirmForm
from kindline.ground.people.gate import PersonRequest
from kindline.ground.people.trying import NotOpened, confirm


@get_or_post
def empty(request: PersonRequest) -> HttpResponseBase:
    """Delete everything this person wrote, for good, once they retyped their passphrase."""
    form = ConfirmForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            confirm(request, request.person.name, form.cleaned_data["passphrase"])
        except NotOpened as closed:
            form.add_error("passphrase", closed.sentence)
        else:
            takeout.delete_everything(person=request.person)
            return render(request, "door/emptied.html")
    return render(request, "door/empty.html", {"form": form})
