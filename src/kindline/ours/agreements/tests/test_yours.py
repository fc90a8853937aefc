"""A say over something that is yours: heard where it is asked for, and quiet beside most other wishes."""

import pytest

from kindline.ours.agreements.yours import asks_for_a_say, asks_in_my_voice

HEARD = {
    "body": ("Would you lose a little weight?", "wear something longer when my parents come", "have sex more often"),
    "phone": ("Would you let me read your messages?", "give me your PIN", "share all your passwords with me"),
    "whereabouts": (
        "Would you share your location with me when you’re out?",
        "be home by ten",
        "tell me where you are",
    ),
    "money": ("show me each receipt", "Would you ask me before you buy something?", "put your salary on our account"),
    "friends": ("Would you stop seeing him?", "not go to the party without me", "see your friends less"),
    "family": ("Would you call your mother less?", "not bring your brother here"),
    "work": ("Would you turn down the job in Bern?", "talk to your boss about the hours"),
    "faith": ("Would you stop going to church?", "pray with me every evening"),
}
QUIET = (
    "keep the bills until we’ve eaten",
    "Would you knock before you come in?",
    "tell me when you’ll be back, if you step away",
    "wait until I am done before you answer",
    "Would you lower your voice when we disagree?",
    "do the dishes on the days I cook",
    "give me twenty minutes before we talk about it",
    "say hello before the phone comes out",
    "",
)


@pytest.mark.parametrize(("kind", "asked"), [(kind, asked) for kind, all_of in HEARD.items() for asked in all_of])
def test_a_say_over_what_is_somebodys_own_is_heard(kind: str, asked: str) -> None:
    assert asks_for_a_say(asked) == kind


@pytest.mark.parametrize("asked", QUIET)
def test_an_ordinary_wish_is_not_met_with_a_warning(asked: str) -> None:
    assert asks_for_a_say(asked) == ""


@pytest.mark.parametrize(
    "asked",
    [
        "show me your pho\u00adne",
        "show me your\u00a0\u200bphone",
        "show me your ｐｈｏｎｅ",
        "show me your ph\u0301one",
    ],
)
def test_a_sign_that_shows_nothing_hides_no_word(asked: str) -> None:
    assert asks_for_a_say(asked) == "phone"


@pytest.mark.parametrize(
    ("words", "before", "gives"),
    [
        ("I show you my phone every evening.", "", True),
        ("I tell you where I am.", "", True),
        ("I’ll give you my pin and share my location.", "I cook on Sundays.", True),
        ("I show you my phone in the morning.", "I show you my phone in the evening.", False),
        ("put your phone away at the table", "", False),
        ("stay home every second Sunday", "stay home on Sundays", False),
        ("I ask about your day first, and listen.", "", False),
    ],
)
def test_words_put_into_my_mouth_are_heard_where_they_give_away_what_is_mine(
    words: str, before: str, *, gives: bool
) -> None:
    assert asks_in_my_voice(words, before) is gives
