"""Questionnaires as data: published keys give published numbers, and a wrong file names its field."""

import re
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kindline.mine.needs.instruments import MOST_ITEMS, Instrument, Unfit, read
from kindline.mine.needs.tests.files import (
    CSI_4,
    ECR_1998,
    ECR_1998_REVERSED,
    ECR_R,
    ECR_R_REVERSED,
    ECR_RS,
    item,
    one_to_seven,
    scale,
)


def told(**answers: int) -> dict[str, int]:
    return {name.removeprefix("i"): answer for name, answer in answers.items()}


def all_of(instrument: Instrument, answer: int) -> dict[str, int]:
    return {one.name: answer for one in instrument.items}


def mean_of(answers: list[int], numbers: list[int], reverse: tuple[int, ...], most: int) -> float:
    """Reckon as the authors' manual says it, the long way round."""
    turned = [most + 1 - answers[number - 1] if number in reverse else answers[number - 1] for number in numbers]
    return sum(turned) / len(turned)


sevens = st.integers(1, 7)


@given(st.lists(sevens, min_size=9, max_size=9))
def test_ecr_rs_gives_what_its_key_says(answers: list[int]) -> None:
    numbers = read(ECR_RS, "ecr-rs").numbers({str(at): answer for at, answer in enumerate(answers, start=1)})
    assert numbers["stepping-back"] == pytest.approx(mean_of(answers, [*range(1, 7)], (1, 2, 3, 4), 7))
    assert numbers["reaching"] == pytest.approx(mean_of(answers, [7, 8, 9], (), 7))


def test_ecr_rs_by_hand() -> None:
    # (8-7 + 8-6 + 8-5 + 8-6 + 2 + 1) / 6 = 11 / 6, and (4 + 5 + 3) / 3 = 4.
    numbers = read(ECR_RS, "ecr-rs").numbers(told(i1=7, i2=6, i3=5, i4=6, i5=2, i6=1, i7=4, i8=5, i9=3))
    assert numbers == {"stepping-back": pytest.approx(11 / 6), "reaching": pytest.approx(4.0)}


@given(st.lists(sevens, min_size=36, max_size=36))
def test_ecr_r_and_the_ecr_of_1998_each_give_what_their_own_key_says(answers: list[int]) -> None:
    given_answers = {str(at): answer for at, answer in enumerate(answers, start=1)}
    revised, old = read(ECR_R, "ecr-r").numbers(given_answers), read(ECR_1998, "ecr").numbers(given_answers)
    assert revised["reaching"] == pytest.approx(mean_of(answers, [*range(1, 19)], ECR_R_REVERSED, 7))
    assert revised["stepping-back"] == pytest.approx(mean_of(answers, [*range(19, 37)], ECR_R_REVERSED, 7))
    assert old["stepping-back"] == pytest.approx(mean_of(answers, [*range(1, 37, 2)], ECR_1998_REVERSED, 7))
    assert old["reaching"] == pytest.approx(mean_of(answers, [*range(2, 37, 2)], ECR_1998_REVERSED, 7))


def test_the_keys_of_ecr_r_and_ecr_are_not_to_be_mixed_up() -> None:
    """Nobody reaches, everybody steps back, by the revised key; the old key says something else of the same sheet."""
    answers = {str(number): (7 if (number > 18) != (number in ECR_R_REVERSED) else 1) for number in range(1, 37)}
    assert read(ECR_R, "ecr-r").numbers(answers) == {"reaching": 1.0, "stepping-back": 7.0}
    mixed_up = read(ECR_1998, "ecr").numbers(answers)
    assert mixed_up["reaching"] >= 2
    assert mixed_up["stepping-back"] <= 6


def test_csi_4_is_a_sum_from_0_to_21() -> None:
    csi = read(CSI_4, "csi-4")
    assert csi.ends(csi.scales[0]) == (0, 21)
    assert csi.numbers(told(i1=6, i2=5, i3=5, i4=5)) == {"content": 21.0}
    assert csi.numbers(told(i1=0, i2=0, i3=0, i4=0)) == {"content": 0.0}
    assert csi.numbers(told(i1=4, i2=3, i3=2, i4=5)) == {"content": 14.0}
    assert [len(one.steps) for one in csi.items] == [7, 6, 6, 6]


def test_a_sum_with_a_gap_is_no_sum() -> None:
    assert read(CSI_4, "csi-4").numbers(told(i1=6, i2=5, i3=5)) == {}


@pytest.mark.parametrize("wrong", [7, -1, 6])
def test_an_answer_outside_its_item_is_no_answer(wrong: int) -> None:
    assert read(CSI_4, "csi-4").numbers(told(i1=6, i2=wrong, i3=5, i4=5)) == {}


def test_a_mean_is_of_what_was_answered_and_says_nothing_with_too_little() -> None:
    instrument = read(ECR_RS, "ecr-rs")
    assert instrument.numbers(told(i7=6, i8=3)) == {"reaching": 4.5}
    assert instrument.numbers(told(i7=6)) == {}
    assert instrument.numbers(told(i1=7, i2=7, i3=7)) == {}
    assert instrument.numbers(told(i1=7, i2=7, i3=7, i5=1)) == {"stepping-back": 1.0}
    assert instrument.numbers({}) == {}


answer_sheets = st.dictionaries(st.integers(1, 9).map(str), sevens)


@given(answer_sheets)
def test_a_number_lies_between_its_ends_and_never_hangs_on_the_order_of_the_answers(answers: dict[str, int]) -> None:
    instrument = read(ECR_RS, "ecr-rs")
    numbers = instrument.numbers(answers)
    for one in instrument.scales:
        low, high = instrument.ends(one)
        assert low <= numbers.get(one.name, low) <= high
        answered = sum(str(number) in answers for number in one.items)
        assert (one.name in numbers) is (answered >= one.least)
    assert instrument.numbers(dict(reversed(answers.items()))) == numbers


