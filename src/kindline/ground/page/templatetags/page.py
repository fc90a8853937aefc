"""The tags every page uses: icons, the sign, the wide bridge, the bar of rooms, the way out."""

from datetime import datetime, time
from typing import Any

from django import template
from django.conf import settings
from django.templatetags.static import static
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from kindline.ground.page import clock_face
from kindline.ground.page.guises import NIGHT, PAPER, guise_of

register = template.Library()

SIGN = "M2 18h4.5c1.8 0 2.9-.7 4.2-1.9C14.2 12.9 18.8 10.5 24 10.5s9.8 2.4 13.3 5.6c1.3 1.2 2.4 1.9 4.2 1.9H46"
RIVER = "M0 52H822c18 0 28-6 41-15 29-19 61-30 97-30s68 11 97 30c13 9 23 15 41 15H1920"

# Where the bar leads: the address's name, the icon, the word. A place whose room is not built in is left out.
BAR = (
    ("today:today", "today", _("Today")),
    ("journal:write", "write", _("Write")),
    ("drafts:list", "say", _("Say")),
    ("together:together", "together", _("Together")),
    ("growth:growth", "back", _("Look back")),
)
# For somebody alone that place holds what they have with themself.
ALONE = {"together:together": _("For me")}
# What somebody who came by invitation has at the thumb until they want more.
ESSENTIALS = ("today:today", "together:together")
# Pages that belong to another place of the bar than their room does.
ELSEWHERE = {"journal:patterns": "growth:growth"}
# Rooms that stand behind a place of the bar.
BEHIND = dict.fromkeys(("agreements", "rhythms", "pauses", "thanks", "negotiation", "calendar"), "together")


@register.filter
def clock(when: datetime | time | None) -> str:
    """Write a clock time the way the person who is asking reads it."""
    return clock_face.clock(when) if when else ""


@register.simple_tag
def icon(name: str) -> SafeString:
    """Draw one icon of the set; it never speaks alone, so it is hidden from screen readers."""
    return format_html(
        '<svg class="icon" aria-hidden="true"><use href="{}#{}"/></svg>',
        static("page/icons.svg"),
        name,
    )


@register.simple_tag
def sign(*, draw: bool = False) -> SafeString:
    """Draw the sign, one line that rises into a bridge; with `draw` it draws itself once."""
    return format_html(
        '<svg class="sign{}" viewBox="0 0 48 24" aria-hidden="true"><path pathLength="1" d="{}"/></svg>',
        " draw" if draw else "",
        SIGN,
    )


@register.simple_tag
def river() -> SafeString:
    """Draw the wide bridge, from edge to edge of the page."""
    return format_html(
        '<div class="river" aria-hidden="true"><svg class="draw" viewBox="0 0 1920 64" '
        'preserveAspectRatio="xMidYMid slice"><path pathLength="1" stroke-width="2.5" d="{}"/></svg></div>',
        RIVER,
    )


@register.simple_tag(takes_context=True)
def app_name(context: dict[str, Any]) -> str:
    """Give the name under which this device shows the app."""
    return str(guise_of(context.get("request")).name)


@register.inclusion_tag("page/part_guise.html", takes_context=True)
def guise(context: dict[str, Any]) -> dict[str, Any]:
    """Link the manifest and icons of this device's guise, and colour the browser's own bar like the paper."""
    request = context.get("request")
    theme = getattr(getattr(request, "person", None), "theme", "")
    return {"guise": guise_of(request), "theme": theme, "paper": PAPER, "night": NIGHT}


@register.simple_tag
def exit_address() -> str:
    """Give the harmless site that the way out leads to."""
    return str(settings.EXIT_URL)


@register.inclusion_tag("page/part_bar.html", takes_context=True)
def bar(context: dict[str, Any]) -> dict[str, Any]:
    """List the places at the thumb and say which of them this page belongs to."""
    request = context.get("request")
    match = getattr(request, "resolver_match", None)
    person = getattr(request, "person", None)
    few = person is not None and person.essentials
    alone = ALONE if person is not None and person.is_alone else {}
    places: list[dict[str, str]] = []
    for name, drawing, general in BAR:
        word = alone.get(name, general)
        if few and name not in ESSENTIALS:
            continue
        try:
            places.append({"url": reverse(name), "icon": drawing, "word": str(word), "name": name})
        except NoReverseMatch:
            continue
    here = _place_of(match.view_name, [place["name"] for place in places]) if match else ""
    return {"places": [{**place, "here": place["name"] == here} for place in places]}


def _place_of(view_name: str, names: list[str]) -> str:
    """Find the bar's place for a view: its own name first, else the first place of the same room."""
    view_name = ELSEWHERE.get(view_name, view_name)
    if view_name in names:
        return view_name
    room = view_name.partition(":")[0]
    room = BEHIND.get(room, room)
    return next((name for name in names if name.partition(":")[0] == room), "")
