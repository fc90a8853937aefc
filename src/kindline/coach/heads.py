"""Read the head of a rule file, all before its examples, in the few plain ways in which nearly every rule is written.

A fifth of a start would go into reading TOML in full. Here a head is read only where it is nothing but

    key = "words"    key = ["words", "words"]    key = true    key = 2    key = '''…'''

and whatever else there is, or is wrong, is left to `tomllib`, which knows all of TOML and says what is the matter.
"""

import re

_STRING = r'"[^"\\\x00-\x1f\x7f]*"'
_GAP = r"[ \n]*"
_ENTRY = re.compile(
    r"\n*([\w-]+) = (?:"
    rf"({_STRING})"
    rf"|(\[{_GAP}(?:{_STRING}{_GAP}(?:,{_GAP}{_STRING}{_GAP})*(?:,{_GAP})?)?\])"
    r"|'''\n([^'\x00-\x09\x0b-\x1f\x7f]*(?:'[^'\x00-\x09\x0b-\x1f\x7f]+)*)'''"
    r"|(true|false|[1-9]\d{0,8})"
    r")(?:\n+|\Z)",
    re.ASCII,
)
_IN_LIST = re.compile(_STRING)
Value = str | list[str] | bool | int


def plain_head(head: str) -> dict[str, Value] | None:
    """Return the keys and values of a head, or None where it is not plain throughout."""
    table: dict[str, Value] = {}
    at = 0
    while at < len(head):
        entry = _ENTRY.match(head, at)
        if entry is None or entry[1] in table:
            return None
        key, string, some, words, plain = entry.groups()
        if string is not None:
            table[key] = string[1:-1]
        elif some is not None:
            table[key] = [one[1:-1] for one in _IN_LIST.findall(some)]
        elif words is not None:
            table[key] = words
        else:
            table[key] = plain == "true" if plain in {"true", "false"} else int(plain)
        at = entry.end()
    return table
