"""The forms of this room: a topic, what one needs, a few words, one option, a tap for each option."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kindline.ground.page.forms import Words
from kindline.ground.page.widgets import ChoiceRow
from kindline.ours.negotiation import rules, shapes
from kindline.ours.negotiation.words import TAPS

A_FEW_WORDS = {"required": _("A few words are enough.")}


def _line(label: Any, longest: int = rules.LONGEST_LINE, **options: Any) -> Words:
    """Return a field for one short line; one that is too long is kept whole in its box."""
    field = Words(label=label, longest=longest, error_messages=A_FEW_WORDS, **options)
    field.widget = forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "sentences"})
    return field


class TopicForm(forms.Form):
    """What somebody would like to talk about."""

    topic = _line(
        _("What would you like to talk about?"),
        help_text=_("A few words, as neutral as a calendar: evenings, money, your parents."),
    )


class OnePhoneForm(TopicForm):
    """A topic, and with whom."""

    other = _line(_("What are they called?"), rules.LONGEST_NAME)
    field_order = ("other", "topic")


class NeedsForm(forms.Form):
    """What one needs and fears, and what matters about it."""

    need = Words(
        label=_("What I need"),
        help_text=_("For instance: half an hour to land before we talk"),
        error_messages=A_FEW_WORDS,
    )
    fear = Words(
        label=_("What I’m afraid of"),
        help_text=_("For instance: that I come second, that it ends in a fight"),
        required=False,
    )
    matters = Words(label=_("Why it matters to me"), required=False)

    def __init__(self, *args: Any, is_ready: bool = True, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["need"].required = is_ready

    def needs(self) -> dict[str, str]:
        """Return what was written."""
        return dict(self.cleaned_data)


class WordsForm(forms.Form):
    """A few words to the other, or one short line."""

    words = Words(label="", error_messages=A_FEW_WORDS)

    def __init__(self, *args: Any, label: Any, hint: Any, is_line: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        if is_line:
            self.fields["words"] = _line(label)
        self.fields["words"].label = label
        self.fields["words"].help_text = hint


class TapsForm(forms.Form):
    """One tap for each option, finer numbers for whoever likes them, and one guess."""

    def __init__(
        self,
        *args: Any,
        options: Sequence[tuple[str, str]],
        other: str,
        is_ready: bool = True,
        whose: Mapping[str, str] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.options = options
        for key, words in options:
            self.fields[f"tap.{key}"] = forms.ChoiceField(
                label=words,
                help_text=(whose or {}).get(key, ""),
                choices=list(TAPS.items()),
                widget=ChoiceRow,
                required=is_ready,
                error_messages={"required": _("One tap here too, please. “Not for me” is a whole answer.")},
            )
        for key, words in options:
            self.fields[f"finer.{key}"] = forms.IntegerField(
                label=words,
                min_value=0,
                max_value=rules.FINEST,
                required=False,
                widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
            )
        self.fields["guess"] = forms.ChoiceField(
            label=_("Which would %(name)s like best?") % {"name": other},
            help_text=_("One guess. It opens together with the rest."),
            choices=[*options, ("", _("I’d rather not guess"))],
            widget=forms.RadioSelect,
            required=False,
        )

    @property
    def rows(self) -> list[forms.BoundField]:
        """Return the taps, for a page."""
        return [self[f"tap.{key}"] for key, _words in self.options]

    @property
    def numbers(self) -> list[forms.BoundField]:
        """Return the finer numbers, for a page."""
        return [self[f"finer.{key}"] for key, _words in self.options]

    def taps(self) -> dict[str, Any]:
        """Return what was tapped, numbered and guessed."""
        said = self.cleaned_data
        keys = [key for key, _words in self.options]
        return {
            "taps": {key: said[f"tap.{key}"] for key in keys if said.get(f"tap.{key}")},
            "finer": {key: said[f"finer.{key}"] for key in keys if said.get(f"finer.{key}") is not None},
            "guess": said.get("guess") or "",
        }


class BetweenForm(forms.Form):
    """What two people with one phone between them write down together."""

    sense_one = Words(required=False)
    sense_other = Words(required=False)
    loop = Words(
        label=_("Our loop, in words you both accept"),
        help_text=_(
            "When I reach, you go quiet; when you go quiet, I reach harder. The loop is the problem, neither of you."
        ),
        required=False,
    )
    options = Words(
        label=_("What could you do? One idea a line"),
        help_text=_("From both of you, up to twelve, the odd ones too."),
        rows=5,
        error_messages={"required": _("One idea is enough to begin.")},
    )

    def __init__(self, *args: Any, one: str, other: str, **options: Any) -> None:
        super().__init__(*args, **options)
        for field, by, of in (("sense_one", one, other), ("sense_other", other, one)):
            self.fields[field].label = _("What makes sense to %(by)s about %(of)s’s side") % {"by": by, "of": of}

    def clean_options(self) -> tuple[str, ...]:
        """Return the ideas, one a line, each once."""
        lines = [" ".join(line.split()) for line in self.cleaned_data["options"].splitlines()]
        found = tuple(dict.fromkeys(line for line in lines if line))
        if not found:
            raise forms.ValidationError(_("One idea is enough to begin."))
        if len(found) > rules.MOST_OPTIONS:
            raise forms.ValidationError(_("The table holds twelve. All of them are still in the box."))
        if any(len(line) > rules.LONGEST_LINE for line in found):
            raise forms.ValidationError(_("One of them is longer than 140 characters. All of it is still in the box."))
        return found


def as_fields(said: shapes.Said | None) -> dict[str, Any]:
    """Return what was prepared as the initial values of its form."""
    if said is None:
        return {}
    if said.of == "needs":
        return {"need": said.need, "fear": said.fear, "matters": said.matters}
    taps = {f"tap.{key}": tap for key, tap in said.taps.items()}
    finer = {f"finer.{key}": number for key, number in said.finer.items()}
    return {**taps, **finer, "guess": said.guess}
