"""Tell what somebody wrote into a box: a whole sentence, a deed, a doing ("cooking on Sundays"), or a thing."""

import re

from kindline.coach.tries.verbs import verbs

LONGEST_SUBJECT = 3  # words before the verb of a short sentence
_WORD = re.compile(r"[\w'’-]+")
_FINITE = frozenset(
    (
        "is are was were isn't aren't wasn't weren't has have hasn't haven't can can't could couldn't will won't would "
        "wouldn't does doesn't do don't did didn't stays goes comes counts works happens"
    ).split()
)
_SUBJECT_INSIDE = re.compile(
    r"\b(?:i|you|we|he|she|they|it)(?:['’](?:m|ll|re|d|ve|s)\b| (?:am|are|can|will|would)\b)", re.IGNORECASE
)
_DETERMINERS = frozenset(("the", "my", "your", "our", "his", "her", "their"))
_OBJECTS = _DETERMINERS | {"a", "an", "you", "it", "them", "him", "us", "whatever", "what", "with", "this", "that"}
_AFTER_UNKNOWN = _OBJECTS | {"every", "all", "for", "again", "alone", "tonight", "today", "well"}
_MANY = frozenset(("people", "friends", "kids", "guests", "others", "children", "visitors"))
_SEAMS = frozenset(
    ("when", "if", "while", "that", "which", "who", "until", "because", "before", "after", "where", "what")
)
# Said alone, these are what somebody needs, not what they need to do.
_THINGS_TOO = frozenset(
    "trust help love respect rest support change touch care hope sleep play work talk space calm comfort quiet".split()
)


def _words(text: str) -> list[str]:
    return [word.lower().replace("’", "'") for word in _WORD.findall(text)]


def is_sentence(text: str) -> bool:
    """Tell whether it has a subject and a verb of its own: "dinner is on me", "the kids remember this"."""
    words = _words(text)
    if not words:
        return False
    upto = next((place for place, word in enumerate(words) if word in _SEAMS), len(words))
    for place in range(1, min(upto, LONGEST_SUBJECT + 1)):
        if words[place] in _FINITE:
            return words[place - 1] not in ("to", "not")
    head = words[:upto]
    if len(head) > 1 and head[0] in _MANY:
        return verbs().is_known(head[1]) and not verbs().is_running(head[1])
    if len(head) > 2 and head[0] in _DETERMINERS and head[1].endswith("s") and not head[1].endswith("'s"):  # noqa: PLR2004
        return verbs().is_known(head[2]) and not verbs().is_running(head[2])
    before = text[: text.lower().find(" " + words[upto] + " ")] if upto < len(words) else text
    if words[:1] == ["something"] and len(words) > 1:
        return words[1].endswith("s") and verbs().is_known(words[1])
    opens_with_deed = verbs().is_known(words[0]) and verbs().of(words[0]) == words[0]
    return not opens_with_deed and _SUBJECT_INSIDE.search(before, 1) is not None


def is_deed(text: str) -> bool:
    """Tell whether it begins with a bare verb: "carry on when …"; unknown words are taken for one before an object."""
    words = _words(text)
    if not words or (len(words) == 1 and words[0] in _THINGS_TOO):
        return False
    first = words[0]
    if verbs().is_known(first):
        plural_thing = first.endswith("s") and verbs().of(first) != first
        return not plural_thing and verbs().of(first) == first
    return not first.endswith("s") and words[1:2] != [] and words[1] in _AFTER_UNKNOWN


def does_something(text: str) -> bool:
    """Tell whether it begins with a bare verb and what it is done to: "paint the hall", not "love and patience"."""
    words = [*_words(text), ""]
    return verbs().is_known(words[0]) and words[1] in _OBJECTS and is_deed(text) and not is_sentence(text)


def deed_of(text: str) -> str:
    """Turn a doing into the deed: "cooking on Sundays" into "cook on Sundays"; empty where it is none."""
    first, _, rest = text.partition(" ")
    if not verbs().is_running(first.lower()) or not verbs().is_known(first.lower()):
        return ""
    return f"{verbs().of(first.lower())} {rest}".strip()
