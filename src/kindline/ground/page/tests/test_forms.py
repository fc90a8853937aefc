"""A form says what is amiss beside the field, at the top, and to a screen reader."""

import re

from django import forms
from django.test import SimpleTestCase

from kindline.ground.page.forms import PageField
from kindline.ground.page.widgets import ChoiceRow


class Entry(forms.Form):
    """One field of each kind that draws itself differently."""

    name = forms.CharField(label="What shall we call you?", help_text="A first name is plenty.")
    what = forms.CharField(label="What happened?", widget=forms.Textarea)
    how = forms.ChoiceField(label="How was it?", choices=[("k", "Keep")], widget=ChoiceRow)
    kept = forms.BooleanField(label="I wrote it down")
    page = forms.CharField(widget=forms.HiddenInput, required=False)


class FormTest(SimpleTestCase):
    """The renderer of the project."""

    def test_every_field_has_a_label_and_boxes_look_like_boxes(self) -> None:
        html = str(Entry())
        assert '<label for="id_name">What shall we call you?</label>' in html
        assert "<legend>How was it?</legend>" in html
        assert re.search(r'<textarea name="what"[^>]*class="box"', html)
        assert re.search(r'<label class="tick" for="id_kept"><input type="checkbox"', html)
        assert isinstance(Entry()["name"], PageField)

    def test_a_hint_is_tied_to_its_field(self) -> None:
        html = str(Entry())
        assert 'id="id_name_helptext">A first name is plenty.' in html
        assert 'aria-describedby="id_name_helptext"' in html

    def test_what_is_amiss_stands_beside_the_field_and_is_tied_to_it(self) -> None:
        html = str(Entry({}))
        assert 'aria-describedby="id_name_helptext id_name_error"' in html
        for name in ("name", "what", "how", "kept"):
            assert html.count(f'id="id_{name}_error"') == 1
        assert html.count('aria-invalid="true"') == 4

    def test_the_summary_leads_to_each_field(self) -> None:
        html = str(Entry({}))
        summary = html[html.index("wrong-summary") : html.index("</ul>")]
        for target in re.findall(r'href="#([^"]+)"', summary):
            assert f'id="{target}"' in html
        assert summary.count("<li>") == 4
        assert "What happened?" in summary

    def test_a_form_without_faults_has_no_summary(self) -> None:
        assert "wrong-summary" not in str(Entry())

    def test_django_s_own_words_for_an_empty_field_are_not_used(self) -> None:
        assert "required." not in str(Entry({}))
        assert "Still empty." in str(Entry({}))

    def test_what_was_typed_comes_back_escaped(self) -> None:
        html = str(Entry({"name": '"><script>x</script>', "what": "</textarea><script>y</script>"}))
        assert "<script>" not in html
        assert "&lt;/textarea&gt;" in html

    def test_hidden_fields_come_along_without_a_label(self) -> None:
        assert re.search(r'<input type="hidden" name="page"', str(Entry()))
