"""The need under somebody's words comes first, and is only named where their words speak of it."""

import pytest

from kindline.coach import listen, need_under
from kindline.coach.needs import needs


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("You never listen to me.", "to be heard."),
        ("You forgot my birthday again.", "to matter."),
        ("I do the dishes, the bins and the cooking on my own.", "for it to be shared."),
        ("Late again, and not one text.", "to know where you stand."),
        ("Every time we fight you start shouting.", "for calm."),
        ("You went behind my back and decided.", "for a say."),
        ("You read my diary.", "for room of your own."),
        ("You promised, and you lied.", "to trust."),
        ("I'm worn out.", "for rest."),
        ("You're so distant. You haven't touched me in weeks, not a hug.", "to be close."),
        ("You are a cow.", ""),
        ("", ""),
    ],
)
def test_the_need_is_named_by_what_the_words_speak_of(text: str, wish: str) -> None:
    assert need_under(text) == (f"Under this may lie a wish {wish}" if wish else "")


def test_what_it_says_passes_the_coach() -> None:
    for need in needs():
        for lens in ("any", "boundary", "complaint"):
            assert listen(need.says, lens=lens).notes == ()
