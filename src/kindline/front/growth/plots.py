"""Looking back in plots, each with its plain sentence; or, where there is too little, in words with what there is."""

from collections.abc import Sequence
from typing import NamedTuple

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kindline.front.growth import rules, words
from kindline.front.growth.gathering import Felt, Said, Stretches
from kindline.front.growth.rules import Reach, Settled
from kindline.ground.page.charts import Plot, before_after
from kindline.ground.page.courses import STACK_HIGH, Level, levels_over_time, rows_over_time, stacks_over_time
from kindline.mine.needs.queries import NEEDS

FEW_NAMED = 4  # days that are told one by one while there are too few for a plot


class Shown(NamedTuple):
    """One thing to look at: its sentence, and a plot unless there is too little for one; where it leads, and how."""

    name: str
    said: str
    plot: Plot | None = None
    more: str = ""
    leads: str = ""  # the name of an address
    leads_said: str = ""
    leads_with: str = ""  # what follows the address
    has_key: bool = False  # whether open and full dots mean before and after


def loudness(felt: Felt) -> Shown | None:
    """Show how heavy frictions felt."""
    course = rules.reaches(rules.sorted_into(felt.stretches.spans, felt.loud))
    if not rules.can_draw(course):
        return _few_loud(felt)
    said = {
        "down": _("Frictions felt lighter lately than before."),
        "up": _("Frictions felt heavier lately than before."),
        "same": _("No clear change in how heavy frictions felt."),
    }.get(
        rules.change([loud for _day, loud in felt.loud]),
        _("How heavy frictions felt. Too few to say whether it changes."),
    )
    plot = levels_over_time(
        _levels(felt.stretches, course),
        title=_("How strong the strongest feeling was"),
        levels=[str(word) for word in words.LOUD],
        ticks=words.ticks(felt.stretches),
        head=(words.when(felt.stretches), _("In the middle"), _("Usually"), _("How many")),
    )
    more = [_("A bar reaches as far as was usual; an open dot is a single time.")]
    if None in course:
        more.append(_("Where nothing stands, nothing was marked."))
    return Shown("loud", said, plot, " ".join(more))


def _few_loud(felt: Felt) -> Shown | None:
    if felt.loud:
        told = [
            _("%(loud)s on %(day)s") % {"loud": words.LOUD[loud - 1], "day": date_format(day, "j F")}
            for day, loud in felt.loud[-FEW_NAMED:]
        ]
        said = _("Too little to say yet how heavy frictions felt.")
        return Shown("loud", said, more=_sentence(words.days_said(told)))
    if felt.unmarked:
        more = _("Mark a feeling or two when you write, and it shows here.")
        return Shown("loud", _("Nothing yet on how heavy frictions felt."), more=more)
    return None


def calm(felt: Felt) -> Shown | None:
    """Show what somebody turned to when stirred up, before and after."""
    practices = rules.settled(felt.tried)
    if not practices:
        if not felt.tried:
            return None
        names = words.days_said(sorted({one.name for one in felt.tried}))
        more = _("So far: %(names)s.") % {"names": names}
        return Shown("calm", _("Too little to say yet what calms you."), more=more)
    plot = before_after(
        [(one.name, one.times, round(one.before, 1), round(one.after, 1)) for one in practices],
        title=_("How stirred up you were before and after, 1 calm to 5"),
        low=_("calm"),
        high=_("stirred up"),
        head=(_("What"), _("Times"), _("Before"), _("After")),
        least=1,
        most=5,
    )
    more = _("A hard evening asks for something other than a mild one.")
    return Shown("calm", _calm_said(practices), plot, more, "calm:helps", _("What helps you"), has_key=True)


def _calm_said(practices: Sequence[Settled]) -> str:
    deepest, often = rules.settles_most(practices), rules.reached_for_most(practices)
    names = {"deepest": deepest, "often": often}
    if deepest and deepest == often:
        return _("%(deepest)s: what you reach for most, and what settles you most.") % names
    if deepest and often:
        return _("%(deepest)s: what settles you most. %(often)s: what you reach for.") % names
    if deepest:
        return _("%(deepest)s: what settles you most.") % names
    if often:
        return _("%(often)s: what you reach for when you are stirred up.") % names
    return _("What you turned to, before and after.")


def good(felt: Felt) -> Shown | None:
    """Show the good moments that were kept."""
    if not felt.good:
        return None
    kept = len(felt.good)
    said = ngettext("You kept one good moment.", "You kept %(kept)s good moments.", kept) % {"kept": kept}
    there = [len(one) for one in rules.sorted_into(felt.stretches.spans, felt.good)]
    one_dot = rules.dot_stands_for(max(there), STACK_HIGH)
    plot = stacks_over_time(
        [(name, number, 0) for name, number in zip(words.span_names(felt.stretches), there, strict=True)],
        title=_("Good moments"),
        ticks=words.ticks(felt.stretches),
        head=(words.when(felt.stretches), _("Good moments")),
        stands_for=one_dot,
    )
    drawn = plot if kept >= rules.LEAST_DRAWN else None
    return Shown("good", said, drawn, _stands_for(one_dot), "journal:list", _("Read them"), leads_with="?kind=good")


