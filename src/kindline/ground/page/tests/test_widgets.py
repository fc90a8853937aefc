"""Chips and rows of choices: what a tap sends is what is read, own words are bounded, and words stay words."""

from django import forms
from django.http import QueryDict
from django.test import SimpleTestCase

from kindline.ground.page.forms import IntensityField
from kindline.ground.page.widgets import OWN_WORD_LENGTH, OWN_WORDS, ChoiceRow, ChoiceRowMany, ClockTime

WORDS = (("hurt", "hurt"), ("tired", "tired"), ("sad", "sad"))


class Feelings(forms.Form):
    """A form as a room would write it."""

    feel = IntensityField(words=WORDS, label="What did you feel?")
    how = forms.ChoiceField(choices=[("k", "Keep"), ("l", "Let go")], widget=ChoiceRow, required=False)
    did = forms.MultipleChoiceField(choices=[("a", "Freeze"), ("b", "Protest")], widget=ChoiceRowMany, required=False)
    back = forms.TimeField(widget=ClockTime, required=False)


def marked(query: str) -> dict[str, int]:
    form = Feelings(QueryDict(query))
    assert form.is_valid(), form.errors
    return form.cleaned_data["feel"]


class ChipsTest(SimpleTestCase):
    """Four radios in one place."""

    def test_each_depth_is_read_as_it_was_tapped(self) -> None:
        assert marked("feel.hurt=0&feel.tired=1&feel.sad=3") == {"tired": 1, "sad": 3}

    def test_a_depth_that_is_not_offered_is_not_taken(self) -> None:
        assert marked("feel.hurt=4&feel.tired=-1&feel.sad=very") == {}

    def test_own_words_keep_their_depth_and_come_last(self) -> None:
        assert list(marked("feel.prickly=2&feel.hurt=1").items()) == [("hurt", 1), ("prickly", 2)]

    def test_own_words_typed_without_a_script_count_once(self) -> None:
        assert marked("feel-own=prickly,++left++out+,&feel.hurt=1") == {"hurt": 1, "prickly": 1, "left out": 1}

    def test_a_word_typed_again_keeps_its_tapped_depth(self) -> None:
        assert marked("feel.hurt=3&feel-own=hurt") == {"hurt": 3}

    def test_own_words_are_bounded_in_length_and_number(self) -> None:
        assert marked(f"feel.{'x' * (OWN_WORD_LENGTH + 1)}=2") == {}
        many = "&".join(f"feel.word{number}=1" for number in range(OWN_WORDS + 30))
        assert len(marked(many)) == OWN_WORDS

    def test_nothing_tapped_is_a_fine_answer(self) -> None:
        assert marked("") == {}

    def test_a_depth_comes_back_checked_and_an_own_word_keeps_its_chip(self) -> None:
        html = str(Feelings(initial={"feel": {"hurt": 2, "prickly": 3}})["feel"])
        assert '<input type="radio" name="feel.hurt" value="2" checked>' in html
        assert '<input type="radio" name="feel.prickly" value="3" checked>' in html
        assert '<input type="radio" name="feel.sad" value="0" checked>' in html

    def test_an_own_word_cannot_leave_its_place(self) -> None:
        hostile = '"><script>alert(1)</script>'
        html = str(Feelings(QueryDict(mutable=True) | {f"feel.{hostile}": "2"})["feel"])
        assert "<script" not in html
        assert "&lt;script&gt;" in html

    def test_every_depth_is_read_aloud(self) -> None:
        html = str(Feelings()["feel"])
        for said in ("not marked", "a little", "quite", "very"):
            assert f", {said}</b>" in html


class RowsTest(SimpleTestCase):
    """One or several of a few."""

    def test_one_choice_is_a_radio_and_the_chosen_one_is_checked(self) -> None:
        html = str(Feelings(initial={"how": "l"})["how"])
        assert html.count('type="radio"') == 2
        assert 'value="l" id="id_how_1" checked' in html

    def test_several_choices_are_ticks(self) -> None:
        html = str(Feelings(initial={"did": ["a", "b"]})["did"])
        assert html.count('type="checkbox"') == html.count(" checked") == 2

    def test_a_clock_time_comes_back_as_hours_and_minutes(self) -> None:
        form = Feelings(QueryDict("back=21:15"))
        assert form.is_valid()
        assert 'type="time"' in str(form["back"])
        assert 'value="21:15"' in str(form["back"])
