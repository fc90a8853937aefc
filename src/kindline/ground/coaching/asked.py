"""What a form asks of the coach: to listen, to take one of its tries, or to put a note aside."""

import re
from collections.abc import Mapping

from django.utils.translation import get_language

from kindline.ground.coaching.hearing import LIMIT, Hearing, hear, tidy, with_try

SHEET_NAME = re.compile(r"[a-z][a-z0-9-]{0,40}")
NOTE_KEY = re.compile(r"[a-z0-9-]{1,80}\.[0-9a-f]{8}")
ASIDE_LIMIT = 40


def asks(data: Mapping[str, str]) -> bool:
    """Say whether one of the coach's own buttons sent this form, so that a room does not take it for saving."""
    return any(name in data for name in ("listen", "use", "put_aside"))


def asked(data: Mapping[str, str], *, field: str = "text", lens: str = "") -> Hearing:
    """Listen to the text in `field`, take the try that was pressed, put aside what was put aside."""
    text = tidy(data.get(field, ""))
    lens = lens or data.get("lens", "any")
    sheet = data.get("sheet", "sheet")
    sheet = sheet if SHEET_NAME.fullmatch(sheet) else "sheet"
    language = (get_language() or "en").partition("-")[0]
    aside = aside_in(f"{data.get('aside', '')} {data.get('put_aside', '')}")
    hearing = hear(text, lens=lens, aside=aside, sheet=sheet, language=language)
    if "use" in data and len(text) <= LIMIT:
        better = with_try(hearing, data["use"])
        if better != text:
            hearing = hear(better, lens=lens, aside=aside, sheet=sheet, language=language)
    return hearing


def aside_in(value: str) -> tuple[str, ...]:
    """Read the keys of the notes put aside from a form's field; anything else in it is ignored."""
    keys = dict.fromkeys(key for key in value.split() if NOTE_KEY.fullmatch(key))
    return tuple(keys)[-ASIDE_LIMIT:]
