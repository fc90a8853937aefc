"""What a device keeps for the time without a connection: a few pages that are the same for everybody.

The service worker fetches them without cookies, so nothing of anybody's can be among them.
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
# Which pages, and with which questions in the address: a page that shows a clock time has a form of its own.
PAGES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("moment:moment", ()),
    ("moment:pause", ("from", "back")),
    ("moment:pause", ()),
    ("moment:back", ("back",)),
    ("moment:back", ()),
    ("page:kept", ()),
    ("page:offline", ()),
)
MIDNIGHT = "00:00"  # stands in for a clock time; the page's script puts the one of the address in its place


def kept_for_later(guise: Guise) -> dict[str, Any]:
    """Return what the service worker has to know: what to keep, under which name, and where the ways out lead."""
    pages = [_page(name, questions, guise) for name, questions in PAGES]
    stamp = f"{release()} {guise.slug} {settings.EXIT_URL} {pages}"
    return {
        "name": f"shell-{hashlib.sha256(stamp.encode()).hexdigest()[:16]}",
        "pages": pages,
        "offline": reverse("page:offline"),
        "static": settings.STATIC_URL,
        "exit": reverse("door:exit"),
        "elsewhere": settings.EXIT_URL,
    }


def _page(name: str, questions: tuple[str, ...], guise: Guise) -> dict[str, Any]:
    asked = dict.fromkeys(questions, MIDNIGHT) | ({"as": guise.slug} if guise != OWN else {})
    path = reverse(name)
    return {"path": path, "asked": list(questions), "fetch": f"{path}?{urlencode(asked)}" if asked else path}


@cache
def release() -> str:
    """Return a digest of everything a page is made of: another one means another release."""
    digest = hashlib.sha256()
    for file in sorted(SOURCE.rglob("*")):
        if file.suffix in SUFFIXES and "tests" not in file.parts and "coach" not in file.parts:
            digest.update(str(file.relative_to(SOURCE)).encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()
