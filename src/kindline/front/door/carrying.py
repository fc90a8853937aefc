"""A form that met the lock: its fields ride along through unlocking, and then it goes on as if nothing had been."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase, QueryDict
from django.urls import resolve

from kindline.ground.page.clock_face import clock_face

PREFIX = "carried."
TARGET = "carried-to"
FILE = "carried-file"  # one was there: it is on its device still, and is chosen once more
# Open to everybody, unless the operator said otherwise: then its words meet the lock like any other's.
ALSO_GOES_ON = ("door:share",)
# A passphrase, in whichever room, is typed anew: it never stands in a page, not even in one that carries all else.
OWN_FIELDS = ("csrfmiddlewaretoken", "passphrase")
# At the door this goes for everything that opens a place.
SECRETS = ("passphrase", "own", "offered", "code", "last_group", "confirmed", "credential", "key")


def interrupted_fields(request: HttpRequest) -> list[tuple[str, str]]:
    """Return the hidden fields that carry an interrupted form through the unlock page."""
    fields = [(TARGET, request.get_full_path())]
    match = request.resolver_match
    left_out = OWN_FIELDS + SECRETS if match is not None and match.app_name == "door" else OWN_FIELDS
    for name, values in request.POST.lists():
        if name not in left_out:
            fields.extend((PREFIX + name, value) for value in values)
    return [*fields, (FILE, "yes")] if request.FILES else fields


def carried_fields(request: HttpRequest) -> list[tuple[str, str]]:
    """Return the hidden fields of an unlock form that carries something, to show them again after a wrong try."""
    return [
        (name, value)
        for name, values in request.POST.lists()
        if name in {TARGET, FILE} or name.startswith(PREFIX)
        for value in values
    ]


def go_on(request: HttpRequest) -> HttpResponseBase | None:
    """Answer the interrupted form now that its person is here, or return None when none was carried."""
    target = request.POST.get(TARGET, "")
    if not target:
        return None
    path, _, query = target.partition("?")
    match = resolve(path)
    if getattr(match.func, "public", False) and match.view_name not in ALSO_GOES_ON:
        raise Http404
    fields = QueryDict(mutable=True)
    for name, values in request.POST.lists():
        if name.startswith(PREFIX):
            fields.setlist(name.removeprefix(PREFIX), values)
    carried: Any = request
    carried.POST, carried.GET = fields, QueryDict(query)
    carried.path = carried.path_info = path
    carried.resolver_match = match
    with clock_face(carried.person.hours):
        answer: HttpResponseBase = match.func(carried, *match.args, **match.kwargs)
    return answer