@given(answer_sheets)
def test_turning_every_answer_round_turns_every_number_round(answers: dict[str, int]) -> None:
    instrument = read(ECR_RS, "ecr-rs")
    turned = instrument.numbers({name: 8 - answer for name, answer in answers.items()})
    assert {name: pytest.approx(8 - number) for name, number in instrument.numbers(answers).items()} == turned


@given(answer_sheets, st.integers(1, 9), sevens)
def test_a_higher_answer_never_lowers_a_scale_it_is_not_turned_in(
    answers: dict[str, int], number: int, answer: int
) -> None:
    instrument = read(ECR_RS, "ecr-rs")
    full = {**all_of(instrument, 4), **answers}
    low, high = sorted((full[str(number)], answer))
    less, more = instrument.numbers({**full, str(number): low}), instrument.numbers({**full, str(number): high})
    for one in instrument.scales:
        assert (less[one.name] >= more[one.name]) if number in one.reverse else (less[one.name] <= more[one.name])


GOOD = one_to_seven("Evenings", 3, scale("warm", [1, 2, 3], reverse=[2]))


def test_a_file_is_read_as_it_stands() -> None:
    evenings = read(GOOD, "evenings")
    assert (evenings.id, evenings.name, evenings.again_after_days, evenings.ordinary) == (
        "evenings",
        "Evenings",
        90,
        1.5,
    )
    assert (evenings.shows, evenings.about, evenings.asks) == ("line", "", "")
    assert [one.number for one in evenings.items] == [1, 2, 3]
    assert evenings.scales[0].reverse == {2}


def test_items_count_themselves_where_no_number_stands() -> None:
    assert [one.number for one in read(re.sub("number = .*", "", GOOD), "evenings").items] == [1, 2, 3]


def test_answers_may_be_words() -> None:
    words = GOOD.replace("to = 7", 'to = 2\nwords = ["no", "yes"]')
    assert [one.words for one in read(words, "evenings").items] == [("no", "yes")] * 3


WRONG = {
    "“name”": ('name = "Evenings"', "name = 3"),
    "“name” is missing": ('name = "Evenings"', 'name = " "'),
    "“source” is missing": ("source =", "sauce ="),
    "“terms” is missing": ("terms =", "term ="),
    "“again_after_days”": ("again_after_days = 90", "again_after_days = 0"),
    "“again_after_days” should": ("again_after_days = 90", "again_after_days = true"),
    "“ordinary”": ("ordinary = 1.5", "ordinary = -1"),
    "“ordinary” should": ("ordinary = 1.5", "ordinary = nan"),
    "“from”": ("from = 1", "from = 1.5"),
    "“to”": ("to = 7", "to = 1"),
    "at most 12 answers": ("to = 7", "to = 40"),
    "“words” should have 7 entries": ("to = 7", 'to = 7\nwords = ["a"]'),
    "“words” should be a list": ("to = 7", 'to = 7\nwords = "many"'),
    "item 2: “text” is missing": ('text = "statement 2"', ""),
    "2 stands there twice": ("number = 3", "number = 2"),
    "“items” names item 9": ("items = [1, 2, 3]", "items = [1, 9]"),
    "names an item twice": ("items = [1, 2, 3]", "items = [1, 1]"),
    "“items” should be a list": ("items = [1, 2, 3]", "items = []"),
    "“items” should be a list of": ("items = [1, 2, 3]", 'items = ["1"]'),
    "“reverse” names items": ("items = [1, 2, 3]", "items = [1, 3]"),
    "“how” should be one of: mean, sum": ('how = "mean"', 'how = "median"'),
    "“least”": ('how = "mean"', 'how = "mean"\nleast = 4'),
    "a sum needs all": ('how = "mean"', 'how = "sum"\nleast = 2'),
    "“scale” is missing": ("[[scale]]", "[[scales]]"),
    "“item” is missing": ("[[item]]", "[[items]]"),
    "“shows” should be one of": ('name = "Evenings"', 'name = "Evenings"\nshows = "rank"'),
    "can't be read as TOML": ("[answers]", "[answers"),
    "“answers” should be a table": ("[answers]\nfrom = 1\nto = 7", "answers = 7"),
}


@pytest.mark.parametrize("names", WRONG, ids=str)
def test_a_wrong_file_is_refused_with_its_field_named(names: str) -> None:
    right, wrong = WRONG[names]
    assert right in GOOD
    with pytest.raises(Unfit) as unfit:
        read(GOOD.replace(right, wrong), "evenings")
    assert names in str(unfit.value)


def test_two_scales_of_one_name_and_too_many_items_are_refused() -> None:
    with pytest.raises(Unfit, match="same name"):
        read(GOOD + scale("warm", [1]), "evenings")
    with pytest.raises(Unfit, match=f"at most {MOST_ITEMS}"):
        read(one_to_seven("Many", MOST_ITEMS + 1, scale("warm", [1])), "many")


def test_a_text_without_end_is_refused() -> None:
    with pytest.raises(Unfit, match="at most 2000 characters"):
        read(GOOD.replace('"statement 2"', f'"{"x" * 2001}"'), "evenings")


@given(st.text())
def test_whatever_stands_in_a_file_it_is_read_or_refused(text: str) -> None:
    with suppress(Unfit):
        read(text, "any")


def test_an_item_may_have_ends_of_its_own() -> None:
    own = read(one_to_seven("Own", 1, item(2, to=3), scale("s", [1, 2], how="sum")), "own")
    assert own.ends(own.scales[0]) == (2, 10)
