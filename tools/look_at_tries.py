"""Print what the coach offers for the flagged harmful lines of a file: line, notes, tries. For reading and judging.

Run: PYTHONPATH=src python tools/look_at_tries.py FILE [--fault FAULT] [--some 150 --seed 7]
"""

import argparse
import json
import random
from collections import Counter
from pathlib import Path

from kindline.coach import Note, listen

LENS = {"validation": "response", "feeling": "complaint", "other": "any"}


def flagged(file: Path) -> list[tuple[dict[str, str], list[Note]]]:
    """Return the harmful lines with a note of weight soften or stop, and those notes."""
    found = []
    for row in file.read_text(encoding="utf-8").splitlines():
        line = json.loads(row)
        heard = listen(line["text"], lens=LENS.get(line["kind"], line["kind"]))
        notes = [note for note in heard.notes if note.weight != "listen"]
        if line.get("verdict", "harmful") == "harmful" and notes:
            found.append((line, notes))
    return found


def main() -> None:
    """Print lines with their tries, then how many notes of each fault have tries in the person's own words."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("files", nargs="+", type=Path)
    asked.add_argument("--fault")
    asked.add_argument("--some", type=int, help="so many lines, drawn by chance")
    asked.add_argument("--seed", type=int, default=7)
    given = asked.parse_args()
    lines = [line for file in given.files for line in flagged(file)]
    if given.some:
        lines = random.Random(given.seed).sample(lines, min(given.some, len(lines)))  # noqa: S311 - a draw, no secret
    faults: Counter[str] = Counter()
    for line, notes in lines:
        shown = [note for note in notes if given.fault in (None, note.fault)]
        faults.update({note.fault for note in shown})
        if shown:
            print(f"{line['id']} ({line['kind']}) {line['text']}")
        for note in shown:
            print(f"    {note.rule} «{note.words}»", *note.tries, sep="\n        ")
    print(len(lines), "lines;", ", ".join(f"{name} {count}" for name, count in faults.most_common()))


if __name__ == "__main__":
    main()
