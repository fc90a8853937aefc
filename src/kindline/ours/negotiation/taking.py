"""A talk on one phone on its way out and back in: how it reads on paper, whether it could have been written here."""

from django.utils.translation import gettext as _

from kindline.ground.page.forms import LONGEST
from kindline.ground.page.readable import Readable
from kindline.ground.vault.sealing import Shape
from kindline.ours.negotiation import on_paper, rules
from kindline.ours.negotiation.laying_out import Answers
from kindline.ours.negotiation.shapes import Needs, OnePhone, Taps
from kindline.ours.negotiation.words import Pair, sentence


def readable(document: Shape) -> Readable | None:
    """Return a talk on one phone in words, one's own first."""
    if not isinstance(document, OnePhone):
        return None
    one, parts = document, [("", document.topic)]
    for name, told in zip(("", one.other), one.needs, strict=False):
        parts += on_paper.needs(told, name)
    labels = _("What makes sense to you about %(name)s’s side"), _("What makes sense to %(name)s about your side")
    parts += [(label % {"name": one.other}, sense) for label, sense in zip(labels, one.senses, strict=True)]
    parts += [(_("Our loop"), one.loop)]
    parts += [(option, _how(one, str(number))) for number, option in enumerate(one.options)]
    return Readable(_("A talk on one phone"), one.begun_at, parts)


def is_sound(document: Shape) -> bool:
    """Say whether this room's own pages could have written a talk on one phone."""
    if not isinstance(document, OnePhone):
        return False
    one = document
    texts = (one.loop, *one.senses, *(text for needs in one.needs for text in _texts(needs)))
    numbers = [str(number) for number in range(len(one.options))]
    return (
        0 < len(one.topic.strip()) <= rules.LONGEST_LINE
        and 0 < len(one.other.strip()) <= rules.LONGEST_NAME
        and max(map(len, texts), default=0) <= LONGEST
        and len(one.needs) <= rules.BOTH
        and len(one.options) <= rules.MOST_OPTIONS
        and all(0 < len(option.strip()) <= rules.LONGEST_LINE for option in one.options)
        and len(one.taps) <= rules.BOTH
        and all(_fits(taps, numbers) for taps in one.taps)
        and 0 <= one.handed <= rules.BOTH
    )


def _texts(needs: Needs) -> tuple[str, str, str]:
    return needs.need, needs.fear, needs.matters


def _fits(taps: Taps, numbers: list[str]) -> bool:
    finer = set(taps.finer) <= set(numbers) and all(0 <= one <= rules.FINEST for one in taps.finer.values())
    return finer and rules.is_whole(numbers, taps.taps) and taps.guess in ("", *numbers)


def _how(one: OnePhone, option: str) -> str:
    if len(one.taps) < rules.BOTH:
        return ""
    first, second = (Answers(taps.taps, taps.finer) for taps in one.taps)
    return sentence(first.taps[option], second.taps[option], Pair("", one.other))
