"""What is guessed from what is missing gives way; what stops is sure; a part is told where it is said."""

import pytest

from kindline.coach.ear import by_rules
from kindline.coach.note import Heard


def heard(text: str, lens: str = "any") -> Heard:
    return by_rules(text, lens)[1]


def rules(text: str, lens: str = "any") -> list[str]:
    return [note.rule for note in heard(text, lens).notes if note.weight != "listen"]


def test_a_guess_speaks_only_where_no_other_rule_softens() -> None:
    assert rules("You saw the bin was full and went upstairs.", "complaint") == ["bare-of-you"]
    assert "bare-of-you" not in rules("You never empty the bin. You saw it was full.", "complaint")


def test_a_guess_is_taken_back_by_anything_of_ones_own() -> None:
    assert not rules("You saw the bin was full and went upstairs. I was cross.", "complaint")
    assert not rules("You saw the bin was full and went upstairs.")


def test_a_guess_about_one_sentence_is_silent_where_more_is_said() -> None:
    assert rules("Your brother stays outside from now on.", "boundary") == ["bare-limit"]
    assert not rules("Your brother stays outside from now on. He sleeps badly here, as we all do.", "boundary")


@pytest.mark.parametrize("lens", ["any", "complaint", "boundary", "response", "request", "apology", "check-in"])
@pytest.mark.parametrize("text", ["See you at six.", "I like your parents.", "Thanks, love."])
def test_small_talk_is_quiet_under_every_lens(text: str, lens: str) -> None:
    assert not rules(text, lens)


def test_a_guessed_part_is_not_told_beside_a_note_that_softens() -> None:
    assert [part.name for part in heard("The pan came back with oats on it.", "complaint").parts] == ["observation"]
    parts = heard("You never listen to me. I talk and you look at your phone.", "complaint").parts
    assert not {part.name for part in parts} & {"observation", "validation"}


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("I like your parents.", "comparison"),
        ("I decide what I wear.", "control"),
        ("Your father knows about sums.", "threat"),
        ("I told you about Mum and you looked at your phone.", "minimising"),
    ],
)
def test_an_everyday_sentence_is_not_misheard(text: str, fault: str) -> None:
    assert fault not in {note.fault for note in heard(text).notes}


def test_an_hour_of_yesterday_is_no_time_of_return() -> None:
    assert not [part for part in heard("I waited for an hour yesterday.", "pause").parts if part.name == "return-time"]


def test_a_feeling_is_not_what_a_camera_saw() -> None:
    for text in ("I feel sad because I'm lonely.", "I was sad and fed up today.", "I feel small when I'm tired."):
        assert "observation" not in {part.name for part in heard(text, "complaint").parts}, text


def test_what_stops_only_softens_beside_an_open_door() -> None:
    threat = "Smoke in here again and I'll throw you out."
    assert [note.weight for note in heard(threat).notes] == ["stop"]
    assert [note.weight for note in heard(f"{threat} I'm scared for my lungs.").notes] == ["soften"]


def test_an_answer_that_also_tells_back_is_an_answer() -> None:
    assert rules("You were late too.", "response")
    assert not rules("You were late too. It makes sense that you're angry, and I'll cook tonight.", "response")


def test_a_denied_future_is_no_harm_taken_back() -> None:
    assert "control-rule" in rules("You're not leaving the house in that skirt.")


def test_a_rude_order_gives_no_leave() -> None:
    assert rules("Get off your lazy backside and help.")
