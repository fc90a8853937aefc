"""What one writes on the pages of agreements."""

from datetime import timedelta
from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kindline.ground.page.forms import Words
from kindline.ground.page.widgets import Day
from kindline.ground.people.forms import ConfirmForm
from kindline.ours.agreements.rules import THEIRS_ALONE, WORDS
from kindline.ours.agreements.shapes import Text

NOTE_LIMIT = 240  # characters: what is read at arm's length and fits on a card
LOOK_AGAIN_AFTER = timedelta(days=42)  # offered, and changed at will
WORD_LIMIT = 2_000  # characters of a word that goes with an answer


class WordingForm(forms.Form):
    """One wording: what I need and do, what I ask for and give."""

    form_id = forms.UUIDField(widget=forms.HiddenInput)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)
    over = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)
    whose = forms.ChoiceField(choices=[("us", "us"), ("me", "me")], widget=forms.HiddenInput, required=False)

    need = Words(label=_("I need"), help_text=_("For instance: half an hour to land when I come home"), required=False)
    cannot = Words(label=_("I can’t"), help_text=_("For instance: listen when voices rise"), required=False)
    limit = Words(
        label=_("What I’ll do myself"),
        help_text=_("For instance: I step out, and I’m back in twenty minutes. This needs nobody’s yes."),
        required=False,
    )
    ask = Words(label=_("Would you"), help_text=_("For instance: keep the bills until we’ve eaten?"), required=False)
    offer = Words(
        label=_("What I give"), help_text=_("For instance: I ask about your day first, and listen."), required=False
    )
    flex = Words(label=_("What can flex"), help_text=_("The hour, the place, how long."), required=False)
    plan = Words(
        label=_("If it gets hard, I"),
        help_text=_("For instance: say “give me a minute” and breathe, instead of leaving."),
        required=False,
    )
    note = Words(
        label=_("One short sentence, for the touchstone"),
        help_text=_("What you’d both like to read when it’s loud. Empty, it shows what you ask, or do."),
        required=False,
    )
    look_again_on = forms.DateField(label=_("When to look at it again"), widget=Day, required=False)

    def __init__(self, *args: Any, asks: bool = True, **kwargs: Any) -> None:
        """Where the other asks, leave them what is theirs alone, and say the rest from the side of who is asked."""
        super().__init__(*args, **kwargs)
        self.fields["note"].validators = [
            MaxLengthValidator(NOTE_LIMIT, _("A touchstone has room for 240 characters. Your words are still here."))
        ]
        if not asks:
            for name in THEIRS_ALONE:
                del self.fields[name]
            self.fields["ask"].label = _("What it asks of you")
            self.fields["ask"].help_text = _("What could you say yes to? Change the words to that.")
            self.fields["offer"].label = _("What it offers you")
            self.fields["offer"].help_text = _("What would make the yes easier?")

    def for_myself(self) -> None:
        """Call the request what it is when nobody is asked here: a note of what was said aloud."""
        self.fields["ask"].label = _("What I asked for")
        self.fields["ask"].help_text = _("If you said it aloud to somebody: your note of it.")

    @property
    def first_lines(self) -> list[forms.BoundField]:
        """Return the lines one begins with, of those that are this author's to write."""
        return [self[name] for name in (*THEIRS_ALONE, "ask", "offer") if name in self.fields]

    @property
    def further(self) -> list[forms.BoundField]:
        """Return the lines that may stay empty."""
        return [self[name] for name in ("flex", "plan", "look_again_on", "note")]

    @property
    def has_further(self) -> bool:
        """Say whether one of those is filled, or amiss."""
        return any(field.errors or (field.value() and field.name != "look_again_on") for field in self.further)

    def clean(self) -> dict[str, Any]:
        """Ask for one line at least."""
        data = super().clean() or self.cleaned_data
        if not self.errors and not any(data.get(name) for name in ("need", "cannot", "limit", "ask", "offer")):
            raise forms.ValidationError(_("Write one line first; half a sentence is enough."))
        return data

    def text(self, before: Text | None, me: str) -> Text:
        """Return the wording, over another one when there is one: what is not this author's stays as it was."""
        data = self.cleaned_data
        plan = {who: words for who, words in (before.plan if before else {}).items() if who != me}
        if data.get("plan"):
            plan[me] = data["plan"]
        kept = {name: getattr(before, name) for name in WORDS if before and name not in self.fields}
        own = {name: data.get(name) or "" for name in (*WORDS, "note") if name in self.fields}
        return Text(**kept, **own, plan=plan, look_again_on=data.get("look_again_on"))


def fields_of(text: Text, me: str) -> dict[str, Any]:
    """Return what the form shows of a wording."""
    return {
        **{name: getattr(text, name) for name in (*WORDS, "note")},
        "plan": text.plan.get(me, ""),
        "look_again_on": text.look_again_on,
    }


def blank() -> dict[str, Any]:
    """Return what a new form begins with."""
    return {"look_again_on": timezone.localdate() + LOOK_AGAIN_AFTER}


class FindForm(forms.Form):
    """Words to find an agreement by."""

    asked = forms.CharField(
        label=_("Find one by a word in it"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off", "enterkeyhint": "search"}),
    )


class AnswerForm(forms.Form):
    """A word that goes with an answer, if one likes."""

    form_id = forms.UUIDField(widget=forms.HiddenInput)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)
    exact = forms.CharField(widget=forms.HiddenInput, max_length=64)
    word = Words(label=_("A word with it, if you like"), required=False)


class TimeForm(AnswerForm):
    """I need time: until when, if one likes."""

    until = forms.DateField(label=_("Until when, if you like"), widget=Day, required=False)
    field_order = ("form_id", "version", "exact", "until", "word")


class YesForm(ConfirmForm):
    """A yes to one wording, with a word if one likes."""

    word = forms.CharField(
        label=_("A word with it, if you like"), max_length=WORD_LIMIT, required=False, widget=forms.TextInput
    )
    field_order = ("word", "passphrase")
