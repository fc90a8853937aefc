"""What happens in twin worlds: what two people share, and what Alice does for herself."""

import random
from contextlib import suppress
from datetime import time as clock_time
from datetime import timedelta
from uuid import uuid4

from django.utils import timezone

from kindline.ground.people.refusing import Refused
from kindline.ground.post import actions as post
from kindline.ground.post import feeds
from kindline.ground.vault import unsaved
from kindline.ground.vault.records import Changed
from kindline.ours.agreements import actions as agreements
from kindline.ours.agreements import queries
from kindline.ours.agreements.tests import living
from kindline.ours.pauses import actions as pauses
from kindline.ours.pauses import queries as between_two
from kindline.ours.rhythms import actions as rhythms
from kindline.ours.rhythms import ledger as coming_round
from kindline.ours.rhythms import queries as ahead_of
from kindline.ours.rhythms.tests import living as rhythm_of
from kindline.ours.thanks import actions as thanks
from kindline.ours.thanks import queries as in_the_jar
from tests.house import things
from tests.house.twins import Act
from tests.people import Somebody, shared_by

WISHES = (
    "Would you text me when you leave?",
    "Would you ask before you tell your mother?",
    "Would you cook on Sundays?",
)


def asks(alice: Somebody, bob: Somebody, order: random.Random) -> None:
    """One of them puts something to the other."""
    by, prepared_id, now = order.choice((alice, bob)), uuid4(), timezone.now()
    words = living.text(ask=order.choice(WISHES))
    agreements.prepare(person=by.person, prepared_id=prepared_id, text=words, now=now)
    with suppress(Refused):
        agreements.give(person=by.person, prepared_id=prepared_id, version=1, nonce=uuid4(), now=now)


def answers(alice: Somebody, bob: Somebody, order: random.Random) -> None:
    """One of them answers what waits for them."""
    by, answer = order.choice((alice, bob)), order.choice(("yes", "no", "wording", "time"))
    for one in queries.waiting_for_me(by.person)[:1]:
        exact, now = living.exact(by, one.id), timezone.now()
        if answer == "yes":
            living.says_yes(by, one.id, now)
        elif answer == "no":
            living.says_no(by, one.id, now, word="Not this winter.")
        elif answer == "time":
            agreements.need_time(person=by.person, agreement=one.id, exact=exact, nonce=uuid4(), now=now)
        else:
            shown = living.look(by, one.id).standing.open
            assert shown is not None
            words = living.text(ask=shown.version.text.ask, offer=f"I bring tea. {order.randrange(9)}")
            with suppress(Refused):
                living.worded(by, one.id, _with_the_same_need(words, shown.version.text), now)


def steps_back(alice: Somebody, bob: Somebody, order: random.Random) -> None:
    """One of them steps back from something that stands."""
    by = order.choice((alice, bob))
    for one in queries.standing(by.person)[:1]:
        living.steps_back(by, one.id, timezone.now())


def steps_away(alice: Somebody, bob: Somebody, order: random.Random) -> None:
    """One of them needs a moment."""
    by, now = order.choice((alice, bob)), timezone.now()
    back = now + timedelta(minutes=order.choice((20, 30)))
    pauses.step_away(circle=shared_by(by), pause_id=uuid4(), return_at=back, now=now)


def needs_longer(alice: Somebody, bob: Somebody, order: random.Random) -> None:
    """One of them gives a new time, if they are away and there is room for one."""
    by, now = order.choice((alice, bob)), timezone.now()
    mine = between_two.around(by.person, now).mine
    if mine:
        with suppress(Refused):
            back = mine.return_at + timedelta(minutes=30)
            pauses.need_longer(circle=shared_by(by), pause_id=mine.id, over=mine.return_at, return_at=back, now=now)


def comes_back(alice: Somebody, bob: Somebody, order: random.Random) -> None:
    """One of them is back, says one sentence, and sets a time for the rest."""
    by, now = order.choice((alice, bob)), timezone.now()
    way = order.choice(("talk", "set-aside", "drop"))
    pause = pauses.come_back(circle=shared_by(by), now=now)
    if pause:
        aside = pauses.Aside(uuid4(), "the summer", now + timedelta(days=1)) if way == "set-aside" else None
        with suppress(Changed):
            pauses.say_on_return(
                circle=shared_by(by),
                pause=pause,
                sentence="I can listen now.",
                way=way,
                version=0,
                aside=aside,
                now=now,
            )


