"""What a device keeps for the time without a connection: a few pages that are the same for everybody.

The service worker fetches them without cookies, so nothing of anybody's can be among them. What such a page shows of
its address, a clock time for one, its own script puts in.
"""

import hashlib
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.http import urlencode

from kindline.ground.page.guises import OWN, Guise

SOURCE = Path(__file__).parents[2]
SUFFIXES = {".py", ".html", ".js", ".css", ".svg", ".mo"}
PAGES = ("moment:moment", "moment:pause", "moment:back", "care:help", "page:kept", "page:offline")
AT_HAND = "at-hand"
HELPLINES = "helplines.toml"  # in the data folder; what an operator changes there reaches every device


def kept_for_later(guise: Guise) -> dict[str, Any]:
    """Return what the service worker has to know: what to keep, under which name, and where the ways out lead."""
    # A page that is shown out of the store knows so by its own words: nobody answered for it.
    asked = urlencode({AT_HAND: "", **({"as": guise.slug} if guise != OWN else {})})
    pages = {path: f"{path}?{asked}" for path in map(reverse, PAGES)}
    stamp = f"{release()} {guise.slug} {settings.EXIT_URL} {_operators_lines()} {pages}"
    return {
        "name": f"shell-{hashlib.sha256(stamp.encode()).hexdigest()[:16]}",
        "pages": pages,
        "offline": reverse("page:offline"),
        "today": reverse("today:today"),
        "icon": guise.icon("192"),
        "static": settings.STATIC_URL,
        "exit": reverse("door:exit"),
        "elsewhere": settings.EXIT_URL,
        "unsaved": reverse("door:unsaved"),
        "share": reverse("door:share"),
    }


def _operators_lines() -> str:
    """Return a digest of the operator's own helplines, empty without any."""
    try:
        return hashlib.sha256((Path(settings.DATA) / HELPLINES).read_bytes()).hexdigest()
    except OSError:
        return ""


@cache
def release() -> str:
    """Return a digest of everything a page is made of: another one means another release."""
    digest = hashlib.sha256()
    for file in sorted(SOURCE.rglob("*")):
        if file.suffix in SUFFIXES and "tests" not in file.parts and "coach" not in file.parts:
            digest.update(str(file.relative_to(SOURCE)).encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()
