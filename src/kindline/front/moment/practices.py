"""The practices everybody has, in words. They need no account, no request and no quiet place."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kindline.ground.people.models import Person
from kindline.mine.calm import queries

Said = str | Promise


@dataclass(frozen=True, slots=True)
class Practice:
    """One thing that may calm: its word, one sentence to do, a softer one below; or steps, one at a time."""

    key: str
    word: Said
    line: Said = ""
    more: Said = ""
    steps: tuple[Said, ...] = ()
    own: bool = False


BREATHE = "breathe"  # has a page part of its own: the circle
BUILT_IN = (
    Practice(BREATHE, _("Breathe")),
    Practice(
        "five-things",
        _("Five things"),
        more=_("Some people like this one. If it isn’t for you, swipe on."),
        steps=(
            _("Five things you can see. Let your eyes stay a while with each."),
            _("Four things you can touch. Feel one of them."),
            _("Three sounds, near or far."),
            _("Two things you can smell. Or only the air."),
            _("One thing you can taste, or a slow sip of water."),
        ),
    ),
    Practice(
        "far",
        _("Far"),
        _("Let your eyes rest on something far away."),
        _("Follow its edge, slowly, once all the way round. Eyes stay open."),
    ),
    Practice(
        "feet",
        _("Feet"),
        _("Both feet on the floor. Press down, slowly. Let go."),
        _("Sitting or standing. Three times, or as often as you like."),
    ),
    Practice(
        "walk",
        _("Walk"),
        _("Walk to the corner and back, slower than you want to."),
        _("Heel, then toes. From room to room counts too."),
    ),
    Practice(
        "shake",
        _("Shake"),
        _("Shake out your hands. Let your shoulders drop."),
        _("Then your arms, one leg, the other. As loose as you like."),
    ),
    Practice(
        "wall",
        _("Wall"),
        _("Lean both palms against a wall and push, as if to move it. Let go."),
        _("Keep breathing while you push. Three times, or as long as it does you good."),
    ),
    Practice(
        "water",
        _("Water"),
        _("Cold water over your wrists."),
        _("As long as it feels good. A glass to drink is fine too."),
    ),
    Practice(
        "rest",
        _("Rest"),
        _("It will keep. You don’t have to win it in your head."),
        _("If it comes round again, hear something outside the room, and then something farther away."),
    ),
)
_BY_KEY = {one.key: one for one in BUILT_IN}


def practices(person: Person | None) -> list[Practice]:
    """Return the practices to show: one's own among them, and in one's own order, when it is known whose."""
    if person is None:
        return list(BUILT_IN)
    own = queries.own_practices(person)
    known = _BY_KEY | {one.key: Practice(one.key, one.name, one.name, _how(one), own=True) for one in own}
    return [known[key] for key in queries.arranged(person, own)]


def _how(own: queries.Own) -> str:
    return "\n".join(part for part in (own.how, queries.lasting(own.minutes)) if part)
