"""What the coach's buttons send, with and without a script."""

from kindline.ground.coaching.asked import ASIDE_LIMIT, aside_in, asked, asks
from kindline.ground.coaching.hearing import LIMIT

TEXT = "You never listen to me."


def test_only_the_coach_s_own_buttons_ask() -> None:
    assert all(asks({name: "1", "text": TEXT}) for name in ("listen", "use", "put_aside"))
    assert not asks({"text": TEXT, "lens": "any", "aside": ""})


def test_line_ends_are_as_a_browser_shows_them() -> None:
    assert asked({"text": "one\r\ntwo\rthree\0"}).text == "one\ntwo\nthree"


def test_another_field_may_hold_the_words() -> None:
    assert asked({"wording": TEXT}, field="wording").text == TEXT


def test_the_note_that_was_put_aside_is_remembered_and_silent() -> None:
    first = asked({"text": TEXT}).remarks[0]
    again = asked({"text": TEXT, "put_aside": first.key, "aside": "absolute.0123abcd"})
    assert again.aside == ("absolute.0123abcd", first.key)
    assert first.key not in {remark.key for remark in again.remarks}


def test_a_try_that_was_pressed_is_taken_and_listened_to_again() -> None:
    remark = next(remark for remark in asked({"text": TEXT}).remarks if remark.tries)
    better = asked({"text": TEXT, "use": remark.tries[0].choice})
    assert remark.tries[0].words in better.text
    assert remark.key not in {other.key for other in better.remarks}


def test_nonsense_is_ignored() -> None:
    heard = asked({"text": TEXT, "use": "nonsense", "lens": "nonsense", "aside": "<b> x.y", "sheet": '"><script>'})
    assert heard.text == TEXT
    assert heard.aside == ()
    assert all(remark.mark.startswith("sheet-mark-") for remark in heard.remarks)


def test_what_is_put_aside_is_bounded() -> None:
    keys = [f"absolute.{number:08x}" for number in range(ASIDE_LIMIT * 3)]
    assert aside_in(" ".join([*keys, keys[0]])) == tuple(keys[-ASIDE_LIMIT:])


def test_a_try_on_too_long_a_text_changes_nothing() -> None:
    text = "x" * (LIMIT + 1)
    assert asked({"text": text, "use": "absolute.00000000.0"}).text == text
