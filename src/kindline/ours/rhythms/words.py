"""The words of this room: kinds with their ready sentences, how often in plain words, a check-in's parts."""

from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from django.utils.dates import MONTHS
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from kindline.ground.clock.recurrence import LAST
from kindline.ground.page.clock_face import clock
from kindline.ours.rhythms import rules, shapes
from kindline.ours.rhythms.rules import Timing

Said = str | Promise


class Kind(NamedTuple):
    """A kind of rhythm as it is offered: its name, what it is, and words ready to be kept or changed."""

    name: Said
    says: Said
    title: Said
    purpose: Said = ""
    sentence: Said = ""
    brings: Said = ""


KINDS: dict[str, Kind] = {
    rules.CHECK_IN: Kind(
        gettext_lazy("A check-in"),
        gettext_lazy("Twenty minutes at most: thanks, what went well, one topic, one wish"),
        gettext_lazy("Our check-in"),
        gettext_lazy("To hear how we are before anything has to be said loudly."),
        gettext_lazy("Twenty minutes, and we can stop after any part. You don’t have to prepare anything."),
    ),
    rules.JUST_BECAUSE: Kind(
        gettext_lazy("Just because"),
        gettext_lazy("Ten minutes of something you both like, no topics"),
        gettext_lazy("Just because"),
        gettext_lazy("To enjoy each other, with nothing to settle."),
        gettext_lazy("No talk about us, nothing to get right. Ten minutes, and you may choose what."),
    ),
    rules.CALM_TALK: Kind(
        gettext_lazy("A calm talk"),
        gettext_lazy("After a disagreement, when both can listen again"),
        gettext_lazy("A calm talk"),
        gettext_lazy("To understand what it was like for each of us."),
        gettext_lazy("I’d like to hear your side first. We stop after half an hour, whatever is left."),
    ),
    rules.ARRIVING: Kind(
        gettext_lazy("Arriving and checking in"),
        gettext_lazy("Offered by the one who comes home; nothing is sent or timed"),
        gettext_lazy("A hello before everything else"),
        gettext_lazy("To land with each other before the evening goes on."),
        gettext_lazy("I’m home. One hug, then tell me: how was it, on a scale from rain to sun?"),
    ),
    rules.SMALL_STEPS: Kind(
        gettext_lazy("Small steps back to each other"),
        gettext_lazy("One line; sitting in the same room; ten minutes of talk with an end"),
        gettext_lazy("Small steps"),
        gettext_lazy("To come closer again at a pace that holds."),
        gettext_lazy("I’d like to sit with you for a while. We don’t have to talk yet."),
    ),
    rules.EVENINGS: Kind(
        gettext_lazy("Evenings and sleep"),
        gettext_lazy("A time from which nothing has to be solved"),
        gettext_lazy("Quiet from ten"),
        gettext_lazy("To end the day softly, and to sleep."),
        gettext_lazy("It matters to me, and it keeps until tomorrow."),
    ),
    rules.ALONE: Kind(
        gettext_lazy("Time alone"),
        gettext_lazy("What for, until when, and what you bring back"),
        gettext_lazy("Time to myself"),
        gettext_lazy("To come to rest."),
        gettext_lazy("It isn’t about you. I go so that I can come back gladly."),
        gettext_lazy("An open ear for how your evening was."),
    ),
    rules.OWN: Kind(
        gettext_lazy("Something of your own"),
        gettext_lazy("A walk, a dance, a Sunday soup"),
        "",
    ),
}

