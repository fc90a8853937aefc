"""A broken rule file is refused with its name, its line and a reason that says what to mend."""

from pathlib import Path

import pytest

from kindline.coach.book import RULES, load_book, read_rule
from kindline.coach.proof import RuleError

VOCABULARY = load_book("en").vocabulary
WHOLE = (RULES / "en" / "contempt-kin.toml").read_text(encoding="utf-8")
# What stands in the whole file, what is put there, how many lines further the slip is told, and why.
BROKEN = [
    ('fault = "contempt"', "fault = contempt", 0, "Invalid value"),
    ("why = ", "whi = ", 0, "no key 'whi'"),
    ("unless = '''", "unles = '''", 0, "no key 'unles'"),
    ("lenses = []", 'lenses = "complaint"', 0, "a list in brackets"),
    ("lenses = []", 'lenses = ["complain"]', 0, "unknown lenses 'complain'"),
    ("lenses = []", "lenses = []\nat_least = true", 1, "at_least is a number"),
    ("lenses = []", "lenses = []\nnot_in = [1]", 1, "words in quotes"),
    ("lenses = []", 'lenses = []\nnot_in = ["loud"]', 1, "unknown mark 'loud'"),
    ("steady = true", 'steady = "yes"', 0, "true or false"),
    ('weight = "soften"', 'weight = "soft"', 0, "unknown weight"),
    ("words = '''", "words = ['a']\nwurds = '''", 0, "written in quotes"),
    ("i ~2 hate|", "i ~2 @nothere hate|", 0, "no word class @nothere"),
    ("i do not ~2 hate", "i do not ~2 @nope hate", 0, "no word class @nope"),
    ("i ~2 hate|", "i ~12 hate|", 0, "gaps are at most"),
    ("i ~2 hate|", "[i ~2 hate|", 0, "an open ["),
    ("i ~2 hate|", "[i] [~2] hate|", 0, "only one ["),
    ('text = "I hate your sister."\n', "", -1, "has no text"),
    ('part = "I hate your sister"', 'part = "I love your sister"', -2, "does not stand in the text"),
    ('part = "I hate your sister"\n', "", -2, "does not say which part"),
    ('part = "I hate your sister"', 'part = "I hate your sister"\nlens = "complain"', -2, "unknown lens"),
    ('part = "I hate your sister"', 'part = "I hate your sister"\nlense = "any"', -2, "no key 'lense'"),
]


def refused(file: Path) -> str:
    with pytest.raises(RuleError) as caught:
        read_rule(file, "fault", VOCABULARY, with_examples=True)
    return str(caught.value)


@pytest.mark.parametrize(("sought", "put", "further", "reason"), BROKEN, ids=[put for _, put, _, _ in BROKEN])
def test_a_slip_is_refused_where_it_stands(tmp_path: Path, sought: str, put: str, further: int, reason: str) -> None:
    assert sought in WHOLE
    file = tmp_path / "contempt-kin.toml"
    file.write_text(WHOLE.replace(sought, put, 1), encoding="utf-8")
    told = refused(file)
    line = WHOLE[: WHOLE.index(sought)].count("\n") + 1 + further
    assert told.startswith(f"{file}:{line}:"), told
    assert reason in told


def test_an_empty_file_and_one_that_is_no_text_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "empty.toml"
    file.write_text("", encoding="utf-8")
    assert "the rule has no hears" in refused(file)
    file.write_bytes(b'hears = "a"\n\xff\xfe')
    assert refused(file).startswith(f"{file}:2: this is not UTF-8")


def test_the_whole_file_is_taken(tmp_path: Path) -> None:
    file = tmp_path / "contempt-kin.toml"
    file.write_text(WHOLE, encoding="utf-8")
    assert read_rule(file, "fault", VOCABULARY, with_examples=True).heard
