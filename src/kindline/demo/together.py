"""From a story to what two people do in their shared rooms: the invitation, thanks, a jar, pauses."""

from datetime import timedelta

from django.db import transaction

from kindline.demo.days import Calendar
from kindline.demo.telling import Story, an_id
from kindline.ground.people import inviting
from kindline.ground.people.models import Person
from kindline.ground.vault.circles import CircleKeys
from kindline.ours.pauses import actions as pausing
from kindline.ours.thanks import actions as thanking

Two = dict[str, Person]  # by their names


def circle_of(person: Person) -> CircleKeys:
    """Return the circle of the two, as one of them holds it."""
    circle = inviting.pair_of(person)
    assert circle is not None
    return circle


def invitation(two: Two, calendar: Calendar, story: Story) -> None:
    """Let one invite the other: a code, the same six words on both sides, the key."""
    (one,) = story["invitation"]
    host, guest = two[one["by"]], two[one["to"]]
    code = inviting.invite(person=host, now=calendar.at(one["at"]))
    inviting.accept(person=guest, typed=code, now=calendar.at(one["accepted"]))
    inviting.give_key(person=host)
    inviting.take_key(person=guest)


def thanks(two: Two, calendar: Calendar, story: Story) -> None:
    """Thank each other, and put good moments into the jar."""
    with transaction.atomic():
        for name, give in (("thanks", thanking.thank), ("moments", thanking.put_in_the_jar)):
            for by, at, text in ((table["by"], *row) for table in story[name] for row in table["told"]):
                now, line_id = calendar.at(at), an_id(name, by, at)
                give(person=two[by], circle=circle_of(two[by]), text=text, form_id=line_id, now=now)


def pauses(two: Two, calendar: Calendar, story: Story) -> None:
    """Step away, say when one needs longer, come back, and find a soft way in again."""
    with transaction.atomic():
        for one in story["pause"]:
            circle, begun_at = circle_of(two[one["by"]]), calendar.at(one["at"])
            pause_id, return_at = an_id("pause", one["by"], one["at"]), begun_at + timedelta(minutes=one["minutes"])
            pausing.step_away(circle=circle, pause_id=pause_id, return_at=return_at, now=begun_at)
            for at, minutes in one.get("longer", ()):
                over, return_at = return_at, return_at + timedelta(minutes=minutes)
                pausing.need_longer(
                    circle=circle, pause_id=pause_id, over=over, return_at=return_at, now=calendar.at(at)
                )
            back_at = calendar.at(one["back"])
            pause = pausing.come_back(circle=circle, now=back_at)
            assert pause is not None
            aside = one.get("aside")
            if "sentence" in one:
                pausing.say_on_return(
                    circle=circle,
                    pause=pause,
                    sentence=one["sentence"],
                    way=one["way"],
                    version=0,
                    now=back_at,
                    aside=aside
                    and pausing.Aside(
                        an_id("topic", one["by"], one["at"]), aside["topic"], calendar.ahead(aside["at"])
                    ),
                )