# The same for somebody who shares a space with nobody: whoever they live with may know nothing of it.
KINDS_ALONE: dict[str, Kind] = KINDS | {
    rules.CHECK_IN: KINDS[rules.CHECK_IN]._replace(
        title=gettext_lazy("A check-in with myself"),
        purpose=gettext_lazy("To hear how I am before it gets loud in me."),
        sentence="",
    ),
    rules.JUST_BECAUSE: KINDS[rules.JUST_BECAUSE]._replace(
        says=gettext_lazy("Ten minutes of something you like"),
        purpose=gettext_lazy("To enjoy something, with nothing to get done."),
        sentence="",
    ),
    rules.CALM_TALK: KINDS[rules.CALM_TALK]._replace(
        says=gettext_lazy("With somebody you disagreed with, once you can listen again"),
        purpose=gettext_lazy("To hear their side, and to say mine."),
    ),
    rules.ARRIVING: KINDS[rules.ARRIVING]._replace(
        name=gettext_lazy("Arriving"),
        says=gettext_lazy("A few minutes once you are home; nothing is sent or timed"),
        title=gettext_lazy("Arriving at home"),
        purpose=gettext_lazy("To land before the evening goes on."),
        sentence="",
    ),
    rules.SMALL_STEPS: KINDS[rules.SMALL_STEPS]._replace(name=gettext_lazy("Small steps back to somebody")),
}

OFTEN = (
    (rules.WEEKLY, gettext_lazy("every week")),
    (rules.FORTNIGHTLY, gettext_lazy("every other week")),
    (rules.MONTHLY, gettext_lazy("once a month")),
    (rules.ONCE, gettext_lazy("just once")),
    (rules.WHENEVER, gettext_lazy("whenever it comes up")),
)
DAYS = tuple(
    enumerate(
        (
            pgettext_lazy("short", "Mon"),
            pgettext_lazy("short", "Tue"),
            pgettext_lazy("short", "Wed"),
            pgettext_lazy("short", "Thu"),
            pgettext_lazy("short", "Fri"),
            pgettext_lazy("short", "Sat"),
            pgettext_lazy("short", "Sun"),
        )
    )
)
EACH = (
    gettext_lazy("Mondays"),
    gettext_lazy("Tuesdays"),
    gettext_lazy("Wednesdays"),
    gettext_lazy("Thursdays"),
    gettext_lazy("Fridays"),
    gettext_lazy("Saturdays"),
    gettext_lazy("Sundays"),
)
NAMED = (
    gettext_lazy("Monday"),
    gettext_lazy("Tuesday"),
    gettext_lazy("Wednesday"),
    gettext_lazy("Thursday"),
    gettext_lazy("Friday"),
    gettext_lazy("Saturday"),
    gettext_lazy("Sunday"),
)
NTH = {
    1: gettext_lazy("The first %(day)s of the month"),
    2: gettext_lazy("The second %(day)s of the month"),
    3: gettext_lazy("The third %(day)s of the month"),
    4: gettext_lazy("The fourth %(day)s of the month"),
    LAST: gettext_lazy("The last %(day)s of the month"),
}
MARKS = (
    (rules.KEPT, gettext_lazy("kept")),
    (rules.MOVED, gettext_lazy("moved")),
    (rules.NOT_THIS_TIME, gettext_lazy("not this time")),
)
MARKED = dict(MARKS)
WORKDAYS = (0, 1, 2, 3, 4)


class Part(NamedTuple):
    """A part of a check-in: its heading, what to do, what a form for a line asks, how one goes on from it."""

    title: Said
    says: Said
    asks: Said
    on: Said


