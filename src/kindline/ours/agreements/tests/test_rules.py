"""T7, without any server: nothing stands without everybody's signed yes to the same exact words."""

import itertools
from datetime import timedelta
from uuid import UUID, uuid4

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kindline.ours.agreements import rules, statements
from kindline.ours.agreements.rules import Facts
from kindline.ours.agreements.shapes import Stated, Statement, Text, Version, Wording
from kindline.ours.agreements.tests.papers import ANNA, BEGAN, JONAS, MIA, Paper, Signer


def number(paper: Paper) -> int:
    """Return which wording stands, or 0."""
    stands = paper.standing.stands
    return stands.version.number if stands else 0


# What stands.


def test_consent_of_one_is_not_enough() -> None:
    paper = Paper().words(MIA)
    assert (paper.standing.state, number(paper)) == ("open", 0)
    assert paper.standing.waits_for(JONAS.id)
    assert not paper.standing.waits_for(MIA.id)


def test_consent_of_all_is() -> None:
    paper = Paper().words(MIA).says(JONAS, "yes")
    assert (paper.standing.state, number(paper), paper.standing.since) == ("stands", 1, BEGAN + timedelta(hours=2))


def test_alone_ones_own_yes_is_all_there_is() -> None:
    assert number(Paper(MIA).words(MIA)) == 1


def test_two_of_three_are_not_enough() -> None:
    paper = Paper(MIA, JONAS, ANNA).words(MIA).says(JONAS, "yes")
    assert number(paper) == 0
    assert number(paper.says(ANNA, "yes")) == 1


def test_yeses_to_different_wordings_do_not_add_up() -> None:
    paper = Paper().words(MIA).words(JONAS, "Would you knock twice?")
    assert number(paper) == 0
    assert number(paper.says(JONAS, "yes", to=1)) == 1, "his yes to the first is a yes to the first"


def test_a_newer_wording_does_not_unseat_what_stands() -> None:
    paper = Paper().words(MIA).says(JONAS, "yes").words(JONAS, "Would you knock twice?")
    assert (paper.standing.state, number(paper), paper.standing.open.version.number) == ("open", 1, 2)
    for answer in ("time", "no"):
        assert number(paper.says(MIA, answer)) == 1


def test_the_newest_that_all_said_yes_to_takes_its_place_for_good() -> None:
    paper = Paper().words(MIA).says(JONAS, "yes").words(JONAS, "Would you knock twice?").says(MIA, "yes")
    assert number(paper) == 2
    assert number(paper.says(MIA, "withdraw")) == 0, "the older one does not come back"


@pytest.mark.parametrize("again", [MIA, JONAS])
def test_what_somebody_stepped_back_from_never_stands_again(again: Signer) -> None:
    paper = Paper().words(MIA).says(JONAS, "yes").says(JONAS, "withdraw").says(again, "yes")
    assert (paper.standing.state, number(paper)) == ("ended", 0)
    assert number(paper.words(MIA, "Would you knock at night?").says(JONAS, "yes")) == 2


def test_a_no_after_a_yes_ends_it_too_and_revives_nothing() -> None:
    paper = Paper().words(MIA).says(JONAS, "yes").words(MIA, "Would you wait?").says(JONAS, "yes").says(JONAS, "no")
    assert number(paper) == 0


def test_stepping_back_leaves_an_open_wording_open() -> None:
    paper = Paper().words(MIA).says(JONAS, "yes").words(MIA, "Would you wait?").says(JONAS, "withdraw", to=1)
    assert (paper.standing.state, number(paper)) == ("open", 0)
    assert number(paper.says(JONAS, "yes")) == 2


def test_a_closed_space_binds_nobody_and_stays_readable() -> None:
    paper = Paper().words(MIA).says(JONAS, "yes")
    paper.closed = True
    there = paper.standing
    assert (there.state, there.stands, there.shown.version.number) == ("closed", None, 1)
    assert rules.moves(there, MIA.id, BEGAN) == set()


# What may be done.


def test_four_answers_are_open_to_who_is_asked_and_two_ways_to_who_asks() -> None:
    there = Paper().words(MIA).standing
    assert rules.moves(there, JONAS.id, BEGAN) == {"yes", "wording", "time", "no"}
    assert rules.moves(there, MIA.id, BEGAN) == {"take-back", "wording"}


