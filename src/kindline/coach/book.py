"""The book of rules: one TOML file per rule, read and checked; the folder is the registration."""

import re
import tomllib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from kindline.coach.clauses import CLAUSE_MARKS
from kindline.coach.lenses import FULL
from kindline.coach.note import WEIGHTS, Weight
from kindline.coach.options import split_option
from kindline.coach.patterns import AnyOf, Pattern, PatternError
from kindline.coach.proof import RuleError, check_brackets, check_examples, check_keys, line_of
from kindline.coach.reading import MARKS
from kindline.coach.words import Vocabulary

__all__ = ("FAULTS", "PARTS", "RULES", "Book", "Example", "Rule", "RuleError", "load_book", "read_book", "read_rule")

RULES = Path(__file__).parent / "rules"
FAULTS = (
    "absolute", "accusation", "label", "contempt", "mind-reading", "threat", "control", "demand", "guilt",
    "faux-feeling", "defensiveness", "conditional-apology", "intent-before-impact", "stonewalling", "vague",
    "minimising", "comparison", "no-return-time", "no-offer", "no-request",
)  # fmt: skip
PARTS = (
    "feeling", "need", "observation", "limit", "request", "offer", "validation", "self-soothing", "return-time",
    "ownership", "impact", "repair-change", "appreciation", "fear",
)  # fmt: skip
FEWEST_EXAMPLES = 2
_FOLDERS = {"fault": "", "part": "parts", "safety": "safety", "frame": "frames", "ear": "ear"}
_ALWAYS = ("hears", "why", "source")
_OF_A_FAULT = ("weight", "lenses", "says", "tries")


@dataclass(frozen=True, slots=True)
class Example:
    """A text of the rule's own, with the part it should hear ("" for a quiet one) and the lens it is read through."""

    text: str
    part: str = ""
    lens: str = "any"


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """One form to hear, why it may land hard, and what could be said instead."""

    name: str
    kind: str  # "fault", "part", "safety", "frame" (silences faults) or "ear" (what the learned ear says)
    serves: str  # which fault or part
    weight: Weight
    lenses: frozenset[str]
    hears: str
    why: str
    source: str
    says: str
    tries: tuple[str, ...]
    patterns: tuple[Pattern, ...]
    unless: AnyOf
    unless_text: AnyOf
    not_in: int
    only_in: int
    at_least: int
    order: tuple[str, ...]
    needs_parts: tuple[str, ...]
    missing_parts: tuple[str, ...]
    unless_parts: frozenset[str]
    unless_parts_anywhere: frozenset[str]
    not_after: frozenset[str]  # parts that, standing earlier in the text, silence it: order counts
    silences: frozenset[str]  # of a frame: the faults it keeps quiet
    takes: frozenset[str]  # of a fault: the parts that are none where it is heard, as thanks in mockery
    steady: bool
    weak: bool  # a mere guess: of a fault, any part heard silences it; of a part, any note that softens does
    single: bool  # it asks for a text of one sentence
    hushes_ear: bool  # of a frame: around it the learned ear adds nothing
    alone: bool  # a guess from what is missing: it speaks only where no other rule softens
    heard: tuple[Example, ...] = field(default=())
    quiet: tuple[Example, ...] = field(default=())

    def listens(self, lens: str) -> bool:
        """Tell whether this rule listens under a lens; the lens "any" opens all that are not for one lens only."""
        return not self.lenses or lens in self.lenses


@dataclass(frozen=True, slots=True, eq=False)
class Book:
    """All rules of one language with its vocabulary."""

    language: str
    vocabulary: Vocabulary
    rules: tuple[Rule, ...]

    def rule(self, name: str) -> Rule:
        """Return one rule by name; raise KeyError when there is none."""
        for rule in self.rules:
            if rule.name == name:
                return rule
        raise KeyError(name)


def _known_names(table: Mapping[str, Any], kind: str) -> Iterator[tuple[str, Any, Collection[str]]]:
    """Yield each name a rule uses with the names there are."""
    if kind in ("fault", "ear"):
        yield "fault", table.get("fault"), FAULTS
        yield "weight", table["weight"], WEIGHTS
        yield from (("lenses", lens, FULL) for lens in table["lenses"])
    if kind == "frame":
        yield from (("silences", fault, FAULTS) for fault in table.get("silences", ()))
    if kind == "part":
        yield "part", table.get("part"), PARTS
    for key in ("needs_parts", "missing_parts", "unless_parts", "unless_parts_anywhere", "order", "not_after", "takes"):
        yield from ((key, part, PARTS) for part in table.get(key, ()))


def _checked(file: Path, content: str, table: Mapping[str, Any], kind: str) -> None:
    """Refuse a rule that lacks anything a reader or a listener relies on."""
    required = [*_ALWAYS, *(_OF_A_FAULT if kind in ("fault", "ear") else ())]
    if kind != "ear" and "order" not in table:
        required.append("words")
    for name in required:
        if not table.get(name) and not (name == "lenses" and name in table):
            raise RuleError(file, line_of(content, f"{name} ="), f"the rule has no {name}")
    for name in ("heard", "quiet") if kind != "ear" else ():
        found = content.count(f"\n[[{name}]]\n")
        if found < FEWEST_EXAMPLES:
            reason = f"the rule has {found} [[{name}]], needs {FEWEST_EXAMPLES}"
            raise RuleError(file, line_of(content, f"[[{name}]]"), reason)
    for key, name, there in _known_names(table, kind):
        if name not in there:
            raise RuleError(file, line_of(content, f"{key} ="), f"unknown {key} {name!r}")


