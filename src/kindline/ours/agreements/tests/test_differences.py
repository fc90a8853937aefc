"""Differences between two wordings: readable, and nothing of either lost."""

from hypothesis import given
from hypothesis import strategies as st

from kindline.ours.agreements.differences import LONGEST, Part, differences

texts = st.text(st.sampled_from("ab ’.\n"), max_size=40)


def test_a_changed_word_is_taken_out_and_put_in() -> None:
    found = differences("until we’ve eaten, every evening?", "until we’ve eaten, on weekdays?")
    assert found == [
        Part("same", "until we’ve eaten, "),
        Part("gone", "every evening"),
        Part("new", "on weekdays"),
        Part("same", "?"),
    ]


def test_the_same_words_have_no_difference() -> None:
    assert differences("as it is", "as it is") == [Part("same", "as it is")]
    assert differences("", "") == []


def test_words_that_came_or_went_whole_are_shown_whole() -> None:
    assert differences("", "Tea first.") == [Part("new", "Tea first.")]
    assert differences("Tea first.", "") == [Part("gone", "Tea first.")]


def test_very_long_texts_are_shown_one_after_the_other() -> None:
    before, after = "a " * LONGEST, "b " * LONGEST
    assert differences(before, after) == [Part("gone", before), Part("new", after)]


@given(texts, texts)
def test_both_wordings_can_be_read_from_it(before: str, after: str) -> None:
    found = differences(before, after)
    assert "".join(part.words for part in found if part.kind != "new") == before
    assert "".join(part.words for part in found if part.kind != "gone") == after
