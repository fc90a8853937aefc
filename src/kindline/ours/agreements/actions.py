"""What two people do with an agreement. Each act is signed; nothing is ever changed or taken out of the row of acts."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import date, datetime
from uuid import UUID, uuid4

import msgspec
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from kindline.ground.people.alone import found_circle, own_circle
from kindline.ground.people.inviting import is_on_the_way, pair_of
from kindline.ground.people.models import Person
from kindline.ground.people.refusing import Refused
from kindline.ground.vault import unsaved
from kindline.ground.vault.circles import CircleKeys, Closed, circles_of
from kindline.ground.vault.primitives import derived_id
from kindline.ground.vault.records import Changed, add, find, opened, owned, remove, remove_all, rewrite, take_turn
from kindline.ours.agreements import ledger, models, queries, rules, shapes, statements
from kindline.ours.agreements.meant import Answer, Moved, Yes
from kindline.ours.agreements.rules import Written
from kindline.ours.agreements.shapes import Text

__all__ = ["Changed", "Closed", "Moved", "Refused", "Text", "Yes"]

ONE_AT_A_TIME = _("One of your wishes is still open. One at a time leaves room to think; you can take that one back.")
RESTS = _("They said no to this. For 28 days only they come back to it. What you do yourself still stands.")
HINDERS = {"one-at-a-time": ONE_AT_A_TIME, "rests": RESTS}
NOT_NOW = _("That can’t be done here any more. Below is how it stands.")
NOT_YOURS = _("What somebody needs, and what they do themselves, stays in their own words.")


# What is only prepared: private, nobody else's pages change.


def prepare(
    *,
    person: Person,
    prepared_id: UUID,
    text: Text,
    now: datetime,
    alone: bool = False,
    form_id: UUID | None = None,
    agreement: UUID | None = None,
    talk: UUID | None = None,
    idea: str = "",
) -> None:
    """Lay a wording ready that nobody else sees yet, for the other or for oneself alone.

    Where somebody is invited and not here yet, it is kept ready for them. `agreement` is the id it will have, where
    another room has to find it again; otherwise a new one. `talk` is the one of both that it came of, if any, and
    `idea` the words there that are not this person's own.
    Raise Changed when that form was sent before with other words, and Refused when there is nobody to ask.
    """
    with transaction.atomic():
        keyring = take_turn(person.keyring)
        circle = own_circle(person) if alone else pair_of(person)
        waits = circle is None and is_on_the_way(person, now)
        circle = own_circle(person) if waits else circle
        if circle is None:
            raise Refused(NOT_NOW)
        document = shapes.Prepared(
            circle=circle.circle,
            agreement=agreement or uuid4(),
            text=text,
            changed_at=now,
            waits=waits,
            talk=talk,
            idea=idea,
        )
        try:
            add(models.Prepared, keyring, document, prepared_id)
        except Changed:
            if opened(find(models.Prepared, keyring, prepared_id), keyring, shapes.Prepared).text != text:
                raise
        unsaved.forget(keyring, form_id or prepared_id, now)


def keep_for_me(*, person: Person, text: Text, nonce: UUID, now: datetime) -> UUID:
    """Make an agreement with oneself, which stands at once, and return its id.

    Raise Changed when the same form came before with other words.
    """
    with transaction.atomic():
        circle = take_turn(own_circle(person))
        sent = owned(models.Statement, circle).filter(id=nonce).values_list("agreement", flat=True).first()
        if sent is None:
            agreement = uuid4()
            propose(circle=circle, agreement=agreement, text=text, nonce=nonce, now=now)
            unsaved.forget(circle.keyring, nonce, now)
            return agreement
        if ledger.kept_in(circle, sent).facts.versions[0].version.text != text:
            raise Changed
        return sent


def prepare_for_two(*, person: Person, agreement: UUID, prepared_id: UUID, now: datetime) -> None:
    """Lay the words of an agreement with myself ready for the other; mine stays. Raise Refused if nobody is invited."""
    one = ledger.kept(person, agreement)
    if one.circle.others:
        raise Refused(NOT_NOW)
    with suppress(Changed):  # the same form came twice, and its words were worked on since
        prepare(person=person, prepared_id=prepared_id, text=one.facts.newest.version.text, now=now)


def begin_wording(*, person: Person, agreement: UUID, now: datetime) -> UUID:
    """Lay another wording of an agreement ready, beginning with its newest words; return the id of what is prepared."""
    one = ledger.kept(person, agreement)
    if "wording" not in rules.moves(one.standing, person.keyring.account, now):
        raise Refused(NOT_NOW)
    prepared_id = derived_id(person.keyring.naming_key, "agreement-prepared", agreement.bytes)
    newest = one.facts.newest
    document = shapes.Prepared(
        circle=one.circle.circle,
        agreement=agreement,
        text=newest.version.text,
        over=newest.version.number,
        changed_at=now,
    )
    with transaction.atomic():
        keyring = take_turn(person.keyring)
        if not owned(models.Prepared, keyring).filter(id=prepared_id).exists():
            add(models.Prepared, keyring, document, prepared_id)
    return prepared_id


def change(
    *,
    person: Person,
    prepared_id: UUID,
    version: int,
    text: Text,
    over: int,
    now: datetime,
    form_id: UUID | None = None,
) -> None:
    """Change what is prepared, over exactly that version of it; raise Changed when it was changed meanwhile.

    `over` is the number of the wording that its author has before their eyes now.
    """
    with transaction.atomic():
        record = find(models.Prepared, person.keyring, prepared_id)
        before = opened(record, person.keyring, shapes.Prepared)
        if record.version != version:
            raise Changed
        changed = msgspec.structs.replace(before, text=text, over=over, changed_at=now)
        rewrite(record, person.keyring, changed, version)
        if form_id:
            unsaved.forget(person.keyring, form_id, now)


def let_go(*, person: Person, prepared_id: UUID, page: str, now: datetime) -> None:
    """Delete what was prepared for good, together with words left unsaved on its page."""
    with transaction.atomic():
        remove(find(models.Prepared, person.keyring, prepared_id), person.keyring)
        while left := unsaved.waiting(person.keyring, page):
            unsaved.forget(person.keyring, left[0], now)


def start_afresh(*, person: Person, form_id: UUID, now: datetime) -> None:
    """Forget words that were typed and never saved."""
    unsaved.forget(person.keyring, form_id, now)


# What is given, and what is answered: signed, and in view of every member.


def give(*, person: Person, prepared_id: UUID, version: int, nonce: UUID, now: datetime) -> UUID:
    """Give what was prepared, with one's own yes to it, and return the agreement's id.

    Whoever calls this for a circle of two has shown exactly this text, and the passphrase was just typed. Raise
    Changed when it was changed since that page, Moved when the other wrote a wording meanwhile, Refused, or Closed.
    """
    with transaction.atomic():
        take_turn(person.keyring)  # the same form sent twice at once: the second one finds what the first one did
        sent = models.Statement.objects.filter(id=nonce).values_list("agreement", flat=True).first()
        if sent is not None:
            return ledger.kept(person, sent).id
        record = find(models.Prepared, person.keyring, prepared_id)
        if record.version != version:
            raise Changed
        prepared = opened(record, person.keyring, shapes.Prepared)
        circle = queries.circle_for(person, prepared)
        if circle is None:
            raise Closed
        if prepared.waits and not circle.others:
            raise Refused(NOT_NOW)
        propose(
            circle=circle,
            agreement=prepared.agreement,
            text=prepared.text,
            over=prepared.over,
            nonce=nonce,
            now=now,
            talk=prepared.talk,
        )
        remove(record, person.keyring)
    return prepared.agreement


def propose(
    *,
    circle: CircleKeys,
    agreement: UUID,
    text: Text,
    nonce: UUID,
    now: datetime,
    over: int = 0,
    talk: UUID | None = None,
) -> None:
    """Write a new agreement's first wording, or with `over` the next one of it, with its author's signed yes.

    Alone it stands at once. Whoever calls this for a circle of two has shown exactly this text, and the passphrase was
    just typed. Raise Moved, Refused or Closed.
    """
    with transaction.atomic():
        circle = take_turn(circle)
        one = ledger.kept_in(circle, agreement)
        before = one.facts.newest if one.facts.versions else None
        if (before.version.number if before else 0) != over:
            raise Moved
        _refuse_what_cannot_be_asked(one, text, before, now)
        wording = statements.written(
            circle=circle.circle,
            agreement=agreement,
            number=over + 1,
            author=circle.me,
            before=before.digest if before else "",
            text=text,
            now=now,
        )
        wording = msgspec.structs.replace(wording, talk=talk)
        add(models.Version, circle, wording, uuid4(), agreement=agreement, ordinal=over + 1)
        exact = statements.digest_of(wording.exact)
        _say(one, over + 1, Answer("yes", exact, nonce), now, newest=exact)


def say_yes(*, person: Person, to: Sequence[Yes], now: datetime) -> None:
    """Say yes to one or several exact versions: to all of them or, when something changed, to none.

    Whoever calls this has shown each of them in full, and the passphrase was just typed. Raise Moved or Closed.
    """
    with transaction.atomic():
        for yes in to:
            _answer(person, yes.agreement, Answer("yes", yes.exact, yes.nonce, yes.word), now)


def say_no(*, person: Person, agreement: UUID, exact: str, nonce: UUID, now: datetime, word: str = "") -> None:
    """Say no to a wording. It rests then, and for 28 days only this person comes back to it."""
    with transaction.atomic():
        _answer(person, agreement, Answer("no", exact, nonce, word), now)
        unsaved.forget(person.keyring, nonce, now)


def need_time(
    *,
    person: Person,
    agreement: UUID,
    exact: str,
    nonce: UUID,
    now: datetime,
    until: date | None = None,
    word: str = "",
) -> None:
    """Say that an answer needs time, until a day if one likes. Nothing happens when that day comes."""
    with transaction.atomic():
        _answer(person, agreement, Answer("time", exact, nonce, word, until), now)
        unsaved.forget(person.keyring, nonce, now)


def take_back(*, person: Person, agreement: UUID, exact: str, nonce: UUID, now: datetime) -> None:
    """Take one's own wording back before it is answered."""
    with transaction.atomic():
        _answer(person, agreement, Answer("no", exact, nonce), now, move="take-back")


