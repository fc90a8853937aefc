"""What one writes on the pages of drafts, with the words that stand beside each line."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kindline.ground.coaching.asked import aside_in
from kindline.ground.coaching.hearing import LIMIT, tidy
from kindline.mine.drafts import rules
from kindline.mine.drafts.shapes import Draft
from kindline.mine.drafts.wording import Words, composed

TOO_LONG = _("This is longer than a page can hold: up to 20,000 characters. Your words are still here.")
TOUCHSTONE_LIMIT = 240  # characters: what fits on a card and is read at arm's length
TOUCHSTONE_TOO_LONG = _(
    "A touchstone has room for 240 characters, so that it fits on a card. Your words are still here."
)

WORDING_NAMES = (
    ("touchstone", _("Touchstone")),
    ("warm", _("Warm")),
    ("firm", _("Plain")),
    ("message", _("Message")),
)

# The line, and what helps to fill it.
LINES: dict[str, tuple[str | Promise, str | Promise]] = {
    "need": (_("I need"), _("half an hour to land when I come home")),
    "limit": (_("I can’t …, so I’ll …"), _("listen when voices rise, so I’ll step out and be back in twenty minutes")),
    "ask": (_("Would you …"), _("keep the bills until we’ve eaten")),
    "give": (_("What I give"), _("I’ll ask about your day, and listen")),
    "situation": (_("What a camera would see"), _("When, where, which words: only what could be filmed.")),
    "feeling": (_("What I feel"), _("One or two words are enough.")),
    "fear": (_("What I’m afraid of"), _("That it stays like this. That I don’t count.")),
    "your_side": (_("What I see of your side"), _("You’re tired too, and you want it settled.")),
    "landed_as": (_("You may not have meant it; it landed as …"), _("being put on trial")),
    "origin": (_("Where I know this from"), _("Silence at home meant trouble. That’s mine, not your doing.")),
    "soothe": (_("What I’ll do to soothe myself"), _("a walk round the block, then I write it down")),
    "firm": (_("What is firm"), _("No shouting in front of the children.")),
    "flexes": (_("What can flex"), _("The hour, the place, how long.")),
    "look_again": (_("When we look at it again"), _("in three weeks, on a Sunday")),
}


class WordsField(forms.CharField):
    """A box of words of up to 20,000 characters, with line ends as a browser shows them.

    The limit is told, never enforced by the browser: a box that silently cuts what is pasted loses words.
    """

    widget = forms.Textarea

    def __init__(self, *, rows: int = 2, limit: int = LIMIT, too_long: Any = TOO_LONG, **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": rows, "dir": "auto"}))
        super().__init__(**kwargs)
        self.validators.append(MaxLengthValidator(limit, too_long))

    def to_python(self, value: Any) -> str:
        return tidy(str(super().to_python(value or ""))).strip()


class SayForm(forms.Form):
    """Something to say: its lines, and the one wording that lies on the sheet."""

    form_id = forms.UUIDField(widget=forms.HiddenInput)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    kind = forms.ChoiceField(choices=[(kind, kind) for kind in rules.KINDS], widget=forms.HiddenInput, required=False)
    entry = forms.UUIDField(widget=forms.HiddenInput, required=False)
    start = forms.CharField(widget=forms.HiddenInput, required=False)
    choice = forms.ChoiceField(choices=WORDING_NAMES, widget=forms.RadioSelect, required=False)
    shown = forms.ChoiceField(choices=WORDING_NAMES, widget=forms.HiddenInput, required=False)
    composed = WordsField(widget=forms.HiddenInput)
    text = WordsField(label=_("Your words"))
    aside = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, (label, hint) in LINES.items():
            self.fields[name] = WordsField(label=label, help_text=hint)
        for name in rules.WORDINGS:
            self.fields[f"edited-{name}"] = WordsField(widget=forms.HiddenInput)

    @property
    def first_lines(self) -> list[forms.BoundField]:
        """Return the four lines one begins with."""
        return [self[name] for name in rules.FIRST_LINES]

    @property
    def further_parts(self) -> list[forms.BoundField]:
        """Return the parts that unfold when they are wanted."""
        return [self[name] for name in rules.FURTHER_PARTS]

    def quote(self, quoted: Mapping[str, str]) -> None:
        """Lay words of the journal beside the lines they would belong to, by name."""
        for name, words in quoted.items():
            self.fields[name].quoted = words  # type: ignore[attr-defined]

    @property
    def quotes_further(self) -> bool:
        """Say whether one of the further parts, still empty, has words of the journal beside it."""
        return any(getattr(field.field, "quoted", "") and not field.value() for field in self.further_parts)

    @property
    def carried_wordings(self) -> list[forms.BoundField]:
        """Return the hidden fields that carry the wordings changed by hand."""
        return [self[f"edited-{name}"] for name in rules.WORDINGS]

    def clean(self) -> dict[str, Any]:
        """Refuse a touchstone of one's own that would not fit on a card."""
        data = super().clean() or self.cleaned_data
        if data.get("kind") in ("", "boundary") and len(self.edited.get("touchstone", "")) > TOUCHSTONE_LIMIT:
            field = "text" if (data.get("shown") or data.get("choice")) == "touchstone" else None
            self.add_error(field, TOUCHSTONE_TOO_LONG)
        return data

    @property
    def saying(self) -> str:
        """Return what kind of thing is being said."""
        return self.cleaned_data.get("kind") or "boundary"

    @property
    def parts(self) -> dict[str, str]:
        """Return the lines that were filled."""
        return {name: self.cleaned_data[name] for name in rules.PARTS if self.cleaned_data.get(name)}

    @property
    def edited(self) -> dict[str, str]:
        """Return the wordings changed by hand: a sheet that differs from what was composed onto it counts as one."""
        data = self.cleaned_data
        if self.saying != "boundary":
            return {"message": data["text"]} if data.get("text") else {}
        edited = {name: words for name in rules.WORDINGS if (words := data.get(f"edited-{name}"))}
        shown = data.get("shown") or data.get("choice") or "warm"
        text = data.get("text", "")
        if not text or text == data.get("composed"):
            edited.pop(shown, None)
        else:
            edited[shown] = text
        return edited

    def words(self) -> Words:
        """Return the four wordings as this form has them."""
        return Words(composed(self.parts) if self.saying == "boundary" else {}, self.edited)

    def changes(self) -> dict[str, Any]:
        """Return what the person wrote, as fields of a draft."""
        data = self.cleaned_data
        return {
            "kind": self.saying,
            "entry_id": data.get("entry"),
            "parts": self.parts,
            "edited": self.edited,
            "choice": data.get("choice") or ("warm" if self.saying == "boundary" else "message"),
            "aside": list(aside_in(data.get("aside") or "")),
        }


def fields_of(draft: Draft) -> dict[str, Any]:
    """Return a stored draft as the fields of its form, without the words on the sheet."""
    return {
        "kind": draft.kind,
        "entry": draft.entry_id or "",
        "choice": draft.choice,
        "aside": " ".join(draft.aside),
        **draft.parts,
        **{f"edited-{name}": words for name, words in draft.edited.items()},
    }


def entry_asked(value: str) -> UUID | None:
    """Read a journal entry's id from an address; anything else is no entry."""
    try:
        return UUID(value)
    except ValueError:
        return None
