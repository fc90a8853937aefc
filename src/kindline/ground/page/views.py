"""What views share: one answer for two askers (a page for a browser, a part of it for htmx), what a form came with."""

import re
from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_http_methods

get_or_post = require_http_methods(["GET", "HEAD", "POST"])  # a page with a form: shown, and sent


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


def sent_form_id(request: HttpRequest) -> UUID:
    """Return the id that a form came with, or a new one."""
    try:
        return UUID(request.POST.get("form_id", ""))
    except ValueError:
        return uuid4()


def sent_version(text: str) -> int:
    """Return the version that a form was written over, or 0, which is no record's."""
    return int(text) if re.fullmatch(r"[0-9]{1,9}", text) else 0
