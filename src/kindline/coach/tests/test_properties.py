"""What holds for any text at all: an answer, whole places, the same answer every time, work as long as the text."""

import json
import os
import random
import re
import subprocess
import sys
from collections.abc import Iterator
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser as grammar  # type: ignore[attr-defined]
from types import FrameType
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kindline.coach import Heard, foremost, listen
from kindline.coach.book import load_book
from kindline.coach.ear import gate_for
from kindline.coach.lenses import LENSES
from kindline.coach.patterns import LONGEST_GAP, Pattern
from kindline.coach.tests.test_listen import FAULT_LINES, places_are_valid
from tests.size import FULL

LONGEST = 100_000
ANY_TEXTS = 2000 if FULL else 60

# What a keyboard, a joke or an attack may send; each is repeated until the text is full.
SHAPES = {
    "faults and parts": "You never listen to me. I need you. ",
    "threats and demands": "Stop it. If you leave I'm taking the kids. I'm sorry, but ",
    "no stop": "you never listen to me and i feel ",
    "quoted stops": "“You never.” ",
    "marks hang open": 'you never listen "',
    "letters": "x",
    "one word": "never ",
    "capitals": "YOU NEVER ",
    "question marks": "?!",
    "stops": ". ",
    "quotes": '"',
    "brackets": "([{",
    "new lines": "\r\n",
    "nothing": "\0",
    "blanks": " ",
    "dashes": "-",
    "commas": ", ",
    "apostrophes": "n't ",
    "digits": "1.",
    "hyphens": "a-",
    "family": "👩\u200d👩\u200d👧",
    "skin": "👋🏽 you ",
    "combining": "e\u0301",
    "only combining": "\u0301",
    "right to left": "\u202eyou never\u202c ",
    "invisible": "you\u200bnever ",
    "growing": "İﬁ ",
    "arabic": "أنت لا تسمعني أبدا. ",
}  # fmt: skip


def filled(piece: str, length: int) -> str:
    return (piece * (length // len(piece) + 1))[:length]


def holds(text: str, heard: Heard) -> None:
    """Hold what is promised for every answer."""
    places_are_valid(text, heard)
    shown = foremost(heard.notes)
    assert len(shown) <= 3
    assert set(shown) <= set(heard.notes)
    if heard.safety:
        assert {note.weight for note in heard.notes} <= {"stop"}


@pytest.mark.parametrize("shape", SHAPES)
def test_a_hundred_thousand_characters_of_anything_are_answered(shape: str) -> None:
    text = filled(SHAPES[shape], LONGEST)
    holds(text, listen(text))


PIECES = st.one_of(
    st.sampled_from([*SHAPES.values(), *FAULT_LINES, "You hit me. ", "I'm scared of you. "]),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=20),
)


@settings(max_examples=ANY_TEXTS, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(PIECES, st.integers(1, 30)), max_size=8), st.sampled_from(LENSES))
def test_any_mixture_is_answered_with_whole_places(pieces: list[tuple[str, int]], lens: str) -> None:
    text = "".join(piece * times for piece, times in pieces)
    holds(text, listen(text, lens=lens))


@settings(max_examples=ANY_TEXTS, deadline=None)
@given(st.text(max_size=80), st.sampled_from(["You hit me. ", "I'm scared of you. "]), st.text(max_size=80))
def test_where_safety_is_heard_nothing_soft_is_said(before: str, harm: str, after: str) -> None:
    text = f"{before}\n{harm}\n{after}. You never listen. You're so lazy."
    heard = listen(text)
    assert heard.safety
    holds(text, heard)


def mixed_texts(count: int) -> list[str]:
    """Return texts that are the same every time, in every process."""
    chance = random.Random(7)  # noqa: S311
    pieces = [*SHAPES.values(), *FAULT_LINES]
    return ["".join(chance.choices(pieces, k=chance.randint(1, 9))) for _ in range(count)]


TELL = """import json, sys
from kindline.coach import listen
print(json.dumps([repr(listen(text, lens)) for text, lens in json.load(sys.stdin)]))
"""