def withdraw(*, person: Person, agreement: UUID, exact: str, nonce: UUID, now: datetime) -> None:
    """Step back from what stands: at once, without a reason and without a passphrase. Nothing older comes back."""
    with transaction.atomic():
        _answer(person, agreement, Answer("withdraw", exact, nonce), now)


def withdraw_words(*, circle: CircleKeys) -> None:
    """Delete what only this member said in a circle: wordings nobody answered. What both made together stays.

    Called before the circle closes, inside the caller's transaction.
    """
    for one in ledger.all_kept(circle):
        authors = {version.version.author for version in one.facts.versions}
        spoke = {said.statement.person for said in one.facts.said}
        if authors | spoke == {circle.me} and not one.facts.unread and circle.others:
            for model in models.ACTS:
                owned(model, circle).filter(agreement=one.id).delete()


def pin_everything(*, person: Person, now: datetime) -> None:
    """Keep privately how every sound agreement stands, before somebody's keys change.

    What was said with the old keys counts from then on only as far as it is pinned. Where something is missing, the pin
    that knows of it stays as it is.
    """
    with transaction.atomic():
        take_turn(person.keyring)
        for circle in circles_of(person.keyring):
            for agreement in {one.id for one in ledger.all_kept(circle)}:
                one = ledger.kept_in(circle, agreement)
                if rules.is_sound(one.facts) and not ledger.is_older(one):
                    _pin(circle, agreement, one.facts.newest.digest, statements.heads(one.facts.said), now)


