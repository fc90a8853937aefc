"""One thing of each kind that has an address of its own, made by the room's own actions."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID, uuid4

from django.utils import timezone

from kindline.front.together import actions as together
from kindline.ground.people import inviting
from kindline.ground.people.alone import own_circle
from kindline.ground.post import actions as post
from kindline.ground.post import feeds
from kindline.ground.post.tests.devices import Device
from kindline.ground.post.webpush import packed
from kindline.ground.vault.circles import circles_of
from kindline.mine.calm import actions as calm
from kindline.mine.calm.shapes import Moment, Practice
from kindline.mine.drafts import actions as drafts
from kindline.mine.journal import actions as journal
from kindline.mine.journal.shapes import Entry
from kindline.mine.needs import actions as needs
from kindline.ours.agreements import actions as agreements
from kindline.ours.agreements import queries as between_two
from kindline.ours.agreements.tests import living
from kindline.ours.negotiation import actions as negotiation
from kindline.ours.negotiation import queries as table
from kindline.ours.negotiation.shapes import OnePhone
from kindline.ours.pauses import actions as pauses
from kindline.ours.pauses.cookie import new_token
from kindline.ours.rhythms.tests import living as coming_round
from kindline.ours.thanks import actions as thanks
from tests.people import Somebody, pair, somebody


def entry(of: Somebody, words: str = "The door again, loud.") -> UUID:
    """Write a journal entry and return its id."""
    now, entry_id = timezone.now(), uuid4()
    journal.keep(person=of.person, entry_id=entry_id, entry=Entry(what=words, written_at=now, happened_at=now), now=now)
    return entry_id


def draft(of: Somebody, words: str = "quiet after work") -> UUID:
    """Write a draft and return its id."""
    draft_id = uuid4()
    changes = {"parts": {"need": words}, "edited": {"warm": f"I need {words}. How is that for you?"}, "choice": "warm"}
    drafts.keep(person=of.person, draft_id=draft_id, version=0, changes=changes, now=timezone.now())
    return draft_id


def practice(of: Somebody, words: str = "Tea on the step") -> UUID:
    """Add a practice of one's own and return its id."""
    now, practice_id = timezone.now(), uuid4()
    calm.add(person=of.person, practice_id=practice_id, practice=Practice(name=words, added_at=now), now=now)
    return practice_id


def moment(of: Somebody) -> UUID:
    """Tell how a moment was and return its id."""
    moment_id = uuid4()
    told = Moment(at=timezone.now(), practice="walk", before=4, after=2)
    calm.tell(person=of.person, moment_id=moment_id, moment=told)
    return moment_id


def walk(of: Somebody, words: str = "one sure hello") -> UUID:
    """Walk through what one needs and return the walk's id."""
    walk_id = uuid4()
    needs.walk(person=of.person, walk_id=walk_id, parts={"secure": words, "ask": words}, now=timezone.now())
    return walk_id


def check(of: Somebody) -> UUID:
    """Keep how it is these weeks and return the check's id."""
    check_id = uuid4()
    needs.check(person=of.person, check_id=check_id, met={"safety": 3}, free=2, now=timezone.now())
    return check_id


def reading(of: Somebody, about: str = "Jonas") -> UUID:
    """Set a leaning by hand and return its id."""
    reading_id, numbers = uuid4(), {"reaching": 5.0, "stepping-back": 2.0}
    needs.set_leaning(person=of.person, reading_id=reading_id, numbers=numbers, about=about, now=timezone.now())
    return reading_id


def sentence(of: Somebody, words: str = "I go quiet when it gets loud.") -> UUID:
    """Keep a sentence about oneself and return its id."""
    sentence_id = uuid4()
    needs.keep_sentence(person=of.person, sentence_id=sentence_id, text=words, now=timezone.now())
    return sentence_id


def closed_space(of: Somebody) -> UUID:
    """Share a space with somebody who then leaves it, and return its id."""
    other, now = somebody(f"Sam {uuid4().hex[:12]}"), timezone.now()
    circle = pair(of, other)
    theirs = next(one for one in circles_of(other.person.keyring) if one.circle == circle.circle)
    together.leave(person=other.person, circle=theirs, choice="leave", now=now)
    return circle.circle


def wish(of: Somebody) -> UUID:
    """Let somebody share a space with them, agree on a wish, and put another wording of it to them; return its id."""
    waiting = between_two.waiting_for_me(of.person)
    if waiting:
        return waiting[0].id
    if inviting.pair_of(of.person):
        return agreements.keep_for_me(person=of.person, text=living.TEXT, nonce=uuid4(), now=timezone.now())
    other = somebody(f"Jo {uuid4().hex[:12]}")
    pair(other, of)
    agreement = living.agreed(other, of, now=timezone.now())
    living.worded(other, agreement, living.text(ask="Would you knock, and wait?"), now=timezone.now())
    return agreement


def prepared(of: Somebody) -> UUID:
    """Lay a wish to somebody ready that is not given yet; return its id."""
    prepared_id = uuid4()
    wish(of)
    agreements.prepare(person=of.person, prepared_id=prepared_id, text=living.TEXT, now=timezone.now())
    return prepared_id


