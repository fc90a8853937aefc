"""Score the coach on a JSONL file of utterances with verdicts: python benchmarks/coach_quality.py FILE [--misses]."""

import argparse
import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from kindline.coach import Heard, listen

LENS = {"validation": "response", "feeling": "complaint", "other": "any"}
SIMILAR = 2.0  # a pair is of similar length when neither text is more than this many times the other
NAIVE = re.compile(r"^\W*(?:you|your|you're|why)\b|\b(?:always|never)\b", re.IGNORECASE)
WEIGHT = {"listen": 1, "soften": 2, "stop": 3}

Line = dict[str, Any]


def heard_in(line: Line) -> Heard:
    """Listen to one line through the lens its kind asks for."""
    kind = line["kind"]
    return listen(line["text"].replace("’", "'"), lens=LENS.get(kind, kind))


def flagged(heard: Heard) -> bool:
    """Tell whether anything is to be softened or stopped."""
    return any(note.weight != "listen" for note in heard.notes)


def badness(heard: Heard) -> tuple[int, int, int]:
    """Order two texts: heavier weight, then more notes, then fewer parts is worse."""
    return max((WEIGHT[note.weight] for note in heard.notes), default=0), len(heard.notes), -len(heard.parts)


def share(hits: Iterable[bool]) -> float:
    """Return the share of true ones (nan when there are none)."""
    found = list(hits)
    return sum(found) / len(found) if found else float("nan")


def f1(pairs: Iterable[tuple[set[str], set[str]]]) -> tuple[float, float, float]:
    """Return precision, recall and F1 of predicted sets against wanted ones, pooled."""
    right = extra = lacking = 0
    for got, wanted in pairs:
        right += len(got & wanted)
        extra += len(got - wanted)
        lacking += len(wanted - got)
    precision, recall = right / max(right + extra, 1), right / max(right + lacking, 1)
    return precision, recall, 2 * precision * recall / max(precision + recall, 1e-9)


def pairs_right(lines: list[Line], heard: dict[str, Heard], *, naive: bool) -> tuple[float, int]:
    """Return how often the harmful one of a pair of similar length comes out worse, and of how many pairs."""
    pairs: dict[str, dict[str, list[Line]]] = defaultdict(lambda: defaultdict(list))
    for line in lines:
        if line.get("pair"):
            pairs[line["pair"]][line["verdict"]].append(line)
    hits: list[bool] = []
    for pair in pairs.values():
        for bad in pair["harmful"]:
            for good in pair["helpful"]:
                sizes = sorted((len(bad["text"]), len(good["text"])))
                if sizes[1] > SIMILAR * sizes[0]:
                    continue
                if naive:
                    hits.append(bool(NAIVE.search(bad["text"])) > bool(NAIVE.search(good["text"])))
                else:
                    hits.append(badness(heard[bad["id"]]) > badness(heard[good["id"]]))
    return share(hits), len(hits)


def table(lines: list[Line], heard: dict[str, Heard]) -> None:
    """Print the measures of the specification beside the naive baseline."""
    clear = [line for line in lines if not line.get("needs_context") and not line.get("contested")]
    harmful = [line for line in clear if line["verdict"] == "harmful"]
    helpful = [line for line in clear if line["verdict"] == "helpful"]
    traps = [line for line in helpful if line.get("traps")]

    def ours(some: list[Line]) -> float:
        return share(flagged(heard[line["id"]]) for line in some)

    def naive(some: list[Line]) -> float:
        return share(bool(NAIVE.search(line["text"])) for line in some)

    named = [line for line in harmful if flagged(heard[line["id"]])]
    right = share(bool({note.fault for note in heard[line["id"]].notes} & set(line["faults"])) for line in named)
    precision, recall, parts = f1(
        ({part.name for part in heard[line["id"]].parts}, set(line["parts"])) for line in helpful
    )
    our_pairs, count = pairs_right(lines, heard, naive=False)
    print(f"{'measure':44} {'ours':>7} {'naive':>7} {'aim':>8}")
    rows = [
        (
            "J (harmful flagged minus helpful flagged)",
            ours(harmful) - ours(helpful),
            naive(harmful) - naive(helpful),
            ">= 0.75",
        ),
        (f"harmful flagged ({len(harmful)})", ours(harmful), naive(harmful), ""),
        (f"helpful flagged ({len(helpful)})", ours(helpful), naive(helpful), "<= 0.05"),
        (f"helpful with trap words flagged ({len(traps)})", ours(traps), naive(traps), "<= 0.05"),
        (f"pairs ordered right ({count})", our_pairs, pairs_right(lines, heard, naive=True)[0], ">= 0.92"),
        (f"right fault among the notes ({len(named)})", right, float("nan"), ">= 0.80"),
        (f"parts F1 (precision {precision:.2f}, recall {recall:.2f})", parts, float("nan"), ">= 0.75"),
    ]
    for name, our, plain, aim in rows:
        print(f"{name:44} {our:7.3f} {plain:7.3f} {aim:>8}")
    print("\nper fault (harmful lines that name it)        count flagged named  |  named on others")
    for fault in sorted({fault for line in harmful for fault in line["faults"]}):
        some = [line for line in harmful if fault in line["faults"]]
        others = [line for line in clear if fault not in line["faults"]]
        hit = share(fault in {note.fault for note in heard[line["id"]].notes} for line in some)
        stray = sum(fault in {note.fault for note in heard[line["id"]].notes} for line in others)
        print(f"  {fault:42} {len(some):6} {ours(some):7.2f} {hit:6.2f}  | {stray:5}")
    print("\nper kind                                   harmful flagged | helpful flagged")
    for kind in sorted({line["kind"] for line in clear}):
        bad = [line for line in harmful if line["kind"] == kind]
        good = [line for line in helpful if line["kind"] == kind]
        print(f"  {kind:38} {len(bad):5} {ours(bad):7.2f}  | {len(good):5} {ours(good):7.2f}")
    print("\nper part (helpful lines)                       count precision recall")
    for part in sorted({part for line in helpful for part in line["parts"]}):
        got = [({p.name for p in heard[line["id"]].parts} & {part}, set(line["parts"]) & {part}) for line in helpful]
        precision, recall, _ = f1(got)
        print(f"  {part:42} {sum(bool(w) for _, w in got):6} {precision:9.2f} {recall:6.2f}")


def misses(lines: list[Line], heard: dict[str, Heard]) -> None:
    """Print the lines that came out wrong, to look at forms (not to write rules for single lines)."""
    for line in lines:
        notes = [(note.rule, note.words) for note in heard[line["id"]].notes if note.weight != "listen"]
        wrong = bool(notes) != (line["verdict"] == "harmful")
        if wrong and not line.get("needs_context") and not line.get("contested"):
            print(
                line["id"], line["verdict"], line["kind"], "|", line["text"], "|", ",".join(line["faults"]), notes or ""
            )


def main() -> int:
    """Read the file named on the command line and print its table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--misses", action="store_true", help="also print what came out wrong")
    given = parser.parse_args()
    lines = [json.loads(line) for line in given.file.read_text(encoding="utf-8").splitlines() if line.strip()]
    heard = {line["id"]: heard_in(line) for line in lines}
    table(lines, heard)
    if given.misses:
        misses(lines, heard)
    return 0


if __name__ == "__main__":
    sys.exit(main())