def _marks(file: Path, content: str, names: list[str], key: str) -> int:
    marks = 0
    for name in names:
        mark = MARKS.get(name) or CLAUSE_MARKS.get(name)
        if mark is None:
            raise RuleError(file, line_of(content, f"{key} ="), f"unknown mark {name!r}")
        marks |= mark
    return marks


def read_rule(file: Path, kind: str, vocabulary: Vocabulary, *, with_examples: bool = False) -> Rule:
    """Read one rule file; raise RuleError naming file and line when something is missing or cannot be read."""
    try:
        content = file.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise RuleError(file, line, f"this is not UTF-8 text (byte {error.start})") from error
    head = content if with_examples else content.partition("\n[[")[0]
    try:
        table = tomllib.loads(head)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"at line (\d+)", str(error))
        raise RuleError(file, int(found.group(1)) if found else 1, str(error)) from error
    check_keys(file, content, table)
    _checked(file, content, table, kind)

    def written(key: str) -> tuple[str, ...]:
        return tuple(filter(None, map(str.strip, table.get(key, "").splitlines())))

    def patterns(key: str) -> tuple[Pattern, ...]:
        made = []
        for words in written(key):
            try:
                made.append(Pattern(words, vocabulary))
            except PatternError as error:
                raise RuleError(file, line_of(content, f"\n{words}\n") + 1, str(error)) from error
        return tuple(made)

    if with_examples:  # the careful reading also refuses what would be made only at first need
        check_examples(file, content, table, kind)
        patterns("unless"), patterns("unless_text")
        for words in (line for key in ("words", "unless", "unless_text") for line in written(key)):
            check_brackets(file, line_of(content, f"\n{words}\n") + 1, words)
            if cut := split_option(words, vocabulary):
                reason = f"options of several words are joined with _ (that_is|it_is): {cut}"
                raise RuleError(file, line_of(content, f"\n{words}\n") + 1, reason)
    return Rule(
        name=file.stem,
        kind=kind,
        serves=table.get("fault") or table.get("part") or kind,
        weight=table.get("weight", "listen"),
        lenses=frozenset(table.get("lenses", ())),
        hears=table["hears"],
        why=table["why"],
        source=table["source"],
        says=table.get("says", ""),
        tries=tuple(table.get("tries", ())),
        patterns=patterns("words"),
        unless=AnyOf(written("unless"), vocabulary),
        unless_text=AnyOf(written("unless_text"), vocabulary),
        not_in=_marks(file, content, table.get("not_in", []), "not_in"),
        only_in=_marks(file, content, table.get("only_in", []), "only_in"),
        at_least=table.get("at_least", 1),
        order=tuple(table.get("order", ())),
        needs_parts=tuple(table.get("needs_parts", ())),
        missing_parts=tuple(table.get("missing_parts", ())),
        unless_parts=frozenset(table.get("unless_parts", ())),
        unless_parts_anywhere=frozenset(table.get("unless_parts_anywhere", ())),
        not_after=frozenset(table.get("not_after", ())),
        silences=frozenset(table.get("silences", ())),
        takes=frozenset(table.get("takes", ())),
        steady=table.get("steady", False),
        weak=table.get("weak", False),
        single=table.get("single", False),
        hushes_ear=table.get("hushes_ear", False),
        alone=table.get("alone", False),
        heard=tuple(Example(e["text"], e.get("part", ""), e.get("lens", "any")) for e in table.get("heard", ())),
        quiet=tuple(Example(e["text"], "", e.get("lens", "any")) for e in table.get("quiet", ())),
    )


def read_book(folder: Path, *, with_examples: bool = False) -> Book:
    """Read every rule of a language folder; raise RuleError for the first one that cannot stand."""
    vocabulary = Vocabulary(folder / "words")
    rules = [
        read_rule(file, kind, vocabulary, with_examples=with_examples)
        for kind, under in _FOLDERS.items()
        for file in sorted((folder / under).glob("*.toml"))
    ]
    names = [rule.name for rule in rules]
    for name in names:
        if names.count(name) > 1:
            raise ValueError(f"{folder}: two rules are called {name}")
    return Book(folder.name, vocabulary, tuple(rules))


@cache
def load_book(language: str = "en", *, with_examples: bool = False) -> Book:
    """Return the book of a language, read once; raise ValueError for a language without rules."""
    if not re.fullmatch(r"[a-z]{2,3}", language) or not (RULES / language).is_dir():
        there = ", ".join(sorted(folder.name for folder in RULES.iterdir() if folder.is_dir()))
        raise ValueError(f"There are no rules for the language {language!r}. There are: {there}.")
    return read_book(RULES / language, with_examples=with_examples)
