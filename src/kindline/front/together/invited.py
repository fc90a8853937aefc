"""Being invited: whoever has a code sees who it is from, and says yes once they are in a place of their own."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from kindline.front.together import carried
from kindline.front.together.forms import CodeForm
from kindline.ground.page.views import get_or_post
from kindline.ground.people import inviting as people
from kindline.ground.people.gate import PersonRequest, public
from kindline.ground.people.refusing import Refused
from kindline.ground.people.trying import NotOpened, take_a_try
from kindline.ground.vault import throttle


@public
@sensitive_post_parameters()
@get_or_post
def invited(request: HttpRequest) -> HttpResponseBase:
    """Ask for the code; show who invites once it is right. Nothing is spent by looking."""
    if "put-down" in request.POST:
        response = HttpResponseRedirect(reverse("door:front"))
        carried.put_down(response)
        return response
    form = CodeForm(request.POST or None)
    if request.method != "POST":
        opened = carried.opened(request)
        return _card(request, opened) if opened else _asked(request, CodeForm())
    if not form.is_valid():
        return _asked(request, form)
    typed = form.cleaned_data["code"]
    try:
        taken = take_a_try(throttle.bucket_by_address(request, "invited", ""))
        people.host_of(typed, timezone.now())
    except (NotOpened, Refused) as closed:
        form.add_error("code", closed.sentence)
        return _asked(request, form, closed.status if isinstance(closed, NotOpened) else 403)
    throttle.give_back(taken)
    response = HttpResponseRedirect(reverse("together:invited"))
    carried.carry(response, typed)
    return response


@require_POST
def accept(request: PersonRequest) -> HttpResponseBase:
    """Say yes to who invites, and go on to the six words."""
    opened = carried.opened(request)
    if opened is None:
        return HttpResponseRedirect(reverse("together:invited"))
    try:
        people.accept(person=request.person, typed=opened.code, now=timezone.now())
    except Refused as refused:
        return _card(request, opened, refused.sentence)
    response = HttpResponseRedirect(reverse("together:same"))
    carried.put_down(response)
    return response


def _asked(request: HttpRequest, form: CodeForm, status: int = 200) -> HttpResponse:
    response = render(request, "together/invited.html", {"form": form}, status=status)
    carried.put_down(response)
    return response


def _card(request: HttpRequest, opened: carried.Opened, refused: str = "") -> HttpResponse:
    context = {"host": opened.host.name, "refused": refused}
    return render(request, "together/invited_by.html", context, status=409 if refused else 200)