def delete_everything(*, person: Person) -> None:
    """Delete what is prepared, and every agreement with oneself. How those with the other stood stays pinned."""
    with transaction.atomic():
        remove_all(models.Prepared, person.keyring)
        if own := found_circle(person):
            for one in ledger.all_kept(own):
                owned(models.Pin, own.keyring).filter(id=ledger.pin_id(own, one.id)).delete()
            for model in (models.Statement, models.Version):
                remove_all(model, own)


def _refuse_what_cannot_be_asked(one: ledger.Kept, text: Text, before: Written | None, now: datetime) -> None:
    me = one.circle.me
    asker = one.facts.asker or me
    if not rules.may_word(text, before.version.text if before else None, author=me, asker=asker):
        raise Refused(NOT_YOURS)
    if before and "wording" not in rules.moves(one.standing, me, now):
        raise Refused(RESTS if one.standing.state == "rests" else NOT_NOW)
    answers = before is not None and one.standing.open is not None
    if not one.circle.others or answers:
        return
    others = (other.standing for other in ledger.all_kept(one.circle) if other.id != one.id)
    if hindrance := rules.hindrance(text, me, others, now):
        raise Refused(HINDERS[hindrance])


def _answer(person: Person, agreement: UUID, answer: Answer, now: datetime, *, move: rules.Move | None = None) -> None:
    circle = take_turn(ledger.kept(person, agreement).circle)
    one, answer = ledger.kept_in(circle, agreement), answer._replace(word=shapes.seen(answer.word))
    earlier = next((said.statement for said in one.facts.said if said.statement.nonce == answer.nonce), None)
    if earlier is not None:
        if Answer(earlier.choice, earlier.exact, earlier.nonce, earlier.word, earlier.until) != answer:
            raise Changed
        return
    meant = one.standing.stands if answer.choice == "withdraw" else one.standing.asked
    if meant is None or meant.digest != answer.exact:
        raise Moved
    if (move or answer.choice) not in rules.moves(one.standing, circle.me, now):
        raise Refused(NOT_NOW)
    _say(one, meant.version.number, answer, now, newest=one.facts.newest.digest)


