"""Listen to one text: read it, let the rules hear, and keep what the lens asks for."""

import re

from kindline.coach.note import Heard, Note

_ALWAYS = re.compile(r"\byou (?:always|never)\b", re.IGNORECASE)


def listen(text: str, lens: str = "any", language: str = "en") -> Heard:
    """Hear what may land hard and what already works; offsets are code points into `text`."""
    notes = tuple(
        Note(
            "absolute-you", "absolute", "soften", found.start(), found.end(), found.group(),
            "“Always” and “never” can land as a verdict on all of it.", ("Lately, …",),
        )
        for found in _ALWAYS.finditer(text)
    )
    return Heard(notes, (), False)
