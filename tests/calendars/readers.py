"""Two other programs that read our calendars. Both know no zone but those the calendar itself describes."""

import json
import subprocess
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from io import StringIO
from itertools import chain, takewhile
from pathlib import Path

import icalendar
from dateutil.rrule import rrulestr
from dateutil.tz import tzical

Times = list[tuple[str, datetime, datetime]]  # uid, start, end, ordered by start
Asked = tuple[bytes, datetime, datetime]  # a calendar, from when, until when
FAR = timedelta(days=400)  # nobody in these tests moves one further


def ical_js(asked: Sequence[Asked]) -> list[Times]:
    """Return what ical.js finds in each of these calendars."""
    given = [{"text": text.decode(), "from": start.timestamp(), "to": end.timestamp()} for text, start, end in asked]
    ended = subprocess.run(
        ["node", Path(__file__).with_name("read.mjs")],
        input=json.dumps(given),
        capture_output=True,
        text=True,
        check=True,
    )
    return [
        [(one["uid"], *(datetime.fromtimestamp(one[name], UTC) for name in ("start", "end"))) for one in found]
        for found in json.loads(ended.stdout)
    ]


def dateutil(asked: Sequence[Asked]) -> list[Times]:
    """Return what icalendar reads and dateutil expands, zones included, in each of these calendars."""
    return [_times(icalendar.Calendar.from_ical(text), start, end) for text, start, end in asked]


READERS: dict[str, Callable[[Sequence[Asked]], list[Times]]] = {"ical.js": ical_js, "dateutil": dateutil}


def _times(calendar: icalendar.Calendar, start: datetime, end: datetime) -> Times:
    zones = {
        str(zone["tzid"]): tzical(StringIO(zone.to_ical().decode().replace("\r", ""))).get()
        for zone in calendar.walk("VTIMEZONE")
    }

    def at(value: icalendar.vDDDTypes) -> datetime:
        name = value.params.get("TZID")
        return value.dt.replace(tzinfo=zones[name] if name else UTC)

    entries = calendar.walk("VEVENT")
    moved = {
        (str(one["uid"]), at(one["recurrence-id"]).astimezone(UTC)): one for one in entries if "recurrence-id" in one
    }
    found = []
    for main in (one for one in entries if "recurrence-id" not in one):
        uid, first = str(main["uid"]), at(main["dtstart"])
        by_rule = iter([first])
        if "rrule" in main:
            by_rule = iter(rrulestr(main["rrule"].to_ical().decode(), dtstart=first))
        left_out = {at(one).astimezone(UTC) for one in chain.from_iterable(_lists(main.get("exdate")))}
        for planned in takewhile(lambda one: one < end + FAR, by_rule):
            entry = moved.get((uid, planned.astimezone(UTC)))
            starts = at(entry["dtstart"]).astimezone(UTC) if entry is not None else planned.astimezone(UTC)
            if planned.astimezone(UTC) not in left_out and start <= starts < end:
                found.append((uid, starts, starts + main["duration"].dt))
    return sorted(found, key=lambda one: (one[1], one[0]))


def _lists(value: object) -> list[list[icalendar.vDDDTypes]]:
    """Return EXDATE's values: the library gives None, one list or several; the zone stands at the list."""
    several = value if isinstance(value, list) else [value] if value is not None else []
    for one in several:
        for date in one.dts:
            date.params = one.params
    return [one.dts for one in several]