def met(said: Said) -> Shown | None:
    """Show how far needs were met."""
    if not said.met:
        return None
    leads = ("needs:checks", _("Each time you looked"))
    sorted_checks = rules.sorted_into(said.stretches.spans, said.met)
    courses = {
        need: rules.reaches([one[need] for one in checks if need in one] for checks in sorted_checks) for need in NEEDS
    }
    told = {need: course for need, course in courses.items() if rules.can_draw(course)}
    if not told:
        return Shown("met", _("Too little to say yet how far your needs were met."), None, "", *leads)
    plot = rows_over_time(
        [(str(NEEDS[need]), [reach.middle if reach else None for reach in course]) for need, course in told.items()],
        title=_("How far your needs were met"),
        whens=words.span_names(said.stretches),
        levels=[str(word) for word in words.MET],
        ticks=words.ticks(said.stretches),
        head=words.when(said.stretches),
    )
    more = _("Where nothing stands, there was no check.") if None in next(iter(told.values())) else ""
    return Shown("met", _met_said([check for _day, check in said.met]), plot, more, *leads)


def _met_said(checks: list[dict[str, int]]) -> str:
    changed = {need: rules.change([check[need] for check in checks if need in check]) for need in NEEDS}
    for way, sentence in (
        ("up", _("Met more lately than before: %(needs)s.")),
        ("down", _("Met less lately than before: %(needs)s.")),
    ):
        found = [str(NEEDS[need]) for need, one in changed.items() if one == way]
        if found:
            return sentence % {
                "needs": words.days_said([found[0], *(name[:1].lower() + name[1:] for name in found[1:])])
            }
    least = rules.least_met(checks)
    return _("Met the least: %(need)s.") % {"need": NEEDS[least]} if least else _("How far your needs were met.")


def free(said: Said) -> Shown | None:
    """Show how freely a no could be said."""
    levels = [level for _day, level in said.free]
    if not levels:
        return None
    leads = ("care:help", _("If a no isn’t safe to say, help is here")) if rules.no_is_hard(levels) else ("", "")
    course = rules.reaches(rules.sorted_into(said.stretches.spans, said.free))
    if not rules.can_draw(course):
        return Shown("free", _("Too little to say yet how freely you could say no."), None, "", *leads)
    sentence = {
        "up": _("You could say no more freely lately than before."),
        "down": _("Saying no has been harder lately than before."),
        "same": _("No clear change in how freely you could say no."),
    }.get(rules.change(levels), _("How freely you could say no."))
    plot = levels_over_time(
        _levels(said.stretches, course),
        title=_("How freely you could say no where you are"),
        levels=[str(word) for word in words.FREE],
        ticks=words.ticks(said.stretches),
        head=(words.when(said.stretches), _("In the middle"), _("Usually"), _("How many")),
    )
    return Shown("free", sentence, plot, "", *leads)


def spoken(said: Said) -> Shown | None:
    """Show what was said of the words that were found; what the other answered is not shown."""
    if not said.said:
        return None
    aloud, both = sum(one for _day, one in said.said), len(said.said)
    names = {"aloud": aloud, "all": both}
    sentence = (
        ngettext("You said what you had found words for.", "You said all %(all)s things you had found words for.", both)
        if aloud == both
        else _("You said %(aloud)s of the %(all)s things you had found words for.")
    ) % names
    there = [(sum(one), len(one) - sum(one)) for one in rules.sorted_into(said.stretches.spans, said.said)]
    one_dot = rules.dot_stands_for(max(full + empty for full, empty in there), STACK_HIGH)
    plot = stacks_over_time(
        [(name, *number) for name, number in zip(words.span_names(said.stretches), there, strict=True)],
        title=_("What you said"),
        ticks=words.ticks(said.stretches),
        head=(words.when(said.stretches), _("Said"), _("Kept to yourself")),
        stands_for=one_dot,
        kind="act",
    )
    more = [_("An open dot is something you kept to yourself, and that’s fine.")] if aloud < both else []
    more += [_stands_for(one_dot)] if one_dot > 1 else []
    drawn = plot if both >= rules.LEAST_DRAWN else None
    return Shown("said", sentence, drawn, " ".join(more), "drafts:list", _("Read them"))


def _sentence(words_in_a_row: str) -> str:
    return f"{words_in_a_row[:1].upper()}{words_in_a_row[1:]}."


def _levels(stretches: Stretches, course: Sequence[Reach | None]) -> list[tuple[str, Level | None]]:
    names = words.span_names(stretches)
    return [(name, Level(*reach) if reach else None) for name, reach in zip(names, course, strict=True)]


def _stands_for(one_dot: int) -> str:
    return _("A dot stands for up to %(number)s of them.") % {"number": one_dot} if one_dot > 1 else ""
