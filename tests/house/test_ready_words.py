"""The words that rhythms begin with: kind to the ear that listens elsewhere, and pressing nobody."""

import re

from kindline.coach import listen
from kindline.ours.rhythms import words


def test_the_coach_hears_nothing_to_soften_in_the_ready_words() -> None:
    for kind, one in (*words.KINDS.items(), *words.KINDS_ALONE.items()):
        for said in (one.purpose, one.sentence, one.brings):
            heard = listen(str(said), lens="any")
            assert not heard.safety
            assert [note for note in heard.notes if note.weight != "listen"] == [], (kind, str(said))


def test_nothing_in_the_room_watches_or_presses_anybody() -> None:
    several = (words.PARTS, words.PARTS_ALONE, words.KINDS, words.KINDS_ALONE)
    said = [str(part) for some in several for one in some.values() for part in one]
    for line in said:
        assert not re.search(r"\b(must|should|always|never|missed|streak|late)\b", line, re.IGNORECASE), line