def test_i_need_time_leaves_all_four_open() -> None:
    there = Paper().words(MIA).says(JONAS, "time").standing
    assert rules.moves(there, JONAS.id, BEGAN) == {"yes", "wording", "time", "no"}


def test_after_a_no_only_its_author_moves_for_28_days() -> None:
    there = Paper().words(MIA).says(JONAS, "no").standing
    no_at = BEGAN + timedelta(hours=2)
    for days, mias in ((0, set()), (27.99, set()), (28, {"wording"})):
        assert rules.moves(there, MIA.id, no_at + timedelta(days=days)) == mias
    assert {"yes", "wording"} <= rules.moves(there, JONAS.id, no_at)
    assert rules.moves(there, MIA.id, BEGAN + timedelta(days=200)) == {"wording"}


def test_a_wording_taken_back_can_be_written_anew_by_both() -> None:
    there = Paper().words(MIA).says(MIA, "no").standing
    assert (there.state, there.no_by) == ("taken-back", None)
    for one in (MIA, JONAS):
        assert rules.moves(there, one.id, BEGAN) == {"wording"}


def test_whoever_stands_by_an_agreement_can_step_back_or_word_it_anew() -> None:
    there = Paper().words(MIA).says(JONAS, "yes").standing
    for one in (MIA, JONAS):
        assert rules.moves(there, one.id, BEGAN) == {"withdraw", "wording"}


def test_a_counter_wording_belongs_to_the_wish_it_answers() -> None:
    paper = Paper().words(MIA).words(JONAS, "Would you knock twice?")
    assert paper.standing.begun_by == MIA.id
    paper.says(MIA, "yes").words(JONAS, "Would you knock once?")
    assert paper.standing.begun_by == JONAS.id, "a wording over what stands is a wish of one's own"


def test_reopening_after_a_no_is_a_wish_of_who_said_no() -> None:
    paper = Paper().words(MIA).says(JONAS, "no").words(JONAS, "Would you knock softly?")
    assert paper.standing.begun_by == JONAS.id


@pytest.mark.parametrize(
    ("author", "changed", "may"),
    [
        (JONAS, {"ask": "Would you wait?", "offer": "Tea.", "flex": "Sundays."}, True),
        (JONAS, {"plan": {str(JONAS.id): "I breathe."}}, True),
        (JONAS, {"need": "less"}, False),
        (JONAS, {"limit": "I stay."}, False),
        (JONAS, {"plan": {str(MIA.id): "She gives in."}}, False),
        (MIA, {"need": "more", "limit": "I go out."}, True),
        (MIA, {"plan": {str(JONAS.id): "He gives in."}}, False),
    ],
)
def test_a_wording_leaves_alone_what_is_not_its_authors(author: Signer, changed: dict, *, may: bool) -> None:
    before = Text(need="quiet", limit="I close the door.", ask="Would you knock?")
    after = msgspec.structs.replace(before, **changed)
    assert rules.may_word(after, before, author=author.id, asker=MIA.id) is may


def test_the_same_wish_is_known_by_its_words_not_by_its_stops() -> None:
    assert rules.is_same_ask(Text(ask="Would you knock?"), Text(ask="  would YOU knock "))
    assert not rules.is_same_ask(Text(ask="Would you knock?"), Text(ask="Would you knock twice?"))
    assert not rules.is_same_ask(Text(), Text())


@pytest.mark.parametrize(
    ("who", "paper", "after", "hindrance"),
    [
        (MIA, Paper().words(MIA), 0, "one-at-a-time"),
        (JONAS, Paper().words(MIA), 0, None),
        (MIA, Paper().words(MIA).says(JONAS, "yes"), 0, None),
        (MIA, Paper().words(MIA).says(JONAS, "no"), 1, "rests"),
        (MIA, Paper().words(MIA).says(JONAS, "no"), 29, None),
        (JONAS, Paper().words(MIA).says(JONAS, "no"), 1, None),
        (MIA, Paper().words(MIA).says(MIA, "no"), 1, None),
        (MIA, Paper().words(MIA, "Would you sing?").says(JONAS, "no"), 1, None),
    ],
    ids=["open", "the other's", "agreed", "rests", "rested", "own no", "taken back", "another"],
)
def test_one_wish_at_a_time_and_none_again_while_it_rests(
    who: Signer, paper: Paper, after: int, hindrance: str | None
) -> None:
    same = Text(ask=Paper().words(MIA).facts().newest.version.text.ask)
    now = BEGAN + timedelta(days=after)
    assert rules.hindrance(same, who.id, [Paper(MIA).words(MIA).standing, paper.standing], now) == hindrance


