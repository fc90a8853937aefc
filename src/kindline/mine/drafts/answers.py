"""The answer: imagined beforehand with a next sentence ready, or told afterwards, and what was agreed."""

from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kindline.ground.page.widgets import ChoiceRow
from kindline.mine.drafts import rules
from kindline.mine.drafts.forms import TOUCHSTONE_LIMIT, TOUCHSTONE_TOO_LONG, WordsField
from kindline.mine.drafts.shapes import Draft

# What may be said next, for each imagined answer. Ready sentences of our own; each can be changed.
READY: dict[str, tuple[str | Promise, ...]] = {
    "agrees": (
        _("Thank you. When shall we look at how it goes?"),
        _("That helps. What would make it easy for you?"),
        _("I’m glad. Is there something you’d like from me?"),
    ),
    "hurt": (
        _("I can see that landed hard. What did you hear?"),
        _("I’m not saying you’re wrong. I still need this."),
        _("Let’s take our time. I’m here."),
    ),
    "pushes-back": (
        _("What part doesn’t work for you?"),
        _("You don’t have to agree today. What I do myself stays as I said."),
        _("Let’s stop here and come back to it tomorrow at seven."),
    ),
    "quiet": (
        _("You don’t have to answer now. Would tomorrow evening be good?"),
        _("I’ll make some tea. I’m not angry."),
        _("I’ll ask again on Sunday. Until then it can rest."),
    ),
}
ANSWER_NAMES = {
    "agrees": _("If the answer is yes"),
    "hurt": _("If it hurts"),
    "pushes-back": _("If there is pushback"),
    "quiet": _("If it goes quiet"),
}
OUTCOME_NAMES = {
    "agreed": _("Yes, and we agreed"),
    "hurt": _("Yes, and it hurt"),
    "pushed-back": _("Yes, and there was pushback"),
    "quiet": _("Yes, and it went quiet"),
    "not-said": _("I didn’t, and that’s fine"),
}
STAND_BY = (("yes", _("Yes, I would")), ("not-yet", _("Not yet")))


class RehearseForm(forms.Form):
    """A plan: for each imagined answer one next sentence."""

    form_id = forms.UUIDField(widget=forms.HiddenInput)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    read_aloud = forms.BooleanField(label=_("I’ve read it aloud"), required=False)
    stands_by = forms.ChoiceField(
        label=_("If a child or a friend overheard this, would you stand by it?"),
        choices=STAND_BY,
        widget=ChoiceRow,
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in rules.ANSWERS:
            ready = [(str(number), sentence) for number, sentence in enumerate(READY[name])]
            self.fields[f"ready-{name}"] = forms.ChoiceField(choices=ready, widget=forms.RadioSelect, required=False)
            self.fields[f"own-{name}"] = WordsField(label=_("In your own words"))

    @property
    def answers(self) -> list[dict[str, Any]]:
        """Return, for each imagined answer, its name, the ready sentences, and the box for one's own."""
        return [
            {"name": name, "title": ANSWER_NAMES[name], "ready": self[f"ready-{name}"], "own": self[f"own-{name}"]}
            for name in rules.ANSWERS
        ]

    def plan(self) -> dict[str, str]:
        """Return the next sentence for each answer that has one; one's own words go before a ready sentence."""
        plan = {}
        for name in rules.ANSWERS:
            chosen = self.cleaned_data.get(f"ready-{name}", "")
            sentence = self.cleaned_data.get(f"own-{name}") or (str(READY[name][int(chosen)]) if chosen else "")
            if sentence:
                plan[name] = sentence
        return plan


def plan_fields(draft: Draft) -> dict[str, Any]:
    """Return a draft's plan as the fields of its form."""
    fields: dict[str, Any] = {"read_aloud": draft.read_aloud, "stands_by": draft.stands_by}
    for name, sentence in draft.plan.items():
        ready = [str(words) for words in READY[name]]
        if sentence in ready:
            fields[f"ready-{name}"] = str(ready.index(sentence))
        else:
            fields[f"own-{name}"] = sentence
    return fields


def plan_of(draft: Draft) -> list[tuple[str | Promise, str]]:
    """Return a draft's plan with its headings, in the order it was imagined."""
    return [(ANSWER_NAMES[name], draft.plan[name]) for name in rules.ANSWERS if name in draft.plan]


class VersionForm(forms.Form):
    """A button that changes a draft: it names the version that was on the page."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)


class OutcomeForm(VersionForm):
    """What came of saying it."""

    outcome = forms.ChoiceField(choices=list(OUTCOME_NAMES.items()))


class TouchstoneForm(VersionForm):
    """A sentence to keep."""

    form_id = forms.UUIDField(widget=forms.HiddenInput, required=False)
    touchstone = WordsField(
        label=_("What you agreed, in one or two sentences"),
        limit=TOUCHSTONE_LIMIT,
        too_long=TOUCHSTONE_TOO_LONG,
        required=True,
        error_messages={"required": _("Write one sentence to keep.")},
    )