def line(of: Somebody, words: str = "The heron again.") -> UUID:
    """Put a good moment into their own jar and return its id."""
    line_id = uuid4()
    thanks.put_in_the_jar(person=of.person, circle=None, text=words, form_id=line_id, now=timezone.now())
    return line_id


def talk(of: Somebody) -> UUID:
    """Let somebody share a space with them, and name a topic for both; return the talk's id."""
    there = table.open_talk(of.person)
    if there:
        return there.id
    talk_id = uuid4()
    somebody_to_thank(of)
    negotiation.begin(person=of.person, talk_id=talk_id, topic="evenings", now=timezone.now())
    return talk_id


def one_phone(of: Somebody) -> UUID:
    """Begin a talk on one phone and return its id."""
    one_id, now = uuid4(), timezone.now()
    one = OnePhone(topic="evenings", other="Sam", begun_at=now)
    negotiation.keep_one_phone(person=of.person, one_id=one_id, document=one, version=0, form_id=one_id, now=now)
    return one_id


def somebody_to_thank(of: Somebody) -> None:
    """Let somebody share a space with them."""
    if not inviting.pair_of(of.person):
        pair(of, somebody(f"Jo {uuid4().hex[:12]}"))


def pause(of: Somebody) -> UUID:
    """Step away from somebody they share a space with, come back, and return the pause's id."""
    now = timezone.now()
    somebody_to_thank(of)
    circle = inviting.pair_of(of.person)
    assert circle is not None
    row = pauses.step_away(circle=circle, pause_id=uuid4(), return_at=now + timedelta(minutes=20), now=now)
    pauses.come_back(circle=circle, now=now)
    return row.id


def device(of: Somebody) -> UUID:
    """Let a device of theirs pause without unlocking, and return its id."""
    somebody_to_thank(of)
    circle = inviting.pair_of(of.person)
    assert circle is not None
    token = new_token(24, of.person.zone)
    return pauses.allow(person=of.person, circle=circle, token=token, is_phone=True, now=timezone.now()).id


def topic(of: Somebody, words: str = "the summer") -> UUID:
    """Set a topic aside with a time and return its id."""
    topic_id, now = uuid4(), timezone.now()
    somebody_to_thank(of)
    circle = inviting.pair_of(of.person)
    assert circle is not None
    pauses.set_aside(circle=circle, topic_id=topic_id, topic=words, at=now + timedelta(days=2), now=now)
    return topic_id


def rhythm(of: Somebody) -> UUID:
    """Plan a check-in with somebody they share a space with and return its id."""
    somebody_to_thank(of)
    return coming_round.planned(of)


def check_in(of: Somebody) -> UUID:
    """Begin a check-in that both hold apart and return its id."""
    return coming_round.begun(of, rhythm(of))


def feed(of: Somebody) -> str:
    """Make a calendar feed and return the secret in its address."""
    person = of.person
    feeds.make(person=person)
    made = feeds.feed_of(person)
    assert made is not None
    return feeds.secret_of(person, made)


def channel(of: Somebody) -> UUID:
    """Let reminders go to a device of theirs and return its id in the list."""
    device, endpoint = Device.new(), f"https://push.example.net/to/{uuid4().hex}"
    keys = {"public": packed(device.public), "auth": packed(device.auth)}
    return post.add_device(person=of.person, endpoint=endpoint, **keys, form="phone", now=timezone.now()).id


# The name that an address gives the id, and who makes one.
MAKERS: dict[str, Callable[[Somebody], object]] = {
    "guise": lambda _somebody: "notes",
    "entry_id": entry,
    "draft_id": draft,
    "walk_id": walk,
    "check_id": check,
    "reading_id": reading,
    "sentence_id": sentence,
    "practice_id": practice,
    "moment_id": moment,
    "space_id": closed_space,
    "agreement_id": wish,
    "prepared_id": prepared,
    "line_id": line,
    "talk_id": talk,
    "one_id": one_phone,
    "pause_id": pause,
    "topic_id": topic,
    "device_id": device,
    "rhythm_id": rhythm,
    "check_in_id": check_in,
    "secret": feed,
    "channel_id": channel,
    "mark": lambda _somebody: "0e06ce961ccf4ac8bded3e9e2fb62703:AAAA",
    "circle_id": lambda of: own_circle(of.person).circle,
}


def answered(of: Somebody, draft_id: UUID) -> None:
    """Tell what came of saying a draft."""
    drafts.tell_outcome(person=of.person, draft_id=draft_id, version=1, outcome="agreed", now=timezone.now())


# What has to be so before a page shows its form; a page of a thing hands on the thing's id.
BEFORE: dict[str, Callable[..., None]] = {
    "thanks:thank": somebody_to_thank,
    "pauses:plan": somebody_to_thank,
    "pauses:new-topic": somebody_to_thank,
    "negotiation:new": somebody_to_thank,
    "drafts:after": answered,
}
