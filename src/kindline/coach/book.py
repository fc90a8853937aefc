"""The book of rules: one TOML file per rule, read and checked; the folder is the registration."""

import re
from collections.abc import Collection, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from kindline.coach.clauses import CLAUSE_MARKS
from kindline.coach.heads import plain_head
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


class Example(NamedTuple):
    """A text of the rule's own, with the part it should hear ("" for a quiet one) and the lens it is read through."""

    text: str
    part: str = ""
    lens: str = "any"


class Rule:
    """One form to hear, why it may land hard, and what could be said instead."""

    def __init__(  # noqa: PLR0917 - what a file says, and what has been made of it
        self, name: str, kind: str, table: Mapping[str, Any], patterns: tuple[Pattern, ...], unless: AnyOf,
        unless_text: AnyOf, not_in: int, only_in: int,
    ) -> None:  # fmt: skip
        self.name = name
        self.kind = kind  # "fault", "part", "safety", "frame" (silences faults) or "ear" (what the learned ear says)
        self.serves: str = table.get("fault") or table.get("part") or kind  # which fault or part
        self.weight: Weight = table.get("weight", "listen")
        self.lenses: frozenset[str] = frozenset(table.get("lenses", ()))
        self.hears: str = table["hears"]
        self.why: str = table["why"]
        self.source: str = table["source"]
        self.says: str = table.get("says", "")
        self.tries: tuple[str, ...] = tuple(table.get("tries", ()))
        self.patterns = patterns
        self.unless = unless
        self.unless_text = unless_text
        self.not_in = not_in
        self.only_in = only_in
        self.at_least: int = table.get("at_least", 1)
        self.order: tuple[str, ...] = tuple(table.get("order", ()))
        self.needs_parts: tuple[str, ...] = tuple(table.get("needs_parts", ()))
        self.missing_parts: tuple[str, ...] = tuple(table.get("missing_parts", ()))
        self.unless_parts: frozenset[str] = frozenset(table.get("unless_parts", ()))
        self.unless_parts_anywhere: frozenset[str] = frozenset(table.get("unless_parts_anywhere", ()))
        # Parts that, standing earlier in the text, silence it: order counts.
        self.not_after: frozenset[str] = frozenset(table.get("not_after", ()))
        self.silences: frozenset[str] = frozenset(table.get("silences", ()))  # of a frame: the faults it keeps quiet
        # Of a fault: the parts that are none where it is heard, as thanks in mockery.
        self.takes: frozenset[str] = frozenset(table.get("takes", ()))
        self.steady: bool = table.get("steady", False)
        # A mere guess: of a fault, any part heard silences it; of a part, any note that softens does.
        self.weak: bool = table.get("weak", False)
        self.single: bool = table.get("single", False)  # it asks for a text of one sentence
        self.hushes_ear: bool = table.get("hushes_ear", False)  # of a frame: around it the learned ear adds nothing
        # A guess from what is missing: it speaks only where no other rule softens.
        self.alone: bool = table.get("alone", False)
        self.heard = tuple(Example(e["text"], e.get("part", ""), e.get("lens", "any")) for e in table.get("heard", ()))
        self.quiet = tuple(Example(e["text"], "", e.get("lens", "any")) for e in table.get("quiet", ()))

    def listens(self, lens: str) -> bool:
        """Tell whether this rule listens under a lens; the lens "any" opens all that are not for one lens only."""
        return not self.lenses or lens in self.lenses


class Book:
    """All rules of one language with its vocabulary."""

    def __init__(self, language: str, vocabulary: Vocabulary, rules: tuple[Rule, ...]) -> None:
        self.language = language
        self.vocabulary = vocabulary
        self.rules = rules

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


def _whole_table(file: Path, content: str) -> dict[str, Any]:
    import tomllib  # noqa: PLC0415 - a start seldom needs it

    try:
        return tomllib.loads(content)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"at line (\d+)", str(error))
        raise RuleError(file, int(found.group(1)) if found else 1, str(error)) from error


def _head(file: Path, content: str) -> Mapping[str, Any]:
    head = content.partition("\n[[")[0]
    plain = plain_head(head)
    return _whole_table(file, head) if plain is None else plain


def read_rule(file: Path, kind: str, vocabulary: Vocabulary, *, with_examples: bool = False) -> Rule:
    """Read one rule file; raise RuleError naming file and line when something is missing or cannot be read."""
    try:
        content = file.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise RuleError(file, line, f"this is not UTF-8 text (byte {error.start})") from error
    table = _whole_table(file, content) if with_examples else _head(file, content)
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
        file.stem, kind, table, patterns("words"), AnyOf(written("unless"), vocabulary),
        AnyOf(written("unless_text"), vocabulary), _marks(file, content, table.get("not_in", []), "not_in"),
        _marks(file, content, table.get("only_in", []), "only_in"),
    )  # fmt: skip


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
