"""Set the limits of the learned ear on lines it has not learned from, and print rules alone, ear alone and both."""

from collections import defaultdict
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import numpy as np
from coach_quality import SIMILAR, WEIGHT, f1, share
from ear_learning import HEARS
from ear_lines import Line

from kindline.coach.book import PARTS
from kindline.coach.ear import gate_for
from kindline.coach.learned import HARD, decided, parts_heard

MOST_KIND_FLAGGED = 0.035  # below the aim of 0.05: lines of other writers are flagged a little more often
TRUST_IN_RULES = 1.2  # log-odds: rules are surer on everyday lines than on this corpus, which was written to trap
LEAST_PART_DOUBT = 0.4  # nobody is told of a part that is much likelier not there
TRUST_IN_PARTS = 3.0  # a part a rule has heard stays unless the ear is twenty to one against it
RIGHT_STOPS = 0.9
FEWEST_STOPS = 10
AT = {name: place for place, name in enumerate(HEARS)}
_HARD = HEARS.index(HARD)
_STOPS = ("threat", "control", "contempt")
PARTS_AT = [HEARS.index(part) for part in PARTS]


@dataclass
class Outcome:
    """What one or both ears make of a line."""

    weights: list[str]
    faults: set[str]
    parts: set[str]

    @property
    def flagged(self) -> bool:
        return any(weight != "listen" for weight in self.weights)

    @property
    def badness(self) -> tuple[int, int, int]:
        return max((WEIGHT[weight] for weight in self.weights), default=0), len(self.weights), -len(self.parts)


def by_rules(line: Line) -> Outcome:
    """Return what the rules alone make of a line."""
    return Outcome(
        [note.weight for note in line.heard.notes],
        {note.fault for note in line.heard.notes},
        {part.name for part in line.heard.parts},
    )


def by_both(line: Line, weighed: np.ndarray, limits: dict[str, float], *, rules: bool = True) -> Outcome:
    """Return what both ears make of a line, or the learned one alone."""
    ear: Any = SimpleNamespace(hears=HEARS, at=AT, limits=limits)
    notes = line.heard.notes if rules else ()
    names = {part.name for part in line.heard.parts} if rules else set()
    some = list(map(float, weighed))
    mild, more = (False, []) if line.heard.safety else decided(notes, some, ear, gate_for("en").pages)
    return Outcome(
        ["listen" if mild else note.weight for note in notes] + [weight for _, weight in more],
        {note.fault for note in notes} | {HEARS[thing] for thing, _ in more},
        {HEARS[thing] for thing in parts_heard(names, some, ear)},
    )


def fitted_limits(lines: list[Line], scores: np.ndarray, *, rules: bool = True) -> dict[str, float]:
    """Return the limits that hear most while helpful lines stay quiet."""
    harsh = np.array([line.hard for line in lines], dtype=bool)
    notes = [[note.weight for note in line.heard.notes] if rules else [] for line in lines]
    stop = np.array(["stop" in some for some in notes])
    soft = np.array(["soften" in some for some in notes]) & ~stop
    hard = scores[:, _HARD]
    silent = np.array([line.heard.safety for line in lines]) | stop
    for at in np.round(np.arange(-1, 5, 0.05), 2):
        flagged = stop | (soft & (hard >= at - TRUST_IN_RULES)) | (~soft & ~silent & (hard >= at))
        if flagged[~harsh].mean() <= MOST_KIND_FLAGGED:
            break
    return {
        "hard": float(at), "kind": round(float(at) - TRUST_IN_RULES, 2), "also": -0.4, "beside": 0.4,
        "sure": round(float(np.quantile(hard[~harsh], 0.995)), 1), "stop": fitted_stop(lines, scores),
        "part": fitted_part_limit(lines, scores, rules=rules), "keep": -TRUST_IN_PARTS,
    }  # fmt: skip


def fitted_stop(lines: list[Line], scores: np.ndarray) -> float:
    """Return from which log-odds on a fault may stop: nine of ten stopped lines must truly be that."""
    sure = np.quantile([scores[row, _HARD] for row, line in enumerate(lines) if not line.hard], 0.995)
    for at in np.round(np.arange(0, 6, 0.1), 1):
        hits = [
            fault in line.faults
            for row, line in enumerate(lines)
            for fault in _STOPS
            if scores[row, _HARD] >= sure and scores[row, HEARS.index(fault)] >= at
        ]
        if len(hits) < FEWEST_STOPS:
            break
        if np.mean(hits) >= RIGHT_STOPS:
            return float(at)
    return 99.0


def fitted_part_limit(lines: list[Line], scores: np.ndarray, *, rules: bool) -> float:
    """Return from which log-odds a part is there that no rule has heard."""
    kind = [row for row, line in enumerate(lines) if not line.hard]
    want = np.array([[part in lines[row].parts for part in PARTS] for row in kind])
    have = np.array([[rules and part in {p.name for p in lines[row].heard.parts} for part in PARTS] for row in kind])
    odds = scores[np.ix_(kind, PARTS_AT)]
    best = (-1.0, 0.0)
    for more in np.round(np.arange(-LEAST_PART_DOUBT, 2.01, 0.1), 1):
        got = odds >= np.where(have, -TRUST_IN_PARTS, more)
        value = 2 * (got & want).sum() / max(got.sum() + want.sum(), 1)
        best = max(best, (round(float(value), 3), float(more)))
    return best[1]


def pairs_right(lines: list[Line], outcomes: list[Outcome]) -> float:
    """Return how often the harsh one of a pair of similar length comes out worse."""
    pairs: dict[str, list[int]] = defaultdict(list)
    for place, line in enumerate(lines):
        if line.pair:
            pairs[line.writer + line.pair].append(place)
    hits = []
    for some in pairs.values():
        for bad in (place for place in some if lines[place].hard):
            for good in (place for place in some if not lines[place].hard):
                sizes = sorted((len(lines[bad].text), len(lines[good].text)))
                if sizes[1] <= SIMILAR * sizes[0]:
                    hits.append(outcomes[bad].badness > outcomes[good].badness)
    return share(hits)


def row_of(lines: list[Line], outcomes: list[Outcome]) -> dict[str, float]:
    """Return the measures of the specification."""
    both = list(zip(lines, outcomes, strict=True))
    harsh = [(line, outcome) for line, outcome in both if line.hard]
    kind = [(line, outcome) for line, outcome in both if not line.hard]
    caught, wrong = share(o.flagged for _, o in harsh), share(o.flagged for _, o in kind)
    return {
        "J": caught - wrong,
        "harmful": caught,
        "helpful": wrong,
        "traps": share(o.flagged for line, o in kind if line.traps),
        "pairs": pairs_right(lines, outcomes),
        "right fault": share(bool(o.faults & line.faults) for line, o in harsh if o.flagged),
        "parts F1": f1((o.parts, set(line.parts)) for line, o in kind)[2],
        "stops right": share(bool(set(_STOPS) & line.faults) for line, o in both if "stop" in o.weights),
        "helpful stopped": share("stop" in o.weights for _, o in kind),
    }


def figures(name: str, rows: dict[str, tuple[list[Line], list[Outcome]]]) -> None:
    """Print one table: what each ear and both make of the same lines."""
    print(f"\n{name}")
    for shown, (lines, outcomes) in rows.items():
        found = row_of(lines, outcomes)
        print(f"  {shown:12}" + "  ".join(f"{measure} {value:.3f}" for measure, value in found.items()), flush=True)