# What is forged, moved, missing, replayed.


def full() -> Paper:
    """Return a paper with a lively past, on which the third wording stands."""
    paper = Paper().words(MIA).says(JONAS, "time").words(JONAS, "Would you knock twice?").says(MIA, "yes")
    return paper.words(MIA, "Would you knock softly?").says(JONAS, "yes")


def test_a_sound_paper_is_sound() -> None:
    assert number(full()) == 3


@pytest.mark.parametrize("at", range(6))
def test_a_statement_that_is_missing_is_noticed(at: int) -> None:
    paper = full()
    del paper.stated[at]
    if at == 5:
        assert number(paper) == 2, "of what came last nothing else here knows; that is what pins are for"
        return
    there = paper.standing
    assert (there.state, there.stands) == ("unverified", None)
    assert there.shown is not None


@pytest.mark.parametrize("at", range(3))
def test_a_wording_that_is_missing_is_noticed(at: int) -> None:
    paper = full()
    facts = paper.facts()
    versions = tuple(one for one in facts.versions if one.version.number != at + 1)
    there = rules.standing(Facts(facts.members, versions, facts.said))
    assert (there.state, there.stands) == ("unverified", None)


def test_statements_in_any_other_order_are_noticed() -> None:
    paper = full()
    for order in itertools.permutations(paper.stated):
        there = rules.standing(paper.facts(order))
        assert (there.state == "stands") == (list(order) == paper.stated)


def test_a_statement_copied_under_another_nonce_is_none() -> None:
    paper = Paper().words(MIA).says(JONAS, "yes").says(JONAS, "withdraw")
    [_mias, (_row, yes), _back] = paper.stated
    paper.stated.append((uuid4(), yes))
    assert (paper.standing.state, paper.standing.stands) == ("unverified", None)


def test_an_old_yes_put_after_a_withdrawal_does_not_count() -> None:
    paper = Paper().words(MIA).says(JONAS, "yes").says(JONAS, "withdraw")
    mias, yes, back = paper.stated
    for forged in ([mias, back, yes], [mias, yes, back, yes], [mias, yes, yes]):
        there = rules.standing(paper.facts(forged))
        assert there.stands is None
        assert there.state == "unverified"


@pytest.mark.parametrize("claims", [MIA, JONAS, ANNA])
def test_a_yes_signed_with_somebody_elses_key_is_none(claims: Signer) -> None:
    for signs in (MIA, ANNA):
        paper = Paper().words(MIA)
        paper.says(JONAS, "yes", person=claims.id, key=claims.key.hex())
        row, stored = paper.stated[-1]
        said = msgspec.json.decode(stored.exact, type=Statement)
        paper.stated[-1] = row, statements.stated(signs.seed, said)
        assert paper.standing.stands is None
        assert number(paper) == 0


def test_every_changed_byte_of_a_statement_is_noticed() -> None:
    paper = Paper().words(MIA).says(JONAS, "yes")
    row, stored = paper.stated[-1]
    for at in range(len(stored.exact)):
        exact = stored.exact[:at] + chr(ord(stored.exact[at]) ^ 1) + stored.exact[at + 1 :]
        assert (
            rules.standing(
                paper.facts([paper.stated[0], (row, Stated(exact=exact, signature=stored.signature))])
            ).stands
            is None
        )
    for at in range(64):
        signature = bytes(byte ^ (at == place) for place, byte in enumerate(stored.signature))
        forged = Stated(exact=stored.exact, signature=signature)
        assert rules.standing(paper.facts([paper.stated[0], (row, forged)])).stands is None


def test_every_changed_byte_of_a_wording_is_noticed() -> None:
    paper = Paper().words(MIA).says(JONAS, "yes")
    [wording] = paper.wordings
    for at in range(len(wording.exact)):
        paper.wordings = [Wording(exact=wording.exact[:at] + chr(ord(wording.exact[at]) ^ 1) + wording.exact[at + 1 :])]
        assert paper.standing.stands is None


