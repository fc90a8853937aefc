"""Passphrases and recovery codes: strong when made, judged fairly, forgiving when read back."""

import math
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kindline.ground.vault import passphrases
from kindline.ground.vault.passphrases import (
    ALPHABET,
    CODE_CHARACTERS,
    folded,
    folded_name,
    is_weak,
    last_group,
    new_recovery_code,
    read_recovery_code,
    six_words,
)


def test_six_words_are_77_bits() -> None:
    words = passphrases.word_list()
    assert len(set(words)) == len(words) == 7364
    assert 6 * math.log2(len(words)) > 77


def test_words_that_hurt_to_read_aloud_are_left_out_and_the_rest_keeps_its_places() -> None:
    words = passphrases.word_list()
    assert not {"mammary", "autism", "battered", "unlovable", "violate"} & set(words)
    assert set(passphrases.UNWELCOME.read_text().split()).isdisjoint(words)
    # By their places two people compare: another process has to find the same ones.
    assert (words[0], words[1000], words[-1]) == ("abacus", "citizen", "zoom")


def test_offered_words_are_never_weak() -> None:
    assert not any(is_weak(six_words(), ["Mia", "Jonas"]) for _ in range(20))


@pytest.mark.parametrize(
    "weak", ["short", "passwordpassword", "aaaaaaaaaaaaaaaaaaaa", "123456789012345678", "qwertyuiopqwertyuiop"]
)
def test_easy_passphrases_are_weak(weak: str) -> None:
    assert is_weak(weak, [])


def test_a_passphrase_of_the_names_is_weak() -> None:
    assert is_weak("Bartholomew Bartholomew", ["Bartholomew"])


def test_very_long_passphrases_are_judged_too() -> None:
    assert not is_weak("under the old bridge the otters hum at noon, " * 10, [])


def test_the_way_of_typing_does_not_matter() -> None:
    assert folded("Cafe\u0301  noir ") == folded("Café noir")
    assert folded_name(" MIA ") == folded_name("mia")
    assert folded("Mia") != folded("mia")


def test_a_recovery_code_has_160_bits() -> None:
    assert CODE_CHARACTERS * math.log2(len(ALPHABET)) == 160


def test_a_recovery_code_is_read_back_however_it_was_written() -> None:
    code = new_recovery_code()
    assert read_recovery_code(code) == code
    assert read_recovery_code(code.lower().replace("-", " ").replace("0", "o").replace("1", "l")) == code


def test_every_wrong_sign_in_a_recovery_code_is_noticed() -> None:
    # Always the same code: of a million wrong signs the four check characters let one through.
    body = ALPHABET[::-1]
    code = passphrases._grouped(body + passphrases._check(body))
    assert read_recovery_code(code) == code
    for place, sign in enumerate(code):
        if sign != "-":
            other = ALPHABET[(ALPHABET.index(sign) + 1) % 32]
            assert read_recovery_code(code[:place] + other + code[place + 1 :]) is None


@given(st.text(max_size=60))
def test_anything_typed_for_a_code_is_survived(typed: str) -> None:
    assert read_recovery_code(typed) is None or read_recovery_code(typed)


def test_the_last_group_are_the_check_characters() -> None:
    assert len(last_group("AAAA-BBBB")) == 4


def test_judging_a_passphrase_full_of_signs_takes_no_long_work() -> None:
    begun = process_time()
    assert not is_weak("4@8({[<369&#!1|0$5+72%" * 4, ["Mia"])
    assert process_time() - begun < 1
