"""Words never shown, no exclamation marks, no labels for people, and every sentence ready for other languages."""

import ast
import re
from pathlib import Path

import pytest

from tests.house.tree import SOURCE, modules, of_kind, place, templates, walked
from tests.house.wording import LETTERS, coach_rules, everything_said, template_strings, unmarked

NEVER_SHOWN = (
    "user", "violation", "offender", "deadline", "failed", "overdue", "compliance", "score", "streak",
    "success rate", "consent form", "signed",
)  # fmt: skip
FORBIDDEN = re.compile(r"\b(?:" + "|".join(word + "s?" for word in NEVER_SHOWN) + r")\b", re.IGNORECASE)
# A person is never sorted into a kind, nor ranked among others.
LABELS = re.compile(
    r"percentile|attachment[ -](?:style|type)|\b(?:anxious|avoidant|secure|disorgani[sz]ed|fearful)(?:ly)?[ -]"
    r"(?:type|style|attach\w+|person|partner)|narcissis|codependen|toxic person|you are an? (?:anxious|avoidant)",
    re.IGNORECASE,
)
NOT_IN_TEMPLATES = (
    r"\sstyle\s*=",
    r"\son[a-z]+\s*=",
    r"<style\b",
    r"<script(?![^>]*\bsrc=)[^>]*>",
    r"javascript:",
    r"hx-on\b",
    r"hx-vals=.?js:",
    r"\|\s*safe(?:seq)?\b",
    r"autoescape\s+off",
)
# The name of the thing itself is the same in every language.
WEB_ADDRESS = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+(?:/\S*)?")
SAME_EVERYWHERE = {"Kindline", "· Kindline"}


def test_no_word_is_shown_that_is_never_shown() -> None:
    assert [f"{where}: “{match[0]}” in: {text}" for where, text in everything_said()
            if (match := FORBIDDEN.search(text))] == []  # fmt: skip


def test_nothing_is_said_with_an_exclamation_mark() -> None:
    assert [f"{where}: {text}" for where, text in everything_said() if "!" in text] == []


def test_nobody_is_given_a_label_or_a_rank() -> None:
    assert [f"{where}: {text}" for where, text in everything_said() if LABELS.search(text)] == []


def test_the_tests_read_what_is_there() -> None:
    said = everything_said()
    assert len(said) > 150
    assert any("base.html" in where for where, _ in said)
    assert any("forms.py" in where for where, _ in said)
    assert coach_rules()
    assert FORBIDDEN.search("Each User here")
    assert LABELS.search("an avoidant person")


@pytest.mark.parametrize("file", templates(), ids=lambda file: f"{file.parent.name}/{file.name}")
def test_every_string_of_a_template_is_marked_for_translation(file: Path) -> None:
    bare = [text for text in unmarked(file) if text not in SAME_EVERYWHERE and not WEB_ADDRESS.fullmatch(text)]
    assert not bare, f"{place(file)}: wrap in translate: {bare}"


@pytest.mark.parametrize("file", templates(), ids=lambda file: f"{file.parent.name}/{file.name}")
def test_a_template_holds_no_style_no_script_of_its_own_and_never_turns_escaping_off(file: Path) -> None:
    text = file.read_text()
    for pattern in NOT_IN_TEMPLATES:
        assert not (match := re.search(pattern, text, re.IGNORECASE)), f"{place(file)} holds {match[0]!r}"


SPOKEN_KEYWORDS = {"label", "help_text", "empty_label", "initial_text"}
SPEAKING_CALLS = {"ValidationError", "add_error", "Refused"}


def is_words(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and bool(re.search(r"[^\W\d_]{2,}[ .?]", node.value))
    )


def test_labels_and_errors_of_forms_are_marked_for_translation() -> None:
    for file in modules():
        if (
            file.stem not in {"forms", "views", "widgets", "settings", "words", "trying", "actions"}
            or "coach" in file.parts
        ):
            continue
        for call in walked(file, ast.Call):
            spoken = [given.value for given in call.keywords if given.arg in SPOKEN_KEYWORDS]
            if getattr(call.func, "id", getattr(call.func, "attr", "")) in SPEAKING_CALLS:
                spoken += call.args
            bare = [node.value for node in spoken if is_words(node)]
            assert not bare, f"{place(file, call.lineno)}: wrap in gettext: {bare}"


def test_choices_that_people_read_are_marked_for_translation() -> None:
    """A pair of a stored word and a bare sentence is a label that no translator would see."""
    for file in modules():
        if file.stem not in {"forms", "widgets", "words", "labels"}:
            continue
        for pair in walked(file, ast.Tuple):
            bare = [part.value for part in pair.elts if isinstance(part, ast.Constant) and isinstance(part.value, str)
                    and re.search(r"[^\W\d_]{2,} [^\W\d_]{2,}", part.value)]  # fmt: skip
            assert not bare, f"{place(file, pair.lineno)}: wrap in gettext: {bare}"


def test_scripts_hold_no_sentences_of_their_own() -> None:
    """What a script says stands in the page's data attributes, where translators find it."""
    for file in of_kind(".js", under=SOURCE):
        code = re.sub(r"/\*.*?\*/|(?<![:\"'])//.*", "", file.read_text())
        spoken = re.findall(r"""["'`]([A-Z][a-z’']+ [a-z][^"'`]*)["'`]""", code)
        assert not spoken, f"{place(file)} says {spoken}"


def test_templates_say_something() -> None:
    assert sum(1 for file in templates() for _ in template_strings(file)) > 40
    assert LETTERS.search("ab")
