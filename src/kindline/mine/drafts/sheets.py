"""How a form of something to say is laid out on its page: which wording lies on it, what the coach hears."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import get_language

from kindline.ground.coaching.asked import aside_in, asked, asks
from kindline.ground.coaching.hearing import Hearing, hear
from kindline.mine.drafts import rules
from kindline.mine.drafts.forms import SayForm, fields_of
from kindline.mine.drafts.queries import Found
from kindline.mine.drafts.wording import Words, words_of

LENSES = {"boundary": "boundary", "thanks": "any", "sorry": "apology"}


@dataclass(frozen=True, slots=True)
class Sheet:
    """A form ready to be shown, with the wordings behind it and what the coach hears."""

    form: SayForm
    words: Words
    hearing: Hearing
    kind: str
    choice: str

    @property
    def lens(self) -> str:
        """Return the lens the coach listens through."""
        return LENSES[self.kind]

    @property
    def is_edited(self) -> bool:
        """Say whether the wording on the sheet was changed by hand."""
        return self.kind == "boundary" and bool(self.words.edited.get(self.choice))

    @property
    def open_line(self) -> str:
        """Return the line to open: the first that is still empty."""
        return next((field.name for field in self.form.first_lines if not field.value()), "")

    @property
    def has_words(self) -> bool:
        """Say whether there is a word yet: on the sheet, or in any line."""
        return bool(self.hearing.text.strip() or self.has_further or any(f.value() for f in self.form.first_lines))

    @property
    def has_further(self) -> bool:
        """Say whether any of the further parts is filled."""
        return any(field.value() for field in self.form.further_parts)


def blank(form_id: UUID, fields: Mapping[str, Any]) -> Sheet:
    """Lay out a new sheet, perhaps with what an insight brings along."""
    bound = SayForm({"form_id": form_id, "version": 0, **fields})
    bound.is_valid()
    return _laid(bound.words(), bound.saying, {**fields, "form_id": form_id, "version": 0})


def stored(found: Found, form_id: UUID) -> Sheet:
    """Lay out a draft as it is stored."""
    draft = found.draft
    return _laid(words_of(draft), draft.kind, {**fields_of(draft), "form_id": form_id, "version": found.version})


def written(data: Mapping[str, str], request: HttpRequest | None = None, *, version: int | None = None) -> Sheet:
    """Lay out a form as somebody sent or left it; words that are too long are shown as they are, with the limit."""
    form = SayForm(data)
    valid = form.is_valid()
    fields: dict[str, Any] = {name: data.get(name, "") for name in form.fields}
    if version is not None:
        fields["version"] = version
    if not valid:
        shown = fields["shown"] if fields["shown"] in rules.WORDINGS else "warm"
        hearing = _heard(fields["text"], form.saying, aside_in(fields["aside"]))
        return Sheet(form, Words({shown: data.get("composed", "")}, form.edited), hearing, form.saying, shown)
    words = form.words()
    if "anew" in data:
        words = Words(words.composed, {name: text for name, text in words.edited.items() if name != _choice(fields)})
    if request is not None and asks(request.POST):
        heard = asked(request.POST, lens=LENSES[form.saying])
        fields["aside"] = " ".join(heard.aside)
        if heard.text != data.get("text", ""):
            name = data.get("shown") or "message"
            words = Words(words.composed, {**words.edited, name: heard.text})
    return _laid(words, form.saying, fields)


def _choice(fields: Mapping[str, Any]) -> str:
    choice = fields.get("choice") or "warm"
    return choice if choice in rules.WORDINGS else "warm"


def _laid(words: Words, kind: str, fields: dict[str, Any]) -> Sheet:
    choice = _choice(fields) if kind == "boundary" else "message"
    text = words.of(choice)
    fields |= {"kind": kind, "choice": choice, "shown": choice, "text": text}
    fields |= {"composed": words.composed.get(choice, "")}
    fields |= {f"edited-{name}": words.edited.get(name, "") for name in rules.WORDINGS}
    hearing = _heard(text, kind, aside_in(str(fields.get("aside", ""))))
    return Sheet(SayForm(initial=fields), words, hearing, kind, choice)


def _heard(text: str, kind: str, aside: tuple[str, ...]) -> Hearing:
    language = (get_language() or "en").partition("-")[0]
    return hear(text, lens=LENSES[kind], aside=aside, language=language)