def answers_a_topic(alice: Somebody, bob: Somebody, order: random.Random) -> None:
    """One of them says what they think of a topic that was set aside, or lets it go."""
    by, now, way = order.choice((alice, bob)), timezone.now(), order.choice(("suits", "another", "not-now", "let go"))
    circle = shared_by(by)
    for one in between_two.topics(circle, now)[:1]:
        if way == "let go":
            pauses.let_go(circle=circle, topic_id=one.id)
            continue
        at = one.at + timedelta(hours=order.choice((1, 2))) if way == "another" else one.at
        with suppress(Refused):
            pauses.answer_topic(circle=circle, topic_id=one.id, way=way, at=at, over=one.at, now=now)


def was_away_without_a_connection(alice: Somebody, bob: Somebody, order: random.Random) -> None:
    """A phone of one of them tells of a pause that it kept: one that runs, or one that was over before."""
    by, now = order.choice((alice, bob)), timezone.now()
    ago, long, is_back = order.choice((3, 12, 90)), order.choice((20, 60)), order.random() < 0.3
    began = now - timedelta(minutes=ago)
    until = began + timedelta(minutes=ago / 2 if is_back else long)
    told = between_two.Told(began, until, ended_at=until if is_back else None)
    pauses.tell(circle=shared_by(by), pause_id=uuid4(), told=told, shown=now, now=now)


def thanks_the_other(alice: Somebody, bob: Somebody, order: random.Random) -> None:
    """One of them gives thanks, or puts a good moment into the jar."""
    by, now = order.choice((alice, bob)), timezone.now()
    act, words = order.choice((thanks.thank, thanks.put_in_the_jar)), order.choice(("For the tea.", "The heron."))
    with suppress(Refused):  # one a day
        act(person=by.person, circle=shared_by(by), text=words, form_id=uuid4(), now=now)


def takes_thanks_back(alice: Somebody, bob: Somebody, order: random.Random) -> None:
    """One of them takes a line back."""
    by = order.choice((alice, bob))
    said = [line_id for line_id, line in in_the_jar.mine_in(shared_by(by)) if not line.is_taken_back]
    for line_id in said[:1]:
        thanks.take_back(person=by.person, line_id=line_id, now=timezone.now())


def plans_a_rhythm(alice: Somebody, bob: Somebody, order: random.Random) -> None:
    """One of them plans a check-in for both, or changes when it is."""
    by = order.choice((alice, bob))
    clock = order.choice((17, 19, 21))
    kept = coming_round.all_kept(shared_by(by))
    if kept:
        rhythm_of.changed(by, kept[0].id, clock)
    else:
        rhythm_of.planned(by, clock=clock)


def moves_or_skips_one(alice: Somebody, bob: Somebody, order: random.Random) -> None:
    """One of them moves the next time, leaves it out, or puts it back."""
    by, now, days = order.choice((alice, bob)), timezone.now(), order.choice((1, 2))
    for kept in coming_round.all_kept(shared_by(by))[:1]:
        time = next(iter(coming_round.times(kept, (), now)), None)
        if time and time.wall:
            to = time.original + timedelta(days=days)
            rhythms.move(kept=kept, original=time.original, over=time.wall, to=to, now=now)
        elif time:
            rhythms.put_back(kept=kept, original=time.original, over=None, now=now)


def leaves_one_out(alice: Somebody, bob: Somebody, order: random.Random) -> None:
    """One of them says "not this time" for both."""
    by = order.choice((alice, bob))
    for kept in coming_round.all_kept(shared_by(by))[:1]:
        for time in coming_round.times(kept, (), timezone.now())[1:2]:
            rhythms.skip(kept=kept, original=time.original, over=time.wall)


def holds_a_check_in(alice: Somebody, bob: Somebody, order: random.Random) -> None:
    """One of them begins a check-in, gives a line in it, or goes on to the next part."""
    by, now = order.choice((alice, bob)), timezone.now()
    does = order.choice(("line", "line", "on"))
    talk = ahead_of.running(by.person, now)
    if talk is None:
        for kept in coming_round.all_kept(shared_by(by))[:1]:
            rhythms.begin(kept=kept, check_in_id=uuid4(), now=now)
    elif does == "on":
        rhythms.go_on(person=by.person, talk=talk, part=talk.standing.part, act_id=uuid4(), now=now)
    else:
        words = "That you waited for me."
        rhythms.give(person=by.person, talk=talk, part=talk.standing.part, words=words, act_id=uuid4(), now=now)


