"""What keeps coming up, in words and plots, out of what analysis found. Only about the person who wrote."""

from collections.abc import Sequence
from typing import NamedTuple

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kindline.ground.page.charts import Plot, tally
from kindline.mine.journal import analysis, rules, words
from kindline.mine.journal.analysis import Felt
from kindline.mine.journal.shapes import EntryLine


class Shown(NamedTuple):
    """A plot with the one sentence that says what it shows."""

    said: str
    plot: Plot


class Patterns(NamedTuple):
    """All that keeps coming up."""

    plots: list[Shown]
    said: list[str]
    frictions: int

    @property
    def has_few(self) -> bool:
        """Say whether there are too few frictions to say anything."""
        return self.frictions < analysis.LEAST


def felt(line: EntryLine) -> Felt:
    """Return a line as it counts in analysis."""
    return Felt(timezone.localtime(line.happened_at), line.feelings, line.did, line.need, line.timed)


def patterns(lines: Sequence[EntryLine]) -> Patterns:
    """Return what keeps coming up in a person's entries, given as what happened last first."""
    frictions = [line for line in lines if line.kind == rules.FRICTION]
    if len(frictions) < analysis.LEAST:
        return Patterns([], [], len(frictions))
    lately = [felt(line) for line in frictions[: analysis.LAST_TIMED]]
    last = lately[: analysis.LAST]
    plots = [_feelings(last), _needs(last)]
    said = [_did(last), _time(lately)]
    return Patterns([plot for plot in plots if plot], [one for one in said if one], len(frictions))


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
