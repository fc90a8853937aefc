"""Utterances of our own, kind and harsh ones: a guard against a rule that helps one form and spoils many."""

import json
from pathlib import Path

from kindline.coach import Heard, listen

SAID = [json.loads(line) for line in (Path(__file__).parent / "said.jsonl").read_text(encoding="utf-8").splitlines()]
KIND = [line["good"] for line in SAID if "good" in line]
HARSH = [line["bad"] for line in SAID if "bad" in line]


def flagged(heard: Heard) -> bool:
    return any(note.weight != "listen" for note in heard.notes)


def test_kind_lines_stay_quiet() -> None:
    wrong = [text for text in KIND if flagged(listen(text))]
    assert len(wrong) <= 0.03 * len(KIND), wrong


def test_harsh_lines_are_heard() -> None:
    missed = [text for text in HARSH if not flagged(listen(text))]
    assert len(missed) <= 0.08 * len(HARSH), missed


def test_something_good_is_found_in_most_kind_lines() -> None:
    bare = [text for text in KIND if not listen(text).parts]
    assert len(bare) <= 0.25 * len(KIND), bare


def test_safety_is_not_heard_in_ordinary_talk() -> None:
    assert [text for text in KIND if listen(text).safety] == []


def test_typographic_apostrophes_change_nothing() -> None:
    for text in KIND + HARSH:
        assert [note.rule for note in listen(text).notes] == [
            note.rule for note in listen(text.replace("'", "’")).notes
        ], text
