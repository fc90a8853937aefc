"""Hears whether private words speak about somebody, so that they can't be said to them as they are. Pure, English.

A plain rule, on the careful side: what it holds back is still shown beside the line, so a word too many is no loss.
"""

import re
from collections.abc import Iterable

_SOMEBODY = re.compile(
    r"\b(?:s?he|him|himself|hers?|herself|his|they|them|theirs?|themsel(?:f|ves)|"
    r"(?:my|the) (?:partner|husband|wife|boyfriend|girlfriend|fianc[ée]e?|spouse|ex))\b",
    re.IGNORECASE,
)
# Words that carry a capital in English and name nobody; at the start of a sentence any word does.
_CAPITALS = (
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July August "
    "September October November December Christmas Easter Ramadan Eid Advent English German French Spanish "
    "I You We It This That These Those There Here What Who Which Where When Why How The A An My Your Our Its Let "
    "Nobody Everybody Somebody Anybody Everyone Someone Anyone Nothing Everything Something Anything One Each Every "
    "All Both Some Most Many None And But Or So If As At In On To For From With Without Then Now Today Yesterday "
    "Tomorrow Tonight Last Next First Not No Yes Never Always Only Just Again Also After Before "
    "While Because Dinner Lunch Breakfast Work Money Silence Music Sleep Home Time Sex"
)
_NOBODY = frozenset(_CAPITALS.split())
_DOES = (
    r"(?:is|was|are|were|has|had|does|did|do|will|would|can|could|may|might|must|should|never|always|only|just|also|"
    r"still|and I|who|said|says|told|came|went|got|took|left|made|gave|kept|knew|thought|felt|heard|saw|put|let|spoke|"
    r"began|broke|brought|bought|forgot|wrote|read|ran|sat|stood|slept|held|hid|lost|met|paid|sent|threw|woke|"
    r"\w{2,}ed|\w{2,}(?<![su])s|\w+n['’]t)"
)
_WORD = re.compile(r"\w+")
_NAME = r"[^\W\d_a-z][^\W\d_A-Z]+"
_AT_WORK = re.compile(rf"\b({_NAME})(?:['’]s|['’](?:ll|d))?(?= {_DOES}\b)|\b({_NAME})['’]s\b")
# Inside a sentence a capital is a name, unless a place or a thing goes by it: "in Paris", "the Volvo".
_WITHIN = re.compile(rf"(?<=[\w,;] )(?<!\bin )(?<!\bon )(?<!\bnear )(?<!\bof )(?<!\bfrom )(?<!\bthe )({_NAME})\b")


def names_in(texts: Iterable[str]) -> frozenset[str]:
    """Return the names that some texts seem to speak of: capitals that do something, own something, or stand within."""
    found = {name for text in texts for match in _AT_WORK.finditer(text) for name in match.groups() if name}
    found |= {match[1] for text in texts for match in _WITHIN.finditer(text)}
    return frozenset(found - _NOBODY)


def speaks_about_somebody(text: str, names: Iterable[str] = ()) -> bool:
    """Say whether a text speaks about a person in the third person: by he, she or they, by a role, or by a name."""
    return bool(_SOMEBODY.search(text)) or not frozenset(names).isdisjoint(_WORD.findall(text))