@pytest.mark.parametrize("where", ["circle", "agreement"])
def test_what_was_said_elsewhere_counts_nowhere_else(where: str) -> None:
    here = Paper().words(MIA)
    shared = {"circle": here.circle, "agreement": here.agreement} | {where: uuid4()}
    there = Paper(circle=shared["circle"], agreement=shared["agreement"]).words(MIA).says(JONAS, "yes")
    here.stated.append(there.stated[-1])
    assert (here.standing.state, here.standing.stands) == ("unverified", None)


@pytest.mark.parametrize(
    "changes",
    [
        {"version": 2},
        {"exact": "00" * 32},
        {"turn": 3},
        {"previous": "00" * 32},
        {"ns": "kindline/agreement/statement/2"},
        {"choice": "YES"},
        {"nonce": UUID(int=7)},
        {"circle": UUID(int=7)},
        {"agreement": UUID(int=7)},
        {"person": UUID(int=7)},
    ],
)
def test_a_yes_that_says_anything_else_is_none_although_it_is_signed(changes: dict) -> None:
    paper = Paper().words(MIA).says(JONAS, "yes")
    row, stored = paper.stated[-1]
    said = msgspec.structs.replace(msgspec.json.decode(stored.exact, type=Statement), **changes)
    paper.stated[-1] = row, statements.stated(JONAS.seed, said)
    assert paper.standing.stands is None


def test_a_version_that_skips_its_chain_is_noticed() -> None:
    paper = full()
    second = msgspec.json.decode(paper.wordings[1].exact, type=Version)
    forged = statements.canonical(msgspec.structs.replace(second, before="00" * 32))
    paper.wordings[1] = Wording(exact=forged)
    assert paper.standing.state == "unverified"


def test_what_cannot_be_verified_shows_the_last_wording_both_said_yes_to() -> None:
    paper = full()
    paper.stated.append((uuid4(), paper.stated[0][1]))
    there = paper.standing
    assert (there.state, there.stands, there.shown.version.number) == ("unverified", None, 3)
    paper = Paper().words(MIA).says(JONAS, "yes").words(MIA, "Would you wait?")
    paper.stated.append((uuid4(), paper.stated[0][1]))
    assert paper.standing.shown.version.number == 1


def test_words_without_a_single_statement_are_nobodys() -> None:
    paper = full()
    paper.stated = []
    assert paper.standing.state == "unverified"


@given(st.lists(st.tuples(st.sampled_from([MIA, JONAS]), st.sampled_from([*rules.CHOICES, "words"])), max_size=12))
def test_whatever_two_people_do_nothing_stands_without_the_last_yes_of_both(acts: list[tuple[Signer, str]]) -> None:
    paper, stood = Paper().words(MIA), []
    for who, act in acts:
        paper = paper.words(who) if act == "words" else paper.says(who, act)
        there = paper.standing
        assert there.state != "unverified"
        said = [msgspec.json.decode(stored.exact, type=Statement) for _row, stored in paper.stated]
        if there.stands is None:
            stood.append(0)
            continue
        version = there.stands.version.number
        for member in (MIA, JONAS):
            on = [one.choice for one in said if (one.person, one.version) == (member.id, version)]
            assert on[-1] == "yes"
            assert "withdraw" not in on
        assert version >= max(stood, default=0), "nothing older comes back"
        stood.append(version)


@given(st.lists(st.tuples(st.sampled_from([MIA, JONAS]), st.sampled_from([*rules.CHOICES, "words"])), max_size=12))
def test_what_a_list_opens_says_the_same_as_the_whole(acts: list[tuple[Signer, str]]) -> None:
    paper = Paper().words(MIA)
    for who, act in acts:
        paper = paper.words(who) if act == "words" else paper.says(who, act)
    facts = paper.facts()
    newest, last = facts.versions[-1], {said.statement.person: said for said in facts.said[-2:]}
    if rules.stands_plainly(newest, last, facts.members):
        plain, whole = rules.standing_plainly(newest, last), paper.standing
        if whole.state == "stands":
            assert (plain.stands, plain.since) == (whole.stands, whole.since)
        else:
            stepped_back = [one for one in facts.said if one.statement.choice == "withdraw"]
            assert stepped_back, "only an earlier withdrawal makes the difference, and actions refuse a yes after it"
