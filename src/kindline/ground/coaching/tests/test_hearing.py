"""What the page shows of the coach: the words as they are, at most three notes, the heaviest first."""

import pytest

from kindline.coach import Heard, Note, Part, listen
from kindline.coach.book import load_book
from kindline.ground.coaching import hearing as room
from kindline.ground.coaching.hearing import LIMIT, Hearing, hear, key_of, tidy, with_try

HARD = "You never listen to me. You're so selfish. You always start with the bills, and you never help."


def note(start: int, end: int, weight: str = "soften", *, rule: str = "", tries: tuple[str, ...] = ()) -> Note:
    return Note(rule or f"rule-{start}", "absolute", weight, start, end, f"words {start}", "May land hard.", tries)


def shown(monkeypatch: pytest.MonkeyPatch, text: str, *notes: Note, safety: bool = False, aside: tuple = ()) -> Hearing:
    """Hear with a coach that heard exactly these notes."""
    monkeypatch.setattr(room.coach, "listen", lambda *_args, **_more: Heard(notes, (), safety))
    return hear(text, aside=aside)


def test_the_real_coach_is_heard() -> None:
    heard = hear(HARD, lens="complaint")
    assert heard.remarks
    assert {remark.look for remark in heard.remarks} <= {"thought", "soften", "stop"}
    assert all(remark.words and remark.says for remark in heard.remarks if remark.mark)


def test_at_most_three_notes_and_the_heaviest_come_first(monkeypatch: pytest.MonkeyPatch) -> None:
    notes = (note(0, 1, "listen"), note(2, 3), note(4, 5), note(6, 7, "stop"), note(8, 9))
    assert [remark.look for remark in shown(monkeypatch, "a b c d e f", *notes).remarks] == ["stop", "soften", "soften"]


def test_one_rule_speaks_once_and_the_page_says_that_there_is_more(monkeypatch: pytest.MonkeyPatch) -> None:
    heard = shown(monkeypatch, "a b c d", note(0, 1, rule="absolute-you"), note(2, 3, rule="absolute-you"))
    assert [remark.start for remark in heard.remarks] == [0]
    assert heard.more
    assert not shown(monkeypatch, "a b c d", note(0, 1)).more


def test_nothing_is_praised_in_a_sentence_that_may_hurt_nor_beside_safety() -> None:
    assert "a need" in map(str, hear("I need ten minutes. You never listen.").leaves)
    for text in (
        "I'll tell the kids what you did.",
        "I want to hurt you the way you hurt me.",
        "He hits me and I need you.",
    ):
        assert hear(text).leaves == (), text


def test_notes_never_lie_on_one_another(monkeypatch: pytest.MonkeyPatch) -> None:
    heard = shown(monkeypatch, "You never listen.", note(0, 9), note(4, 16, "stop"), note(16, 17, "listen"))
    assert [(remark.start, remark.end) for remark in heard.remarks] == [(4, 16), (16, 17)]


@pytest.mark.parametrize(
    "text",
    [
        HARD,
        "👋🏽 You never listen 🧑🏽‍🤝‍🧑🏻.\n\nYou never  help\t!",
        "\u202eYou never\u202c listen",
        "<b>You never</b> & 'listen'",
        " \n ",
    ],
)
def test_the_stretches_together_are_the_text(text: str) -> None:
    assert "".join(stretch.text for stretch in hear(text).stretches) == tidy(text)


def test_marks_and_notes_belong_together() -> None:
    heard = hear(HARD, sheet="warm")
    marks = {stretch.mark: stretch for stretch in heard.stretches if stretch.mark}
    assert set(marks) == {remark.mark for remark in heard.remarks if remark.mark}
    for remark in heard.remarks:
        assert remark.mark.startswith("warm-mark-")
        assert " ".join(marks[remark.mark].text.split()) == remark.words


def test_a_note_about_what_is_missing_marks_no_words(monkeypatch: pytest.MonkeyPatch) -> None:
    heard = shown(monkeypatch, "I need rest.", note(0, 0, "listen", tries=("Would you …?",)))
    assert [remark.mark for remark in heard.remarks] == [""]
    assert [stretch.look for stretch in heard.stretches] == [""]
    assert with_try(heard, heard.remarks[0].tries[0].choice) == "I need rest."


def test_where_safety_is_heard_only_a_stop_still_speaks(monkeypatch: pytest.MonkeyPatch) -> None:
    heard = shown(monkeypatch, "abcdefgh", note(0, 1, "listen"), note(2, 3), note(4, 5, "stop"), safety=True)
    assert [remark.look for remark in heard.remarks] == ["stop"]
    assert not heard.quiet


def test_a_note_put_aside_stays_aside_while_the_text_around_it_changes() -> None:
    first = hear("You never listen to me.").remarks[0]
    again = hear("Yesterday was long. You never listen to me.", aside=(first.key,))
    assert first.key not in {remark.key for remark in again.remarks}


def test_other_words_of_the_same_rule_have_a_key_of_their_own() -> None:
    assert key_of(note(0, 3)) != key_of(note(4, 6))
    assert key_of(note(0, 3)) == key_of(note(0, 9))


def test_the_need_comes_first_and_each_part_once(monkeypatch: pytest.MonkeyPatch) -> None:
    parts = tuple(Part(name, 0, 1, "x") for name in ("request", "offer", "need", "request"))
    monkeypatch.setattr(room.coach, "listen", lambda *_args, **_more: Heard((), parts, safety=False))
    heard = hear("x")
    assert [str(word) for word in heard.leaves] == ["a need", "a request", "an offer"]
    assert heard.quiet


def test_every_part_the_coach_knows_has_words_on_the_page() -> None:
    named = {rule.serves for rule in load_book("en").rules if rule.kind == "part"}
    assert named
    assert named <= set(room.WORKS)


def test_more_than_the_limit_is_said_not_heard(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room.coach, "listen", lambda *_args, **_more: pytest.fail("the coach was asked"))
    heard = hear("x" * (LIMIT + 1))
    assert heard.too_long
    assert not heard.quiet
    assert heard.text == "x" * (LIMIT + 1)


def test_exactly_the_limit_is_heard() -> None:
    assert not hear("x" * LIMIT).too_long


def test_nothing_written_shows_nothing() -> None:
    heard = hear(" \r\n ")
    assert (heard.remarks, heard.leaves, heard.quiet, heard.text) == ((), (), False, " \n ")


def test_a_lens_that_does_not_exist_is_no_lens() -> None:
    assert hear(HARD, lens="<nonsense>").remarks == hear(HARD, lens="any").remarks


def test_a_try_takes_the_place_of_the_marked_words(monkeypatch: pytest.MonkeyPatch) -> None:
    heard = shown(monkeypatch, "🧑🏽‍🤝‍🧑🏻 you never help", note(10, 15, tries=("rarely",)))
    text = heard.text
    assert with_try(heard, heard.remarks[0].tries[0].choice) == f"{text[:10]}rarely{text[15:]}"


def test_a_try_that_is_gone_changes_nothing() -> None:
    assert with_try(hear(HARD), "absolute.00000000.7") == HARD


def test_the_real_coach_is_the_one_that_is_called() -> None:
    assert room.coach.listen is listen
