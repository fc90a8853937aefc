"""Form widgets of our own: feelings in three depths, one or several of a few choices in a row, a passphrase."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

# What a tap means: nothing, then three depths. The same words are read aloud by a screen reader.
DEPTHS = (_("not marked"), _("a little"), _("quite"), _("very"))
OWN_WORD_LENGTH = 40
OWN_WORDS = 12


class IntensityChips(forms.Widget):
    """Show each word as one chip: four radios in one place, so that a tap moves to the next depth without a script.

    A value is a mapping of word to depth, 1 to 3. Words outside `words` are the person's own and keep their chip.
    """

    template_name = "page/widgets/intensity_chips.html"
    use_fieldset = True

    def __init__(self, words: tuple[tuple[str, str], ...] = (), attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.words = tuple(words)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        marked = value if isinstance(value, Mapping) else {}
        known = dict(self.words)
        own = [(word, word) for word in marked if word not in known]
        context["widget"] |= {
            # page.js copies the first one for a word typed by hand.
            "chips": [_chip(f"{name}.{word}", label, marked.get(word, 0)) for word, label in (*self.words, *own)],
            "own_name": f"{name}-own",
            "own_length": OWN_WORD_LENGTH,
        }
        return context

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> dict[str, int]:
        """Read the marked words; own words typed without a script count as marked once."""
        marked: dict[str, int] = {}
        known = dict(self.words)
        for key in data:
            word = key.removeprefix(f"{name}.")
            depth = data[key] if word != key else "0"
            if depth in ("1", "2", "3") and (word in known or len(word) <= OWN_WORD_LENGTH):
                marked[word] = int(depth)
        for word in str(data.get(f"{name}-own", "")).split(","):
            tidy = " ".join(word.split())[:OWN_WORD_LENGTH]
            if tidy:
                marked.setdefault(tidy, 1)
        own = [word for word in marked if word not in known]
        for word in own[OWN_WORDS:]:
            del marked[word]
        return marked

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return not any(key.startswith((f"{name}.", f"{name}-own")) for key in data)


class ChoiceRow(forms.RadioSelect):
    """Show one of a few choices as a row of outlined boxes, none of them weightier than the others."""

    template_name = "page/widgets/choice_row.html"


class ChoiceRowMany(forms.CheckboxSelectMultiple):
    """Show several of a few choices as a row of outlined boxes."""

    template_name = "page/widgets/choice_row.html"


class Passphrase(forms.PasswordInput):
    """Ask for a passphrase, in a row that has room for the button which shows it (peek.js)."""

    template_name = "page/widgets/passphrase.html"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({**(attrs or {}), "class": "grow"})


class ClockTime(forms.TimeInput):
    """Ask for a clock time with the device's own picker."""

    input_type = "time"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%H:%M")


class Day(forms.DateInput):
    """Ask for a day with the device's own picker."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


def _chip(name: str, label: str, marked: int) -> dict[str, Any]:
    return {
        "name": name,
        "label": label,
        "depths": [(str(depth), said, depth == marked) for depth, said in enumerate(DEPTHS)],
    }
