"""Look back in words and plots, out of what analysis found. Only about the person who wrote."""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any, NamedTuple

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kindline.ground.page.charts import Plot, dots_over_time, tally
from kindline.mine.journal import analysis, rules, words
from kindline.mine.journal.analysis import Felt, Span
from kindline.mine.journal.shapes import EntryLine

TICKS = 5


class Shown(NamedTuple):
    """A plot with the one sentence that says what it shows, and a quiet line below it."""

    said: str
    plot: Plot
    more: str = ""


class Patterns(NamedTuple):
    """All of Look back."""

    plots: list[Shown]
    said: list[str]
    frictions: int
    good: int
    compares: bool = False

    @property
    def has_few(self) -> bool:
        """Say whether there are too few frictions to say anything."""
        return self.frictions < analysis.LEAST


def felt(line: EntryLine) -> Felt:
    """Return a line as it counts in analysis."""
    return Felt(timezone.localtime(line.happened_at), line.feelings, line.did, line.need)


def patterns(lines: Sequence[EntryLine], chosen: str, today: date) -> Patterns:
    """Return what shows in a person's entries, given as what happened last first, over a range."""
    frictions = [line for line in lines if line.kind == rules.FRICTION]
    first = timezone.localdate(frictions[-1].happened_at) if frictions else today
    unit, stretches = analysis.spans(chosen, today, first)
    start = timezone.make_aware(datetime.combine(stretches[0].start, time.min))
    # Only what is drawn is turned into local time: with years of entries that is what takes long.
    shown = analysis.within((felt(line) for line in frictions if line.happened_at >= start), stretches)
    good = sum(line.kind == rules.GOOD and line.happened_at >= start for line in lines)
    last = [felt(line) for line in frictions[: analysis.LAST]]
    if len(last) < analysis.LEAST:
        return Patterns([], [], len(frictions), good)
    compares = analysis.can_compare(shown)
    plots = [_loudness(shown, unit, stretches) if compares else None, _feelings(last), _needs(last)]
    said = [_did(last), _time(shown) if compares else ""]
    return Patterns([plot for plot in plots if plot], [one for one in said if one], len(frictions), good, compares)


def _loudness(frictions: list[Felt], unit: str, stretches: list[Span]) -> Shown | None:
    levels = analysis.loudness(frictions, stretches)
    drawn = [level for level in levels if level is not None]
    if not drawn:
        return None
    said = {
        "quieter": _("Frictions felt less loud lately than before."),
        "louder": _("Frictions felt louder lately than before."),
        "same": _("Frictions felt about as loud as before."),
    }.get(analysis.change(frictions), _("How loud frictions felt."))
    names = [_span_name(unit, span) for span in stretches]
    empty = len(levels) - len(drawn)
    plot = dots_over_time(
        list(zip(names, levels, strict=True)),
        title=_("How loud the strongest feeling was, 1 a little to 3 very"),
        levels=[str(words.LOUDNESS[depth]) for depth in (1, 2, 3)],
        ticks=_ticks(unit, stretches),
        head=(_("When"), _("How loud, 1 to 3")),
        nothing=_("nothing marked"),
    )
    return Shown(said, plot, _("Where there is no dot, nothing was marked.") if empty else "")


def _feelings(last: list[Felt]) -> Shown | None:
    found = analysis.came_up(one.feelings for one in last)
    if not found:
        return None
    rows = [(str(words.FEELINGS.get(name, name)), times, len(last)) for name, times in found]
    return _tally(rows, _("What you felt"), _("Feeling"))


def _needs(last: list[Felt]) -> Shown | None:
    looked = [one for one in last if one.need]
    found = analysis.came_up((one.need,) for one in looked)
    if not found:
        return None
    rows = [(str(words.NEEDS.get(name, name)), times, len(looked)) for name, times in found]
    return _tally(rows, _("What you needed"), _("Need"))


def _tally(rows: list[tuple[str, int, int]], title: str, head: str) -> Shown:
    name, times, total = rows[0]
    said = ngettext(
        "%(name)s came up in the one you looked at.", "%(name)s came up in %(times)s of the last %(total)s.", total
    ) % {"name": name[:1].upper() + name[1:], "times": times, "total": total}
    plot = tally(rows, title=title, head=(head, _("Times"), _("Out of")))
    return Shown(said, plot)


def _did(last: list[Felt]) -> str:
    found = analysis.came_up((one.did for one in last), most=1)
    if not found or found[0][1] < analysis.LEAST - 1:
        return ""
    said: dict[str, str] = {
        "closer": _("You moved closer, or wanted to, in %(times)s of the last %(total)s."),
        "protest": _("You protested, or wanted to, in %(times)s of the last %(total)s."),
        "quiet": _("You went quiet, or wanted to, in %(times)s of the last %(total)s."),
        "freeze": _("You froze, or nearly did, in %(times)s of the last %(total)s."),
        "present": _("You stayed present, or wanted to, in %(times)s of the last %(total)s."),
    }
    name, times = found[0]
    return said[name] % {"times": times, "total": len(last)} if name in said else ""


def _time(frictions: list[Felt]) -> str:
    return {
        "morning": _("Most often it was in the morning."),
        "afternoon": _("Most often it was in the afternoon."),
        "evening": _("Most often it was in the evening."),
        "night": _("Most often it was at night."),
    }.get(analysis.time_of_day(frictions), "")


def _span_name(unit: str, span: Span) -> str:
    names: dict[str, Any] = {
        analysis.WEEK: lambda: _("Week of %(day)s") % {"day": date_format(span.start, "j M")},
        analysis.MONTH: lambda: date_format(span.start, "F Y"),
        analysis.QUARTER: lambda: _("Three months from %(month)s") % {"month": date_format(span.start, "M Y")},
        analysis.YEAR: lambda: date_format(span.start, "Y"),
    }
    return str(names[unit]())


def _ticks(unit: str, stretches: list[Span]) -> list[tuple[int, str]]:
    """Name a stretch where the name changes, with room between the names."""
    few = len(stretches) <= TICKS
    form = {analysis.WEEK: "j M" if few else "M", analysis.MONTH: "M"}.get(unit, "Y")
    ticks: list[tuple[int, str]] = []
    for at, span in enumerate(stretches):
        name = date_format(span.start, form)
        room = -(-len(stretches) // TICKS)
        if not ticks or (name != ticks[-1][1] and at - ticks[-1][0] >= room):
            ticks.append((at, name))
    return ticks
