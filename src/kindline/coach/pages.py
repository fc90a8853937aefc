"""Pages about the rules: one rule explained, all of them listed, and the Markdown page kept in docs/."""

from kindline.coach.book import FAULTS, PARTS, Book, Rule

LIMITS = "The coach hears forms. It cannot judge whether a situation is safe, and it does not know what is meant."


def explained(rule: Rule) -> str:
    """Return one rule in plain text: what it hears, why, and its own examples."""
    lines = [
        f"{rule.name} · {rule.serves}" + (f" · {rule.weight}" if rule.kind in ("fault", "ear") else f" · {rule.kind}")
    ]
    lines += ["", f"Hears: {rule.hears}.", f"Why: {rule.why}", f"Source: {rule.source}"]
    if rule.says:
        lines += [f"Says: {rule.says}", *(f"Try: {words}" for words in rule.tries)]
    lines += [
        "",
        *(f"heard  {example.text}" for example in rule.heard),
        *(f"quiet  {example.text}" for example in rule.quiet),
    ]
    return "\n".join(lines) + "\n"


def listed(book: Book) -> str:
    """Return one line per rule."""
    return "".join(
        f"{rule.name:24} {rule.serves:22} {rule.weight if rule.says else rule.kind:8} {rule.hears}\n"
        for rule in book.rules
    )


def _section(rule: Rule) -> list[str]:
    facts = [f"`{rule.name}`"]
    if rule.kind in ("fault", "ear"):
        facts += [f"weight *{rule.weight}*", f"lens {', '.join(sorted(rule.lenses))}" if rule.lenses else "every lens"]
    lines = [f"**{rule.hears[0].upper()}{rule.hears[1:]}** ({' · '.join(facts)})", "", rule.why, ""]
    if rule.says:
        lines += [f"The coach says: {rule.says}", "", *(f"- try: {words}" for words in rule.tries), ""]
    lines += [f"- heard: {example.text}" for example in rule.heard]
    lines += [f"- quiet: {example.text}" for example in rule.quiet]
    return [*lines, "", f"Source: {rule.source}.", ""]


def markdown(book: Book) -> str:
    """Return the page docs/coach-rules.md as it must stand for this book."""
    lines = [
        "# What the coach hears",
        "",
        "Made from the rule files by `python -m kindline.coach --rules --format markdown`; change those, not this.",
        "",
        LIMITS + " Rules come first; what they miss, a small learned ear may hear (the-ear.md).",
        "A single soft note beside two or more things that already work is shown as a thought (*listen*).",
        "`{own}` stands for words borrowed from the text itself.",
        "",
    ]
    for title, kind, names in (
        ("Faults", "fault", FAULTS),
        ("What already works", "part", PARTS),
        ("Safety", "safety", ("safety",)),
    ):
        lines += [f"## {title}", ""]
        for name in names:
            some = [rule for rule in book.rules if rule.kind == kind and rule.serves == name]
            if some and kind != "safety":
                lines += [f"### {name}", ""]
            for rule in some:
                lines += _section(rule)
    lines += ["## What the learned ear says", "", "It has no patterns: these pages give its notes their words.", ""]
    for rule in book.rules:
        if rule.kind == "ear":
            lines += [f"### {rule.serves}, heard by the ear", "", *_section(rule)]
    return "\n".join(lines).rstrip() + "\n"
