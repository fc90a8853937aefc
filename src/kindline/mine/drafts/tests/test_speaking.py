"""Which words of a journal can be said to somebody as they are."""

import pytest

from kindline.mine.drafts.speaking import names_in, speaks_about_somebody


@pytest.mark.parametrize(
    "text",
    [
        "Karim answered his phone while I told him about the scan.",
        "not to let his team down",
        "That she leaves.",
        "They never ask.",
        "I told them no.",
        "My husband laughed.",
        "the talk with my partner",
        "Karim never asks.",
        "Zoë’s mother came.",
        "When Sam came in I froze.",
        "I told Karim about the scan, and nothing came back.",
        "Karim and I were late.",
        "José didn’t ask.",
        "HE LEFT.",
        "That hurt is hers.",
    ],
)
def test_words_about_somebody_are_heard(text: str) -> None:
    assert speaks_about_somebody(text, names_in([text]))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "to be heard",
        "That I don’t count.",
        "You answered the phone while I told you about the scan.",
        "The bills before my coat was off.",
        "No hello at the door.",
        "You came home late on Friday, and on Christmas too.",
        "When you left, the house was still.",
        "Nobody asked. It was late. What happened was small.",
        "half an hour to land when I come home",
        "Dinner in Paris, and the Volvo at the gate",
        "I’d have liked a hello. Then I’d have told you.",
        "The theme of this other sheet, then the cushion",
        "It hurts.",
        "quite hurt and a little tired",
    ],
)
def test_words_that_can_be_said_to_somebody_are_left_alone(text: str) -> None:
    assert not speaks_about_somebody(text, names_in([text]))


def test_a_name_is_known_in_every_text_of_an_entry() -> None:
    names = names_in(["Karim answered the phone.", "Karim? A hello."])
    assert speaks_about_somebody("Karim? A hello.", names)
    assert not speaks_about_somebody("A hello.", names)