def calls_a_quiet_season(alice: Somebody, bob: Somebody, order: random.Random) -> None:
    """One of them calls a quiet season for both, or ends it."""
    by, today = order.choice((alice, bob)), timezone.now().date()
    if ahead_of.seasons(by.person, today).ours:
        rhythms.end_season(person=by.person, circle=shared_by(by))
    else:
        until = today + timedelta(days=30)
        rhythms.call_season(person=by.person, circle=shared_by(by), today=today, until=until)


def marks_her_own_part(alice: Somebody, _bob: Somebody, alone: random.Random) -> None:
    """Alice marks what became of her part, and chooses what her calendar says and whether she is reminded."""
    for kept in coming_round.all_kept(shared_by(alice)):
        for time in coming_round.times(kept, (), timezone.now())[:2]:
            how = alone.choice(("kept", "moved", "not-this-time", ""))
            rhythms.mark(person=alice.person, kept=kept, original=time.original, how=how)
        rhythms.choose(person=alice.person, kept=kept, is_muted=alone.random() < 0.5, feed_says="Dentist")


def plans_for_herself(alice: Somebody, _bob: Somebody, _alone: random.Random) -> None:
    """Alice plans something that only she sees, and leaves half of another unsaved."""
    rhythm_of.planned(alice, alone=True)
    words = {"kind": ["alone"], "title": ["An evening away"]}
    unsaved.keep(alice.person.keyring, uuid4(), "/ours/rhythms/new/", words, timezone.now())


def has_a_quiet_season(alice: Somebody, _bob: Somebody, alone: random.Random) -> None:
    """Alice lets everything sleep for herself alone, or ends that."""
    today = timezone.now().date()
    if alone.random() < 0.3:
        rhythms.end_season(person=alice.person, circle=None)
    else:
        until = today + timedelta(days=alone.choice((7, 30)))
        rhythms.call_season(person=alice.person, circle=None, today=today, until=until)


def has_rhythms_of_her_own(alice: Somebody, bob: Somebody, alone: random.Random) -> None:
    """Alice does what one does for oneself with rhythms."""
    for act in (marks_her_own_part, plans_for_herself, has_a_quiet_season):
        act(alice, bob, alone)


def keeps_a_calendar(alice: Somebody, _bob: Somebody, alone: random.Random) -> None:
    """Alice makes a calendar feed for herself, gives it another address, or ends it."""
    if alone.random() < 0.3:
        feeds.switch_off(person=alice.person)
        return
    feeds.make(person=alice.person)
    made = feeds.feed_of(alice.person)
    if made and alone.random() < 0.5:
        feeds.renew(person=alice.person, over=made.lookup)


def changes_her_reminders(alice: Somebody, _bob: Somebody, alone: random.Random) -> None:
    """Alice lets reminders come to a device, wants them at another time, or lets them go."""
    if alone.random() < 0.3:
        post.forget(account=alice.person.id)
        return
    with suppress(post.TooMany):
        things.channel(alice)
    quiet = {"quiet_from": clock_time(22), "quiet_until": clock_time(alone.choice((6, 7, 8)))}
    post.choose(person=alice.person, way="before", minutes=alone.choice((0, 60)), daily=clock_time(9), **quiet)


def closes_the_jar(alice: Somebody, _bob: Somebody, alone: random.Random) -> None:
    """Alice keeps the jar closed, or opens it again."""
    alone.choice((thanks.close_jar, thanks.open_jar))(person=alice.person, circle=shared_by(alice))


def fills_her_own_jar(alice: Somebody, _bob: Somebody, _alone: random.Random) -> None:
    """Alice puts a good moment into the jar that only she has."""
    things.line(alice)


def begins_a_talk_alone(alice: Somebody, _bob: Somebody, _alone: random.Random) -> None:
    """Alice begins a talk on one phone, and leaves half a topic for both unsaved."""
    things.one_phone(alice)
    words = {"topic": ["Whose turn it is"]}
    unsaved.keep(alice.person.keyring, uuid4(), "/ours/negotiation/new/", words, timezone.now())


def plans(alice: Somebody, _bob: Somebody, alone: random.Random) -> None:
    """Alice lays ready what both could agree on before anybody steps away."""
    with suppress(Refused):
        words = living.text(ask=f"Would we say “pause” first? {alone.randrange(9)}")
        pauses.prepare_plan(
            person=alice.person, circle=shared_by(alice), text=words, form_id=uuid4(), now=timezone.now()
        )


