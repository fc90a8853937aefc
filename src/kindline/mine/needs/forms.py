"""The forms of this room. Every field may stay empty."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

from kindline.ground.page.forms import TOO_LONG, Words
from kindline.ground.page.widgets import ChoiceRow
from kindline.mine.needs import rules, words
from kindline.mine.needs.instruments import Instrument, Item

SEVEN = [(str(step), str(step)) for step in range(int(rules.LEAST), int(rules.MOST) + 1)]


class WalkForm(forms.Form):
    """A walk through what one needs."""

    secure = Words(
        label=_("What would help you feel secure now?"),
        help_text=_("One small thing is enough: a sign, a word, some quiet."),
        required=False,
    )
    accept = Words(label=_("I can accept …"), required=False)
    refuse = Words(label=_("I can’t accept …"), required=False)
    need = forms.ChoiceField(choices=tuple(words.NEEDS.items()), widget=forms.RadioSelect, required=False)
    finer = forms.MultipleChoiceField(choices=tuple(words.FINER.items()), required=False)
    need_words = Words(label=_("In your own words: I need …"), required=False)
    ask = Words(
        label=_("Would you …"),
        help_text=_("Small, one time, something they could also say no to."),
        required=False,
    )
    origin = Words(
        label=_("Where might you know this from?"),
        help_text=_("Any memory that comes, not the hardest one. Or none."),
        required=False,
    )

    def parts(self) -> dict[str, Any]:
        """Return what was written, as fields of a walk."""
        said = self.cleaned_data
        need = rules.nearest(said["need"], said["finer"])
        return {**said, "need": need, "finer": rules.as_offered(need, said["finer"])}


class CheckForm(forms.Form):
    """How it is these weeks."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for need, says in words.MET.items():
            self.fields[f"met-{need}"] = _choice(says, words.HOW_MET)
        self.fields["free"] = _choice(words.FREE, words.HOW_FREE)

    def met(self) -> dict[str, int]:
        """Return how far each need was met, those that were answered."""
        told = {need: self.cleaned_data[f"met-{need}"] for need in words.MET}
        return {need: int(level) for need, level in told.items() if level}

    def free(self) -> int:
        """Return how freely a no could be said, or 0."""
        return int(self.cleaned_data["free"] or 0)


def _choice(says: Any, levels: Mapping[int, words.Said]) -> forms.ChoiceField:
    choices = [(str(level), said) for level, said in levels.items()]
    return forms.ChoiceField(label=says, choices=choices, widget=ChoiceRow, required=False)


class AboutForm(forms.Form):
    """A form about one person whom one thinks of; a name helps to find it again, and may be left out."""

    about = forms.CharField(
        label=_("Who are you thinking of? A name, or leave it empty."),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "words"}),
        validators=[MaxLengthValidator(rules.LONGEST_NAME, message=TOO_LONG)],
    )

    def clean_about(self) -> str:
        """Return the name on one line."""
        return " ".join(str(self.cleaned_data["about"]).split())

    @property
    def is_blank(self) -> bool:
        """Say whether nothing was answered, once the form is valid."""
        return not any(value for name, value in self.cleaned_data.items() if name != "about")


class QuestionForm(AboutForm):
    """A questionnaire: one field for each of its items."""

    def __init__(self, *args: Any, instrument: Instrument, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if instrument.about:
            self.fields["about"].label = instrument.about
        else:
            del self.fields["about"]
        for item in instrument.items:
            choices = [(str(step), step if not item.words else item.words[step - item.low]) for step in item.steps]
            self.fields[f"item-{item.name}"] = forms.ChoiceField(
                label=item.text, choices=choices, widget=forms.RadioSelect, required=False
            )
        self.instrument = instrument

    @property
    def about_whom(self) -> str:
        """Return about whom it was answered, or "" when it is about nobody in particular."""
        return str(self.cleaned_data.get("about", ""))

    def answers(self) -> dict[str, int]:
        """Return the answer to every item that was answered."""
        told = {item.name: self.cleaned_data[f"item-{item.name}"] for item in self.instrument.items}
        return {name: int(answer) for name, answer in told.items() if answer != ""}

    @property
    def asked(self) -> Iterable[tuple[Item, forms.BoundField]]:
        """Return every item with its field."""
        return [(item, self[f"item-{item.name}"]) for item in self.instrument.items]


class ByHandForm(AboutForm):
    """A leaning set by hand: two numbers from 1 to 7, either may be left out."""

    reaching = forms.ChoiceField(label=_("When they seem far"), choices=SEVEN, widget=forms.RadioSelect, required=False)
    stepping_back = forms.ChoiceField(
        label=_("When it gets close or heavy"), choices=SEVEN, widget=forms.RadioSelect, required=False
    )

    def numbers(self) -> dict[str, float]:
        """Return the numbers that were chosen, by the names of a leaning."""
        told = zip(rules.LEANING, (self.cleaned_data["reaching"], self.cleaned_data["stepping_back"]), strict=True)
        return {name: float(number) for name, number in told if number}


class SentenceForm(forms.Form):
    """A sentence about oneself."""

    text = forms.CharField(
        label=_("A sentence of yours"),
        widget=forms.Textarea,
        validators=[MaxLengthValidator(rules.LONGEST_SENTENCE, message=TOO_LONG)],
        error_messages={"required": _("A few words are enough.")},
    )

    def clean_text(self) -> str:
        """Return the sentence with line ends as they are stored everywhere."""
        return str(self.cleaned_data["text"]).replace("\r\n", "\n").replace("\r", "\n")
