"""Find options of several words in a pattern that would silently be read word by word.

"that is|this is" is read as "that", then "is" or "this", then "is". Such an option is written "that_is|this_is".
"""

import itertools
import re

from kindline.coach.words import Vocabulary

_WORD = re.compile(r"[^\s\[\]()^<>~]+")
_MARKER = re.compile(r"[\[\]()]")


def split_option(written: str, vocabulary: Vocabulary) -> str | None:
    """Return the two neighbours of a pattern that look like one option cut in two, or None."""
    elements = [element.rstrip("?").split("|") for element in _MARKER.sub(" ", written).split()]
    for before, here in itertools.pairwise(elements):
        if _cut_between(before, here, vocabulary) or _two_of_two_kinds(before, here, vocabulary):
            return f"{'|'.join(before)} {'|'.join(here)}"
    return None


def _plain(element: list[str]) -> bool:
    return all(_WORD.fullmatch(option) for option in element)


def _cut_between(before: list[str], here: list[str], vocabulary: Vocabulary) -> bool:
    """Tell of "am i|was i" (the same word opens or ends two neighbours) and of "can be|have been"."""
    if len(before) == len(here) == 1 or not (_plain(before) and _plain(here)):
        return False
    leads, tails = vocabulary.classes["leads"], vocabulary.classes["tails"]
    if here[0] in tails and before[-1] in leads and not leads.issuperset(before):
        return True
    return before != here and (before[0] == here[0] or before[-1] == here[-1])


def _two_of_two_kinds(before: list[str], here: list[str], vocabulary: Vocabulary) -> bool:
    """Tell of "took you|did": after a word, two options of which one is a subject and the other a light verb."""
    if len(here) != 2 or not _plain(before) or not _plain(here):  # noqa: PLR2004 - a pair
        return False
    subjects, verbs = vocabulary.classes["subject"], vocabulary.classes["auxiliary"]
    kinds = [(option in subjects, option in verbs) for option in here]
    return kinds in ([(True, False), (False, True)], [(False, True), (True, False)])
