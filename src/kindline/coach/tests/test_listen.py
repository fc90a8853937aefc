"""What the coach promises about places, lenses, safety, weights and any text at all."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kindline.coach import Heard, foremost, listen
from kindline.coach.lenses import LENSES

MOST_TRIED = 200  # notes of a very long text whose tries are looked at

FAULT_LINES = (
    "You never listen. ", "I’m leaving you! ", "“Always you,” she said… ", "Why can't you help?\n",
    "I feel like you don't care ",
    "STOP IT ", "sorry, but ", "I need an hour. ", "ﬁne ", "İ feel sad ", "you\u200bnever listen ", "👩‍👩‍👧 you ",
)  # fmt: skip


def places_are_valid(text: str, heard: Heard) -> None:
    for note in heard.notes:
        assert 0 <= note.start < note.end <= len(text)
        assert text[note.start : note.end] == note.words
        assert note.weight in ("listen", "soften", "stop")
    for note in heard.notes[:: len(heard.notes) // MOST_TRIED + 1]:
        assert 1 <= len(note.tries) <= 3
    for part in heard.parts:
        assert 0 <= part.start < part.end <= len(text)
        assert text[part.start : part.end] == part.words


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=300), st.sampled_from(LENSES))
def test_any_text_gives_valid_places(text: str, lens: str) -> None:
    places_are_valid(text, listen(text, lens=lens))


@settings(max_examples=150, deadline=None)
@given(st.lists(st.one_of(st.sampled_from(FAULT_LINES), st.text(max_size=6)), max_size=12), st.sampled_from(LENSES))
def test_mixed_writing_gives_valid_places(pieces: list[str], lens: str) -> None:
    text = "".join(pieces)
    places_are_valid(text, listen(text, lens=lens))


def test_a_place_is_counted_in_code_points() -> None:
    text = "👋🏽 İyi. You never listen to me."
    note = next(note for note in listen(text).notes if note.rule == "absolute-you")
    assert text[note.start : note.end] == "You never listen to me"


def test_an_invisible_letter_does_not_hide_a_word() -> None:
    assert "absolute" in {note.fault for note in listen("You ne\u200bver listen to me.").notes}


def test_words_of_somebody_else_are_not_held_against_the_speaker() -> None:
    assert listen("When you said “you never help”, I felt sad.").notes == ()


def test_a_text_that_is_all_quotation_is_heard() -> None:
    assert listen("“You never listen to me.”").notes


@pytest.mark.parametrize(
    "text",
    [
        "I will always want you home safe.", "You never have to face this alone.",
        "If voices rise, I'll take ten minutes.",
        "I'm furious that the rent is gone.", "Never mind the dishes.", "I never said thank you, so thank you.",
        "Are you okay?",
        "I felt hurt.", "I don't want to fight.", "",
    ],
)  # fmt: skip
def test_harmless_lines_stay_quiet(text: str) -> None:
    assert listen(text).notes == ()


def test_own_words_are_borrowed_for_a_try() -> None:
    note = next(note for note in listen("You never call me back.").notes if note.fault == "absolute")
    assert "I'd like you to call me back. It matters to me." in note.tries


def test_safety_silences_all_but_a_stop_on_the_writers_own_threat() -> None:
    heard = listen("You never listen. You grabbed my arm. If you go out tonight, I'm taking the kids.")
    assert heard.safety
    assert {note.weight for note in heard.notes} == {"stop"}


def test_safety_alone_leaves_no_soft_note() -> None:
    heard = listen("I'm afraid to tell you when I'm late. You never listen to me.")
    assert heard.safety
    assert heard.notes == ()


@pytest.mark.parametrize(
    "text",
    [
        "You pushed me against the wall.", "He locked me in the bedroom.", "You took my keys so I couldn't leave.",
        "She tracks my phone.", "You won't let me see my family.", "You forced me to.",
        "You kept me awake all night shouting.",
        "I don't want to be here anymore.", "If you leave me I'll kill myself.",
        "I'm scared of what I might do to the kids.",
        "I'm scared of how you'll react.", "I feel like I'm walking on eggshells around you.", "You blocked the door.",
    ],
)  # fmt: skip
def test_harm_and_fear_are_heard_by_form(text: str) -> None:
    assert listen(text).safety


@pytest.mark.parametrize(
    "text",
    [
        "I felt hurt.", "I'm scared of the scan.", "I'm scared of losing you.", "I'm afraid of flying.",
        "It hurt when you left early.",
        "You hit the nail on the head.", "You blocked out the evening for us.", "I could kill for a coffee.",
        "I'm dying to see you.",
        "You pushed the appointment to Friday.", "I'm afraid I can't come on Sunday.",
    ],
)  # fmt: skip
def test_ordinary_hurt_and_worry_stay_ordinary(text: str) -> None:
    assert not listen(text).safety


@pytest.mark.parametrize(
    "word",
    [
        "threatened", "coerced", "intimidated", "violated", "abused", "bullied", "trapped", "unsafe", "terrorised",
        "stalked", "harassed", "controlled",
    ],
)  # fmt: skip
def test_words_of_harm_are_never_corrected(word: str) -> None:
    for said in (f"I feel {word}.", f"I felt so {word} by you.", f"I feel like I'm being {word}.", f"I was {word}."):
        for lens in LENSES:
            notes = listen(said, lens=lens).notes
            assert not [note for note in notes if note.fault == "faux-feeling" or note.rule.startswith("ear-")], said


def test_beside_words_of_harm_the_rules_still_say_what_they_hear() -> None:
    assert "absolute" in {note.fault for note in listen("You never listen. I felt bullied by your brother.").notes}


@pytest.mark.parametrize(
    "text",
    [
        "I'm furious that you sold the car.",
        "I'm so angry with you.",
        "I hate this, and I'm livid.",
        "This makes me angry.",
    ],
)
def test_anger_is_welcome(text: str) -> None:
    assert listen(text).notes == ()


def test_one_soft_note_among_good_parts_is_only_a_thought() -> None:
    heard = listen("Stop the tap, love. I feel tense when it drips. Would you help me fix it?")
    assert {note.weight for note in heard.notes} <= {"listen"}


def test_a_lens_says_which_rules_listen() -> None:
    assert [note.rule for note in listen("I need some air.", lens="pause").notes] == ["no-return-time"]
    assert listen("I need some air.", lens="boundary").notes == ()


def test_an_unknown_lens_or_language_is_refused() -> None:
    with pytest.raises(ValueError, match="There is no lens"):
        listen("x", lens="verdict")
    with pytest.raises(ValueError, match="There are no rules"):
        listen("x", language="xx")
    with pytest.raises(ValueError, match="There are no rules"):
        listen("x", language="../en")


def test_hearing_the_same_text_twice_gives_the_same() -> None:
    text = "You always do this! I feel sad. Would you stop?"
    assert listen(text) == listen(text)


def test_few_notes_are_shown_and_the_heaviest_comes_first() -> None:
    notes = listen("You never help. You're a slob. It's only a mug. Do that again and I'm leaving you.").notes
    shown = foremost(notes)
    assert len(shown) == 3
    assert shown[0].weight == "stop"
    assert len({note.fault for note in shown}) == 3
