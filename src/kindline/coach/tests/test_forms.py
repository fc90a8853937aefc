"""Kind lines full of trap words and harsh lines without keywords, read through the lens they were written for."""

import json
from pathlib import Path

from kindline.coach import Heard, listen

LINES = [json.loads(line) for line in (Path(__file__).parent / "forms.jsonl").read_text(encoding="utf-8").splitlines()]
KIND = [(line["text"], line["lens"]) for line in LINES if line["verdict"] == "kind"]
HARSH = [(line["text"], line["lens"], line["fault"]) for line in LINES if line["verdict"] == "harsh"]


def flagged(heard: Heard) -> bool:
    return any(note.weight != "listen" for note in heard.notes)


def test_kind_lines_with_trap_words_stay_quiet() -> None:
    wrong = [text for text, lens in KIND if flagged(listen(text, lens=lens))]
    assert len(wrong) <= 0.04 * len(KIND), wrong


def test_nothing_kind_is_ever_stopped() -> None:
    assert [text for text, lens in KIND if any(note.weight == "stop" for note in listen(text, lens=lens).notes)] == []


def test_harsh_lines_without_keywords_are_heard() -> None:
    missed = [text for text, lens, _ in HARSH if not flagged(listen(text, lens=lens))]
    assert len(missed) <= 0.1 * len(HARSH), missed


def test_what_is_heard_is_called_by_its_name() -> None:
    heard = [(fault, {note.fault for note in listen(text, lens=lens).notes}) for text, lens, fault in HARSH]
    named = [fault in faults for fault, faults in heard if faults]
    assert sum(named) >= 0.9 * len(named)