def _say(one: ledger.Kept, version: int, answer: Answer, now: datetime, *, newest: str) -> None:
    """Sign and write the next statement of an agreement, and pin how it stands with it."""
    circle, heads = one.circle, statements.heads(one.facts.said)
    last = owned(models.Statement, circle).filter(agreement=one.id).aggregate(last=Max("ordinal"))["last"] or 0
    seed = circle.keyring.secrets.signing_seed
    statement = shapes.Statement(
        ns=statements.STATEMENT_NS,
        circle=circle.circle,
        agreement=one.id,
        version=version,
        exact=answer.exact,
        turn=last + 1,
        previous=heads.get(str(circle.me), ""),
        choice=answer.choice,
        person=circle.me,
        key=statements.public_key(seed),
        nonce=answer.nonce,
        at=statements.to_the_second(now),
        until=answer.until,
        word=answer.word,
    )
    stored = statements.stated(seed, statement)
    add(models.Statement, circle, stored, answer.nonce, agreement=one.id, ordinal=last + 1)
    _pin(circle, one.id, newest, heads | {str(circle.me): statements.digest_of(stored.exact)}, now)


def _pin(circle: CircleKeys, agreement: UUID, version: str, heads: dict[str, str], now: datetime) -> None:
    """Keep privately how an agreement stands now."""
    pin = shapes.Pin(circle=circle.circle, agreement=agreement, version=version, heads=heads, at=now)
    row = ledger.pin_of(circle, agreement)
    if row is None:
        add(models.Pin, circle.keyring, pin, ledger.pin_id(circle, agreement))
    else:
        rewrite(row, circle.keyring, pin, row.version)
