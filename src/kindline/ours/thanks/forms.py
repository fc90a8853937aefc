"""The one box of this room."""

from django import forms
from django.utils.translation import gettext_lazy as _

from kindline.ground.page.forms import Words
from kindline.ours.thanks import rules


class LineForm(forms.Form):
    """One line: thanks to the other, or a good moment. However it was broken, it is kept as one line."""

    text = Words(rows=2, longest=rules.LONGEST, error_messages={"required": _("A few words are enough.")})

    def __init__(self, *args: object, label: str, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        self.fields["text"].label = label

    def clean_text(self) -> str:
        """Return the words on one line."""
        return rules.as_one_line(self.cleaned_data["text"])
