"""A whole sentence replaces a whole sentence; a few words replace only the words they are about."""

import pytest

from kindline.ground.coaching.reach import reach

TEXT = 'It was late. You never listen to me, and "ok" is all I get! And more\nA new line'


def taken(words_heard: str, words: str, text: str = TEXT) -> str:
    at = text.index(words_heard)
    start, end = reach(text, at, at + len(words_heard), words)
    return text[start:end]


@pytest.mark.parametrize(
    ("heard", "words", "expected"),
    [
        ("You never", "Lately, you rarely", "You never"),
        ("You never", "I felt alone with it.", 'You never listen to me, and "ok" is all I get!'),
        ("It was", "That evening was long.", "It was late."),
        ("more", "I was sad.", "And more"),
        ("A new", "I was sad.", "A new line"),
        ("line", "Ich war traurig.", "A new line"),
        ("listen", "Über mich sprachen wir nicht.", 'You never listen to me, and "ok" is all I get!'),
    ],
)
def test_a_try_reaches_as_far_as_it_should(heard: str, words: str, expected: str) -> None:
    assert taken(heard, words) == expected


def test_words_that_cross_sentences_are_all_replaced() -> None:
    assert taken("late. You never", "I felt alone.") == 'It was late. You never listen to me, and "ok" is all I get!'


def test_a_note_without_a_place_reaches_nowhere() -> None:
    assert reach(TEXT, 4, 4, "I felt alone.") == (4, 4)


def test_a_decimal_point_or_an_ellipsis_inside_a_word_ends_nothing() -> None:
    assert taken("You", "I felt it.", "You owe 3.50 and … what. Then") == "You owe 3.50 and …"
    assert taken("You", "I felt it.", "You owe 3.50 and so. Then") == "You owe 3.50 and so."


def test_a_long_text_without_an_end_is_quick() -> None:
    text = "You never " + "and then " * 20_000
    assert reach(text, 0, 9, "I felt it.") == (0, len(text.rstrip()))


@pytest.mark.parametrize("marks", ["!", "!)", ".”", "…"])
def test_a_run_of_stops_that_ends_nothing_is_read_once(marks: str) -> None:
    text = "You never " + marks * 200_000 + "x"
    assert reach(text, 0, 9, "I felt it.") == (0, len(text))
