"""Say in plain sentences when a rule speaks: its lenses, what it asks the reading, and which parts keep it silent."""

from collections.abc import Iterable

from kindline.coach.book import PARTS, Rule
from kindline.coach.clauses import CLAUSE_MARKS
from kindline.coach.reading import MARKS

_READ = {
    "question": "a question", "if": "an if", "when": "a when", "exclaim": "an exclamation mark", "me": "I or me",
    "polite": "a please", "kindly": "a warm word and no denial", "mine": "what I do or am",
    "yours": "what you do or are", "theirs": "what somebody else does", "order": "an order",
    "kind-deed": "a deed that gives", "confessed": "a harm of my own", "permitting": "an order that gives leave",
    "about-me": "a tag question about myself", "own-plan": "what I will do with myself",
    "harsh": "a deed that harms", "caring": "a question for the good of the other",
}  # fmt: skip


def _either(names: Iterable[str]) -> str:
    found = list(names)
    return found[0] if len(found) == 1 else f"{', '.join(found[:-1])} or {found[-1]}"


def _read(marks: int) -> list[str]:
    return [_READ[name] for name, mark in {**MARKS, **CLAUSE_MARKS}.items() if mark & marks]


def _missing(rule: Rule) -> list[str]:
    return ["part at all"] if len(rule.missing_parts) == len(PARTS) else list(rule.missing_parts)


def conditions(rule: Rule) -> list[str]:
    """Return one sentence for each condition of a rule, in the order in which they are asked."""
    named = (
        ("Under the lens {}.", sorted(rule.lenses)),
        ("Only in a sentence with {}.", _read(rule.only_in)),
        ("Not in a sentence with {}.", _read(rule.not_in)),
        ("Only where the text has {}.", [" and ".join(rule.needs_parts)] if rule.needs_parts else []),
        ("Only where {}.", [f"{rule.order[1]} comes before {rule.order[0]}"] if rule.order else []),
        ("Only where the text has no {}.", _missing(rule)),
        ("Silent beside {} in the same sentence.", sorted(rule.unless_parts)),
        ("Silent where the text has {}.", sorted(rule.unless_parts_anywhere)),
        ("Silent after {}.", sorted(rule.not_after)),
        ("Where it is heard there is no {}.", sorted(rule.takes)),
        ("Silences {}.", [", ".join(sorted(rule.silences))] if rule.silences else []),
    )
    by_what = "any note that softens" if rule.kind == "part" else "any part"
    plain = (
        (f"Only where it is heard {rule.at_least} times.", rule.at_least > 1),
        ("Only where one sentence is all there is.", rule.single),
        (f"A guess: {by_what} takes it back.", rule.weak),
        ("Speaks only where no other rule softens.", rule.alone),
        ("The learned ear adds nothing around it.", rule.hushes_ear),
        ("What works around it does not make it milder.", rule.steady),
    )
    return [words.format(_either(names)) for words, names in named if names] + [
        words for words, holds in plain if holds
    ]
