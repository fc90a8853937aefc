"""Under which name and icon Kindline stands on a device: its own, or one of a few that say nothing about it.

The choice is the device's, not a person's: a cookie without content, so that a locked page shows the same name.
"""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy

AGE = 400 * 24 * 3600  # seconds; the longest a browser keeps a cookie
PAPER, NIGHT = "#f8f3e9", "#171411"  # --paper in both themes; a manifest and the browser's own bar read no style sheet
SIZES = ((192, "any"), (512, "any"), (512, "maskable"))


@dataclass(frozen=True)
class Guise:
    """One name with its icon, and what the shortcut to a moment is called there."""

    slug: str
    name: Any  # translated when it is shown
    moment: Any

    @property
    def drawing(self) -> str:
        """Return the address of the icon as a drawing."""
        return static(f"page/guises/{self.slug}.svg")

    def icon(self, size: str) -> str:
        """Return the address of the icon in one of its sizes: "192", "512", "maskable" or "touch"."""
        return static(f"page/guises/{self.slug}-{size}.png")


OWN = Guise("kindline", "Kindline", gettext_lazy("I need a moment"))
GUISES = (
    OWN,
    Guise("notes", gettext_lazy("Notes"), gettext_lazy("A moment")),
    Guise("lines", gettext_lazy("Lines"), gettext_lazy("A moment")),
    Guise("evening", gettext_lazy("Evening"), gettext_lazy("A moment")),
)
BY_SLUG = {guise.slug: guise for guise in GUISES}


def guise_of(request: HttpRequest | None) -> Guise:
    """Return the guise of the device that asks; `?as=` names one for a page that is fetched without cookies."""
    if request is None:
        return OWN
    named = request.GET.get("as") or request.COOKIES.get(settings.GUISE_COOKIE, "")
    return BY_SLUG.get(named, OWN)


def put_on(response: HttpResponseBase, guise: Guise) -> None:
    """Let the device show Kindline under this name and icon from now on."""
    response.set_cookie(
        settings.GUISE_COOKIE, guise.slug, max_age=AGE, secure=settings.SECURE, httponly=True, samesite="Lax"
    )


def manifest(guise: Guise) -> dict[str, Any]:
    """Return what a browser asks for to install the app under this guise."""
    icons = [
        {
            "src": guise.icon("maskable" if purpose == "maskable" else str(size)),
            "sizes": f"{size}x{size}",
            "type": "image/png",
            "purpose": purpose,
        }
        for size, purpose in SIZES
    ]
    return {
        # An id of its own for each: who installed one is never offered another's name for it.
        "id": f"/?{guise.slug}",
        "name": str(guise.name),
        "short_name": str(guise.name),
        "start_url": reverse("today:today"),
        "scope": "/",
        "display": "standalone",
        "background_color": PAPER,
        "theme_color": PAPER,
        "icons": icons,
        "shortcuts": [{"name": str(guise.moment), "url": reverse("moment:moment"), "icons": icons[:1]}],
        "share_target": {
            "action": reverse("door:share"),
            "method": "POST",
            "enctype": "application/x-www-form-urlencoded",
            "params": {"title": "title", "text": "text", "url": "url"},
        },
        "lang": get_language(),
    }
