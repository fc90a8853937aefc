"""A paper on its way out and back in: how it reads, and whether it could have been written here."""

from django.utils.translation import gettext as _

from kindline.ground.page.readable import Readable
from kindline.mine.needs import rules, shapes, words

MOST_NUMBERS = 1_000  # a scale's number lies far below
# Characters: what a reading is called stands in the table of contents with every one of its numbers.
LONGEST_CALLED = 2_000
MOST_NAMES = 20_000


def readable(paper: shapes.Paper) -> Readable:
    """Return a paper in words."""
    held = paper.holds
    if isinstance(held, shapes.Walk):
        need = held.need_words or ", ".join(words.finer_said(held.finer)) or str(words.NEEDS.get(held.need, ""))
        parts = [
            (_("What would help me feel secure"), held.secure),
            (_("What I can accept"), held.accept),
            (_("What I can’t accept"), held.refuse),
            (_("I need"), need),
            (_("A first request"), held.ask),
            (_("Where I might know this from"), held.origin),
        ]
        return Readable(_("What I need"), held.at, parts)
    if isinstance(held, shapes.Check):
        parts = [(str(words.MET[name]), str(words.HOW_MET[met])) for name, met in held.met.items() if met]
        return Readable(
            _("How it has been lately"), held.at, [*parts, (str(words.FREE), str(words.HOW_FREE.get(held.free, "")))]
        )
    if isinstance(held, shapes.Reading):
        parts = [("", held.called), (_("About"), held.about)]
        return Readable(
            _("How I lean"), held.at, [*parts, *((name, f"{number:.1f}") for name, number in held.numbers.items())]
        )
    return Readable(_("A sentence of mine"), held.at, [("", held.text)])


def is_sound(paper: shapes.Paper) -> bool:
    """Say whether this room's own pages could have written a paper."""
    held = paper.holds
    if isinstance(held, shapes.Walk):
        return held.need in ("", *rules.NEEDS) and set(held.finer) <= set(words.FINER)
    if isinstance(held, shapes.Check):
        levels = (0, *rules.LEVELS)
        return set(held.met) <= set(rules.NEEDS) and {*held.met.values(), held.free} <= set(levels)
    if isinstance(held, shapes.Reading):
        numbers = held.numbers.items()
        leaning = all(rules.LEAST <= number <= rules.MOST for name, number in numbers if name in rules.LEANING)
        names = sum(map(len, (*held.numbers, *held.answers)))
        named = len(held.called) <= LONGEST_CALLED and len(held.about) <= LONGEST_CALLED
        fits = named and len(held.instrument) <= LONGEST_CALLED and names <= MOST_NAMES
        return leaning and fits and all(abs(number) <= MOST_NUMBERS for _name, number in numbers)
    return 0 < len(held.text.strip()) <= rules.LONGEST_SENTENCE
