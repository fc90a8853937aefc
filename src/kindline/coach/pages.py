"""Pages about the rules: one rule explained, all of them listed, and the Markdown page kept in docs/."""

from kindline.coach.book import FAULTS, PARTS, Book, Example, Rule
from kindline.coach.conditions import conditions

LIMITS = "The coach hears forms. It cannot judge whether a situation is safe, and it does not know what is meant."


def explained(rule: Rule) -> str:
    """Return one rule in plain text: what it hears, when, why, in which forms, and its own examples."""
    what = rule.weight if rule.kind in ("fault", "ear") else rule.kind
    lines = [" · ".join(dict.fromkeys((rule.name, rule.serves, what)))]
    lines += ["", f"Hears: {rule.hears}.", f"Why: {rule.why}", f"Source: {rule.source}"]
    lines += [f"When: {condition}" for condition in conditions(rule)]
    if rule.says:
        lines += [f"Says: {rule.says}", *(f"Try: {words}" for words in rule.tries)]
    if rule.patterns:
        lines += ["", f"Forms ({len(rule.patterns)}):", *(f"  {pattern.written}" for pattern in rule.patterns)]
    lines += [
        "",
        *(f"heard  {_shown(example)}" for example in rule.heard),
        *(f"quiet  {_shown(example)}" for example in rule.quiet),
    ]
    return "\n".join(lines) + "\n"


def _shown(example: Example) -> str:
    return example.text if example.lens == "any" else f"{example.text} ({example.lens})"


def listed(book: Book) -> str:
    """Return one line per rule."""
    return "".join(
        f"{rule.name:24} {rule.serves:22} {rule.weight if rule.says else rule.kind:8} {rule.hears}\n"
        for rule in book.rules
    )


def _section(rule: Rule) -> list[str]:
    facts = [f"`{rule.name}`"]
    if rule.kind in ("fault", "ear"):
        facts.append(f"weight *{rule.weight}*")
    if rule.patterns:
        facts.append(f"{len(rule.patterns)} forms")
    lines = [f"**{rule.hears[0].upper()}{rule.hears[1:]}** ({' · '.join(facts)})", "", rule.why, ""]
    if found := conditions(rule):
        lines += [" ".join(found), ""]
    if rule.says:
        lines += [f"The coach says: {rule.says}", "", *(f"- try: {words}" for words in rule.tries), ""]
    lines += [f"- heard: {_shown(example)}" for example in rule.heard]
    lines += [f"- quiet: {_shown(example)}" for example in rule.quiet]
    return [*lines, "", f"Source: {rule.source}.", ""]


def markdown(book: Book) -> str:
    """Return the page docs/coach-rules.md as it must stand for this book."""
    lines = [
        "# What the coach hears",
        "",
        "Made from the rule files by `python -m kindline.coach --rules --format markdown`; change those, not this.",
        "",
        LIMITS + " Rules come first; what they miss, a small learned ear may hear (the-ear.md).",
        "Beside two things that already work, beside a feeling, a need or a request elsewhere, and in an answer that",
        "also tells back, owns or offers something, a soft stretch is only a thought (*listen*), and what would stop",
        "only softens: what stops must be sure.",
        "`{own}` stands for words borrowed from the text itself.",
        "The forms themselves: `python -m kindline.coach --explain NAME`, or the file `rules/en/**/NAME.toml`.",
        "",
    ]
    for title, kind, names in (
        ("Faults", "fault", FAULTS),
        ("What already works", "part", PARTS),
        ("Safety", "safety", ("safety",)),
        ("What keeps rules quiet", "frame", ("frame",)),
    ):
        lines += [f"## {title}", ""]
        for name in names:
            some = [rule for rule in book.rules if rule.kind == kind and rule.serves == name]
            if some and name != title.lower() and kind != "frame":
                lines += [f"### {name}", ""]
            for rule in some:
                lines += _section(rule)
    lines += ["## What the learned ear says", "", "It has no patterns: these pages give its notes their words.", ""]
    for rule in book.rules:
        if rule.kind == "ear":
            lines += [f"### {rule.serves}, heard by the ear", "", *_section(rule)]
    return "\n".join(lines).rstrip() + "\n"
