"""Proofread one rule file: every key known and of its kind, every example whole, every bracket closed."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from kindline.coach.lenses import LENSES

_WORDS = ("hears", "why", "source", "fault", "part", "weight", "says", "words", "unless", "unless_text")
_LISTS = (
    "lenses", "tries", "not_in", "only_in", "order", "needs_parts", "missing_parts", "unless_parts",
    "unless_parts_anywhere", "not_after", "silences", "takes",
)  # fmt: skip
_YES_OR_NO = ("steady", "weak", "alone", "single", "hushes_ear")
_EXAMPLES = ("heard", "quiet")
_KINDS: dict[str, tuple[type, str]] = {
    **dict.fromkeys(_WORDS, (str, "is written in quotes")),
    **dict.fromkeys(_LISTS, (list, "is a list in brackets")),
    **dict.fromkeys(_YES_OR_NO, (bool, "is true or false")),
    "at_least": (int, "is a number"),
    **dict.fromkeys(_EXAMPLES, (list, "is written as [[heard]] or [[quiet]]")),
}


class RuleError(ValueError):
    """A rule the book refuses; the message names file and line."""

    def __init__(self, file: Path, line: int, reason: str) -> None:
        super().__init__(f"{file}:{line}: {reason}")


def line_of(content: str, *sought: str) -> int:
    """Return the line in which one of some words first stands, 1 when none does."""
    for word in sought:
        at = content.find(word)
        if at >= 0:
            return content.count("\n", 0, at) + 1
    return 1


def _line_of_key(content: str, key: str) -> int:
    found = re.search(rf"^(?:\[\[)?{re.escape(key)}\b", content, re.MULTILINE)
    return content.count("\n", 0, found.start()) + 1 if found else 1


def check_keys(file: Path, content: str, table: Mapping[str, Any]) -> None:
    """Refuse a key nobody asks for (a slip of the pen would silently do nothing) and a value of the wrong kind."""
    for key, value in table.items():
        if key not in _KINDS:
            raise RuleError(file, _line_of_key(content, key), f"there is no key {key!r}")
        kind, how = _KINDS[key]
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise RuleError(file, _line_of_key(content, key), f"{key} {how}")
        if key in _LISTS and isinstance(value, list) and not all(isinstance(item, str) for item in value):
            raise RuleError(file, _line_of_key(content, key), f"{key} holds words in quotes")


def _examples(content: str) -> Iterator[tuple[str, int]]:
    for found in re.finditer(r"^\[\[(heard|quiet)\]\]$", content, re.MULTILINE):
        yield found.group(1), content.count("\n", 0, found.start()) + 1


def check_examples(file: Path, content: str, table: Mapping[str, Any], kind: str) -> None:
    """Refuse an example without a text, under an unknown lens, or whose part does not stand in it."""
    places = {name: [line for found, line in _examples(content) if found == name] for name in _EXAMPLES}
    for name in _EXAMPLES:
        for line, example in zip(places[name], table.get(name, ()), strict=False):
            if not isinstance(example.get("text"), str) or not example["text"]:
                raise RuleError(file, line, f"this [[{name}]] has no text")
            if example.get("lens", "any") not in LENSES:
                raise RuleError(file, line, f"unknown lens {example['lens']!r} in this [[{name}]]")
            if extra := set(example) - {"text", "part", "lens"}:
                raise RuleError(file, line, f"there is no key {min(extra)!r} in a [[{name}]]")
            if example.get("part", "") not in example["text"]:
                raise RuleError(
                    file, line, f"the part {example['part']!r} does not stand in the text of this [[{name}]]"
                )
            if name == "heard" and kind in ("fault", "part") and not example.get("part"):
                raise RuleError(file, line, "this [[heard]] does not say which part is heard")


def check_brackets(file: Path, line: int, written: str) -> None:
    """Refuse a form whose brackets are not closed, or that shows or borrows two stretches."""
    for opening, closing in ("[]", "()"):
        if written.count(opening) != written.count(closing) or written.find(closing) < written.find(opening):
            raise RuleError(file, line, f"an open {opening} in: {written}")
        if written.count(opening) > 1:
            raise RuleError(file, line, f"only one {opening} {closing} in a form: {written}")