def lets_a_device_pause(alice: Somebody, _bob: Somebody, _alone: random.Random) -> None:
    """Alice lets a device start a pause without unlocking; when one may already, she takes that back."""
    if between_two.lets_any_device(alice.person):
        pauses.revoke_everywhere(person=alice.person)
    else:
        things.device(alice)


def gets_ready_for_pauses(alice: Somebody, bob: Somebody, alone: random.Random) -> None:
    """Alice does what one does for oneself before anybody steps away."""
    for act in (plans, lets_a_device_pause):
        act(alice, bob, alone)


def writes_in_the_journal(alice: Somebody, _bob: Somebody, _alone: random.Random) -> None:
    """Alice writes down how a moment was."""
    things.entry(alice)


def writes(alice: Somebody, _bob: Somebody, alone: random.Random) -> None:
    """Alice writes something in a room of her own."""
    makers = [make for name, make in things.MAKERS.items() if name in PRIVATE]
    alone.choice(makers)(alice)


def prepares(alice: Somebody, _bob: Somebody, _alone: random.Random) -> None:
    """Alice lays a wording ready that she gives to nobody yet."""
    words = living.text(ask="Would you stop smoking at home?")
    agreements.prepare(person=alice.person, prepared_id=uuid4(), text=words, now=timezone.now())


def agrees_with_herself(alice: Somebody, _bob: Somebody, _alone: random.Random) -> None:
    """Alice agrees something with herself."""
    prepared_id, now = uuid4(), timezone.now()
    agreements.prepare(person=alice.person, prepared_id=prepared_id, text=living.TEXT, now=now, alone=True)
    agreements.give(person=alice.person, prepared_id=prepared_id, version=1, nonce=uuid4(), now=now)


def looks(alice: Somebody, _bob: Somebody, _alone: random.Random) -> None:
    """Alice opens whatever there is, what Bob asked her first of all."""
    for one in queries.waiting_for_me(alice.person) + queries.standing(alice.person):
        alice.client.get(f"/ours/agreements/{one.id}/")
    for path in ("/today/", "/together/", "/wake/", "/settings/", "/ours/thanks/", "/ours/pauses/", "/ours/rhythms/"):
        alice.client.get(path)


def begins_to_type(alice: Somebody, _bob: Somebody, _alone: random.Random) -> None:
    """Alice types an answer and leaves it there."""
    for one in queries.waiting_for_me(alice.person)[:1]:
        unsaved.keep(
            alice.person.keyring, uuid4(), f"/ours/agreements/{one.id}/", {"word": ["I don't"]}, timezone.now()
        )


def mistypes(alice: Somebody, _bob: Somebody, _alone: random.Random) -> None:
    """Alice mistypes her passphrase on another device."""
    from django.test import Client  # noqa: PLC0415 - another device each time

    Client().post("/unlock/", {"name": "Alice", "passphrase": "not what it was"})


def looks_different(alice: Somebody, _bob: Somebody, alone: random.Random) -> None:
    """Alice changes how things look to her."""
    from kindline.ground.people.actions import change_profile  # noqa: PLC0415

    change_profile(person=alice.person, theme=alone.choice(("light", "dark", "")), hours=alone.choice((12, 24)))


PRIVATE = ("entry_id", "draft_id", "walk_id", "check_id", "reading_id", "sentence_id", "practice_id", "moment_id")
SHARED_ACTS: list[Act] = [
    *(asks, asks, answers, answers, answers, steps_back),
    *(steps_away, needs_longer, comes_back, comes_back, was_away_without_a_connection),
    answers_a_topic,
    *(thanks_the_other, thanks_the_other, takes_thanks_back),
    *(plans_a_rhythm, plans_a_rhythm, moves_or_skips_one, leaves_one_out, holds_a_check_in, holds_a_check_in),
    calls_a_quiet_season,
]
PRIVATE_ACTS: list[Act] = [
    writes_in_the_journal,
    writes,
    writes,
    prepares,
    agrees_with_herself,
    looks,
    begins_to_type,
    mistypes,
    looks_different,
    closes_the_jar,
    fills_her_own_jar,
    begins_a_talk_alone,
    gets_ready_for_pauses,
    has_rhythms_of_her_own,
    keeps_a_calendar,
    changes_her_reminders,
]


def _with_the_same_need(words: living.Text, before: living.Text) -> living.Text:
    return living.msgspec.structs.replace(words, need=before.need, cannot=before.cannot, limit=before.limit)
