"""What the learned ear learns from: our own utterances, the guard lines, the rules' examples, the coach's words."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from kindline.coach.book import FAULTS, Book, load_book
from kindline.coach.ear import by_rules, gate_for
from kindline.coach.lenses import LENSES
from kindline.coach.needs import needs
from kindline.coach.note import Heard
from kindline.coach.traits import traits
from kindline.coach.tries.phrases import phrases_for

ROOT = Path(__file__).parents[1]
CORPUS = ROOT / "benchmarks" / "corpus" / "en" / "ear"
GUARD = ROOT / "src" / "kindline" / "coach" / "tests"
LENS = {"validation": "response", "feeling": "complaint", "other": "any"}
EVERYDAY_COUNTS = 0.35  # each is met under every lens
GUARD_COUNTS = 0.8  # lines the rules were made on count less than those they have not met
ANY_COUNTS = 0.25  # whatever somebody says may be said at the front door too, where no lens is chosen
COACH_COUNTS = 2.0  # what the coach itself says must pass
GREETINGS = ("Hello love.", "Hi.", "Hey you.", "Good morning.", "Listen, love.", "Darling,", "Honestly,", "Look,")
COACH_LENSES = ("any", "apology", "boundary")
A_BLOCK = 10  # neighbouring guard lines are alike; this many count as one situation


@dataclass
class Line:
    """One utterance. None where nobody has said what is right, so that nothing is learned of it."""

    text: str
    lens: str
    situation: str
    hard: bool | None
    faults: frozenset[str] | None
    parts: frozenset[str] | None
    own: bool  # of the corpus: rules were not made on it, so what they say of it can be believed
    pair: str = ""
    traps: bool = False
    writer: str = ""
    counts: float = 1.0  # how much it counts in learning

    heard: Heard | None = None
    traits: frozenset[str] = frozenset()


def read(file: Path) -> list[dict[str, Any]]:
    """Return the objects of a JSONL file."""
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]


def from_corpus(file: Path, lens: str = "") -> Iterator[Line]:
    """Yield the clear lines of a file of utterances; with a lens, as they would be read through that, for less."""
    for line in read(file):
        if line.get("contested") or line.get("needs_context"):
            continue
        yield Line(
            line["text"], lens or LENS.get(line["kind"], line["kind"]), line.get("situation", ""),
            line["verdict"] == "harmful", frozenset(line["faults"]), frozenset(line["parts"]),
            own=not lens, counts=ANY_COUNTS if lens else 1.0,
            pair=line.get("pair", ""), traps=bool(line.get("traps")), writer=file.stem,
        )  # fmt: skip


def from_guard() -> Iterator[Line]:
    """Yield the lines that the tests of the rules are held against."""
    for place, line in enumerate(read(GUARD / "forms.jsonl")):
        harsh = line["verdict"] == "harsh"
        faults = frozenset([line["fault"]]) if harsh else frozenset[str]()
        yield Line(
            line["text"], line["lens"], f"forms-{place // A_BLOCK}", harsh, faults, None, own=False, counts=GUARD_COUNTS
        )
    for place, line in enumerate(read(GUARD / "said.jsonl")):
        harsh = "bad" in line
        text = line["bad"] if harsh else line["good"]
        faults = None if harsh else frozenset[str]()
        yield Line(text, "any", f"said-{place // A_BLOCK}", harsh, faults, None, own=False, counts=GUARD_COUNTS)


def from_everyday() -> Iterator[Line]:
    """Yield short lines that mean no more than they say, under every lens: being short is nothing against a line."""
    for place, words in enumerate((CORPUS / "everyday.txt").read_text(encoding="utf-8").splitlines()):
        for lens in LENSES:
            yield Line(
                words, lens, f"everyday-{place // A_BLOCK}", hard=False, faults=frozenset(), parts=None, own=False,
                counts=EVERYDAY_COUNTS, writer="everyday",
            )  # fmt: skip


def greeted(some: Iterable[Line]) -> Iterator[Line]:
    """Yield harsh lines with a greeting before them: a kind word first does not take the rest back."""
    for place, line in enumerate(line for line in some if line.hard):
        yield replace(line, text=f"{GREETINGS[place % len(GREETINGS)]} {line.text}", lens="any")


def from_coach(sayings: Iterable[str], place: str, lenses: Iterable[str] = COACH_LENSES) -> Iterator[Line]:
    """Yield what the coach itself says, which has to pass."""
    for words in sayings:
        for lens in lenses:
            yield Line(words, lens, place, hard=False, faults=frozenset(), parts=None, own=False, counts=COACH_COUNTS)


def from_book(book: Book) -> Iterator[Line]:
    """Yield the rules' own examples and what the coach itself says."""
    yield from from_coach([need.says for need in needs(book.language)], "needs", (*COACH_LENSES, "complaint"))
    for fault in FAULTS:
        phrases = phrases_for(book.language, fault)
        yield from from_coach([words for topic in phrases.topics for words in topic.tries], f"tries-{fault}")
        for lens in LENSES:
            yield from from_coach(phrases.whole(lens), f"tries-{fault}", (lens,))
    for rule in book.rules:
        place = f"rule-{rule.name}"
        if rule.kind in ("fault", "ear"):
            yield from from_coach(
                [rule.says, rule.why, *(words for words in rule.tries if "{own}" not in words)], place
            )
        if rule.kind == "fault":
            soft = rule.weight != "listen"
            for example in rule.heard:
                yield Line(example.text, example.lens, place, soft or None, frozenset([rule.serves]), None, own=False)
        if rule.kind == "part":
            for example in rule.heard:
                yield Line(example.text, example.lens, place, None, None, frozenset([rule.serves]), own=False)


def seen(line: Line) -> Line:
    """Let the rules hear a line and note its traits; on lines the rules were made on, what they say is left out."""
    sentences, line.heard = by_rules(line.text.replace("’", "'"), line.lens)
    found = traits(
        sentences, gate_for("en").reader, line.lens, line.heard.notes, [part.name for part in line.heard.parts]
    )
    if not line.writer and line.counts != COACH_COUNTS:
        found = {trait for trait in found if trait[0] not in "rftu"}
    line.traits = frozenset(found)
    return line


def lines() -> list[Line]:
    """Return everything there is to learn from, each text once."""
    met: set[tuple[str, str]] = set()
    found: list[Line] = []
    for line in (
        *(line for file in sorted(CORPUS.glob("*.jsonl")) for line in from_corpus(file)),
        *(line for file in sorted(CORPUS.glob("*.jsonl")) for line in from_corpus(file, lens="any")),
        *from_guard(),
        *from_everyday(),
        *greeted(from_guard()),
        *from_book(load_book("en", with_examples=True)),
    ):
        if (line.text, line.lens) not in met:
            met.add((line.text, line.lens))
            found.append(seen(line))
    return found