def told_by_another_process(asked: list[tuple[str, str]], seed: str) -> list[str]:
    ran = subprocess.run(
        [sys.executable, "-c", TELL],
        input=json.dumps(asked),
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    return json.loads(ran.stdout)


def test_the_same_text_has_the_same_answer_in_any_order_process_and_seed() -> None:
    asked = [(text, LENSES[place % len(LENSES)]) for place, text in enumerate(mixed_texts(120))]
    first = [repr(listen(text, lens)) for text, lens in asked]
    gate_for("en").clear()  # what was remembered of words changes nothing
    backwards = [repr(listen(text, lens)) for text, lens in reversed(asked)]
    assert backwards[::-1] == first
    for seed in ("0", "4242"):
        assert told_by_another_process(asked, seed) == first


def work(text: str) -> int:
    """Count the steps of Python, inside the coach, that an answer takes: the same on every machine."""
    steps = 0

    def step(frame: FrameType, event: str, _: Any) -> Any:
        nonlocal steps
        if "coach" not in frame.f_code.co_filename:
            return None
        steps += event in {"line", "call"}
        return step

    before = sys.gettrace()
    sys.settrace(step)
    try:
        listen(text)
    finally:
        sys.settrace(before)
    return steps


@pytest.mark.parametrize("shape", SHAPES)
def test_twice_the_text_is_twice_the_work(shape: str) -> None:
    """Together with the test of the expressions below, which hold what happens inside a search."""
    length = 20_000 if FULL else 3_000
    once, twice = (filled(SHAPES[shape], length * times) for times in (1, 2))
    listen(twice)  # what is met for the first time costs more
    least = 500  # steps of an answer to nothing
    assert work(twice) <= 2.15 * work(once) + least


def every_pattern() -> Iterator[tuple[str, Pattern]]:
    for rule in load_book("en").rules:
        for pattern in (*rule.patterns, *rule.unless.patterns, *rule.unless_text.patterns):
            yield rule.name, pattern


def steps_of(parsed: Any) -> Iterator[tuple[list[Any], int]]:
    """Yield each step of an expression, at every depth, as the sequence it stands in and its place there."""
    sequence = list(parsed)
    for place, (code, argument) in enumerate(sequence):
        yield sequence, place
        if code in {op.MAX_REPEAT, op.MIN_REPEAT}:
            yield from steps_of(argument[2])
        elif code is op.SUBPATTERN:
            yield from steps_of(argument[3])
        elif code in {op.ASSERT, op.ASSERT_NOT}:
            yield from steps_of(argument[1])
        elif code is op.BRANCH:
            for option in argument[1]:
                yield from steps_of(option)


def left_out(step: Any) -> set[int]:
    """Return the characters that a step, one that takes all but some, does not take."""
    code, argument = step
    if code is op.NOT_LITERAL:
        return {argument}
    assert code is op.IN, step
    assert argument[0] == (op.NEGATE, None), step
    return {value for kind, value in argument[1:] if kind is op.LITERAL}


def takes_whole_words(body: list[Any]) -> bool:
    """Say whether what is repeated is one word each time, to its blank, so that it fits in one way only."""
    if len(body) == 1 and body[0][0] is op.BRANCH:
        return all(takes_whole_words(list(option)) for option in body[0][1][1])
    return body[-1] == (op.LITERAL, ord(" "))


def test_no_expression_can_read_a_stretch_in_two_ways() -> None:
    """Letters: what repeats without end stops at a letter it cannot take. Words: whole ones, and few.

    So a search never comes back to try a letter again; over words it can, and how often is held in `test_frame.py`.
    """
    for rule, pattern in every_pattern():
        for sequence, place in steps_of(grammar.parse(pattern.source)):
            code, argument = sequence[place]
            assert code is not op.GROUPREF, (rule, pattern.written)
            if code not in {op.MAX_REPEAT, op.MIN_REPEAT}:
                continue
            _, most, body = argument
            if len(body) == 1 and body[0][0] in {op.IN, op.NOT_LITERAL}:
                after = sequence[place + 1]
                assert after[0] is op.LITERAL, (rule, pattern.written)
                assert after[1] in left_out(body[0]), (rule, pattern.written)
            elif most > 1:
                assert takes_whole_words(list(body)), (rule, pattern.written)
                assert most <= LONGEST_GAP or (pattern.at_start and most == op.MAXREPEAT), (rule, pattern.written)


def test_what_may_stand_before_an_opening_is_read_in_one_way() -> None:
    """The only words that repeat without end: openers ("oh", "well") and marks; none may be both."""
    openers = load_book("en").vocabulary.classes["opener"]
    assert openers
    assert all(re.match(r"\w", word) for word in openers)
