"""What a note shows ends where the clause ends; what it borrows for a try does too."""

import pytest

from kindline.coach import listen


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("If you buy it I'll throw it out of the window.", "I'll throw it out of the window"),
        (
            "You never clean the whole of the big bathroom properly.",
            "You never clean the whole of the big bathroom properly",
        ),
        ("I guess I'm just not important enough for a call, am I.", "I guess I'm just not important enough for a call"),
    ],
)
def test_a_note_never_breaks_off_inside_a_clause(text: str, shown: str) -> None:
    assert shown in [note.words for note in listen(text).notes]


def test_what_a_try_borrows_is_whole() -> None:
    tries = [words for note in listen("Just leave the keys on the table by the door.").notes for words in note.tries]
    assert "I'd like you to leave the keys on the table by the door." in tries


def test_a_note_does_not_end_in_a_joining_word() -> None:
    for text in ("You forgot the whole list again and I had to drive.", "Just put the big red box down there and go."):
        for note in listen(text).notes:
            assert note.words.split()[-1] not in ("and", "but", "because"), note.words


def test_thanks_inside_mockery_are_no_part() -> None:
    heard = listen("Wow, thanks for finally ringing your mother, must have been exhausting.")
    assert {"appreciation", "validation"}.isdisjoint(part.name for part in heard.parts)
    assert [note.fault for note in heard.notes] == ["contempt"]


def test_an_apology_for_the_feeling_of_the_other_is_no_part() -> None:
    assert listen("I'm sorry you feel that way.").parts == ()
