"""One answer for two askers: a whole page for a browser, a part of it for htmx."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers


def page_or_part(
    request: HttpRequest, page: str, part: str, context: Mapping[str, Any], *, status: int = 200
) -> HttpResponse:
    """Render `part` when htmx asks for a piece of a page, otherwise the whole `page`, both from the same context."""
    asks_for_part = "HX-Request" in request.headers and "HX-Boosted" not in request.headers
    restores_history = "HX-History-Restore-Request" in request.headers
    template = part if asks_for_part and not restores_history else page
    response = render(request, template, dict(context), status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response