PARTS: dict[str, Part] = {
    rules.THANKS: Part(
        gettext_lazy("One thanks each"),
        gettext_lazy("Something small and true. More, if they come."),
        gettext_lazy("Thank you for …"),
        gettext_lazy("On to what went well"),
    ),
    rules.WELL: Part(
        gettext_lazy("What went well"),
        gettext_lazy("Between us, or just so. A minute each is plenty."),
        gettext_lazy("What went well"),
        gettext_lazy("On to one topic"),
    ),
    rules.TOPIC: Part(
        gettext_lazy("One topic"),
        gettext_lazy("Only one. One speaks, the other says back what they heard; then in turn. It needn’t be solved."),
        gettext_lazy("What I’d like us to talk about"),
        gettext_lazy("On to one wish"),
    ),
    rules.WISH: Part(
        gettext_lazy("One wish each"),
        gettext_lazy("For the days ahead, small enough to be tried. The other may say no."),
        gettext_lazy("I’d like …"),
        gettext_lazy("Done"),
    ),
}
# The same for somebody who holds one with themself. Nothing is written down then.
PARTS_ALONE: dict[str, Part] = {
    rules.THANKS: PARTS[rules.THANKS]._replace(title=gettext_lazy("One thanks"), asks=""),
    rules.WELL: PARTS[rules.WELL]._replace(says=gettext_lazy("However small it is. A minute is plenty."), asks=""),
    rules.TOPIC: PARTS[rules.TOPIC]._replace(
        says=gettext_lazy("Only one. What is it about for you, and what would help? It needn’t be solved."), asks=""
    ),
    rules.WISH: PARTS[rules.WISH]._replace(
        title=gettext_lazy("One wish"), says=gettext_lazy("For the days ahead, small enough to be tried."), asks=""
    ),
}


def kinds(*, is_alone: bool) -> dict[str, Kind]:
    """Return the kinds of rhythm as they are offered to two, or to somebody alone."""
    return KINDS_ALONE if is_alone else KINDS


def ready(kind: str, *, is_alone: bool) -> dict[str, str]:
    """Return the words that a kind of rhythm begins with, for two or for somebody alone."""
    one, usual = kinds(is_alone=is_alone)[kind], rules.KINDS[kind]
    words = {"title": str(one.title), "purpose": str(one.purpose), "sentence": str(one.sentence)}
    if kind == rules.ALONE:
        back = (datetime.combine(date.min, usual.clock) + timedelta(minutes=usual.minutes)).time()
        words |= {"brings": str(one.brings), "back": _("At %(clock)s, at home.") % {"clock": clock(back)}}
    return words


def when(timing: Timing) -> str:
    """Return in plain words when a rhythm comes round, by the clocks of its own zone."""
    if timing.first is None:
        return _("Whenever it comes up")
    at = {"clock": clock(time(timing.first.hour, timing.first.minute))}
    often = rules.how_often(timing)
    if often == rules.ONCE or timing.recurrence is None:
        day = {"day": timing.first.day, "month": MONTHS[timing.first.month], "weekday": NAMED[timing.first.weekday()]}
        return _("Once, on %(weekday)s %(day)s %(month)s at %(clock)s") % {**at, **day}
    days = timing.recurrence.weekdays or (timing.first.weekday(),)
    if often == rules.MONTHLY:
        nth = NTH.get(timing.recurrence.nth or 0)
        said = str(nth) % {"day": NAMED[days[0]]} if nth else _("Once a month")
    elif often == rules.FORTNIGHTLY:
        said = _("Every other week, %(days)s") % {"days": _listed(days)}
    elif len(days) == len(rules.WEEK):
        said = _("Every day")
    elif days == WORKDAYS:
        said = _("Monday to Friday")
    else:
        said = _listed(days)
    return _("%(days)s at %(clock)s") % {"days": said, **at}


def _listed(days: tuple[int, ...]) -> str:
    said = [str(EACH[day]) for day in days]
    if len(said) == 1:
        return said[0]
    return _("%(days)s and %(last)s") % {"days": ", ".join(said[:-1]), "last": said[-1]}


def said(rhythm: shapes.Rhythm, timing: Timing) -> list[str]:
    """Return all that a rhythm says, line by line: for comparing it with other words."""
    return [words for words in (rhythm.title, when(timing), *shapes.said(rhythm)[2:]) if words]


def lines(rhythm: shapes.Rhythm) -> list[tuple[str, str]]:
    """Return the further lines of a rhythm, each with what it is."""
    said = (
        (_("When I’m back"), rhythm.back),
        (_("What I bring back"), rhythm.brings),
    )
    return [(what, words) for what, words in said if words]
