"""How it is said until when something rests."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kindline.ground.page.clock_face import clock
from kindline.mine.drafts.rules import days_until


def until_said(moment: datetime, now: datetime, zone: ZoneInfo) -> str:
    """Return a moment as it goes on from "until": "tomorrow, 07:00", after midnight "07:00", else with its date."""
    days = days_until(moment, now, zone)
    if days == 0:
        return clock(moment)
    day = _("tomorrow") if days == 1 else date_format(timezone.localtime(moment, zone), "j F")
    return _("%(day)s, %(clock)s") % {"day": day, "clock": clock(moment)}
