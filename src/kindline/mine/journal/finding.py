"""Finding what one wrote: the list by month, filters, and search."""

from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from kindline.ground.page.views import get_or_post
from kindline.ground.people.gate import PersonRequest
from kindline.mine.journal import queries
from kindline.mine.journal.forms import FilterForm, SearchForm

A_PAGE = 30


@require_safe
def entries(request: PersonRequest) -> HttpResponse:
    """List what one wrote, by month, thirty a page; only stored choices filter by address, never somebody's words."""
    lines = queries.lines(request.person)
    filters = FilterForm(request.GET)
    shown = filters.chosen(lines)
    page = Paginator(shown, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "filters": filters,
        "filtered": filters.query(),
        "search": SearchForm(),
        "is_empty": not lines,
    }
    return render(request, "journal/list.html", context)


@get_or_post
def search(request: PersonRequest) -> HttpResponse:
    """Search in everything one wrote. By post alone: what somebody looks for is as private as what they wrote."""
    if request.method != "POST":
        return HttpResponseRedirect(reverse("journal:list"))
    form = SearchForm(request.POST)
    found = queries.search(request.person, form.cleaned_data["asked"]) if form.is_valid() else []
    page = Paginator(found, A_PAGE).get_page(request.POST.get("page"))
    return render(request, "journal/search.html", {"search": form, "page": page})
