"""What a device asks for to install Kindline and to keep it at hand without a connection. Nothing here is anybody's."""

import json

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.views.decorators.http import require_safe

from kindline.ground.page.guises import BY_SLUG, guise_of, manifest
from kindline.ground.page.marks import background, public
from kindline.ground.page.shell import kept_for_later


@public
@background
@require_safe
def app_manifest(request: HttpRequest, guise: str) -> HttpResponse:
    """Say under which name and icon a browser installs this app."""
    if guise not in BY_SLUG:
        raise Http404
    content = json.dumps(manifest(BY_SLUG[guise]), ensure_ascii=False)
    return HttpResponse(content, content_type="application/manifest+json")


@public
@background
@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """Hand out the service worker: what to keep, and the script that does it. Never cached, so a release is noticed."""
    keep = json.dumps(kept_for_later(guise_of(request)))
    script = f"self.KEEP = {keep};\nimportScripts({json.dumps(static('page/worker.js'))});\n"
    return HttpResponse(script, content_type="text/javascript")


@public
@require_safe
def kept(request: HttpRequest) -> HttpResponse:
    """Show what this device keeps; a script reads it from the browser's own storage."""
    return render(request, "page/kept.html")


@public
@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    """Be there when nothing else is: the service worker shows this page while there is no connection."""
    return render(request, "page/offline.html")
