"""Learn linear weights: one logistic regression for each thing heard, all at once, every step the same on every run."""

from collections import defaultdict
from dataclasses import dataclass

import numpy as np
from ear_lines import Line
from scipy import sparse
from scipy.optimize import minimize

from kindline.coach.book import FAULTS, PARTS
from kindline.coach.learned import HARD

NOT_LEARNED = ("no-offer", "no-request")  # a thought about a full boundary: the rules know, no line tells
HEARS = (HARD, *(fault for fault in FAULTS if fault not in NOT_LEARNED), *PARTS)
FEWEST_SITUATIONS = 6  # a trait met in fewer situations tells of those
PULL = {HARD: 4.0, "fault": 2.5, "part": 2.5}  # how strongly weights are pulled to nothing
FREEDOM = 0.5  # how far that eases for a trait that is met much more often on one side, after Wang and Manning 2012
SMOOTHING = 2.0  # lines in which each trait is taken to have been met besides, shared out as the lines are
HARSH_PART_WEIGHT = 0.3  # parts of harsh lines were noted with less care
MOST_BALANCE = 3.0
STEPS = 120


@dataclass
class Learned:
    """Weights (traits x things heard) and biases."""

    vocabulary: dict[str, int]
    weights: np.ndarray
    biases: np.ndarray

    def scores(self, lines: list[Line]) -> np.ndarray:
        """Return the log-odds of everything for every line."""
        return table(lines, self.vocabulary) @ self.weights + self.biases


def vocabulary_of(lines: list[Line]) -> dict[str, int]:
    """Return the traits that are met in enough situations."""
    where: dict[str, set[str]] = defaultdict(set)
    for line in lines:
        for trait in line.traits:
            where[trait].add(line.situation)
    kept = sorted(trait for trait, places in where.items() if len(places) >= FEWEST_SITUATIONS)
    return {trait: place for place, trait in enumerate(kept)}


def table(lines: list[Line], vocabulary: dict[str, int]) -> sparse.csr_matrix:
    """Return which line has which trait."""
    columns = [sorted(vocabulary[trait] for trait in line.traits if trait in vocabulary) for line in lines]
    edges = np.cumsum([0, *map(len, columns)])
    flat = np.array([place for some in columns for place in some], dtype=np.int32)
    return sparse.csr_matrix((np.ones(len(flat)), flat, edges), shape=(len(lines), len(vocabulary)))


def balance(lines: list[Line]) -> np.ndarray:
    """Weigh lines so that under each lens as many are harsh as kind: a lens alone must not be held against anybody."""
    counts: dict[tuple[bool, str, bool | None], int] = defaultdict(int)
    for line in lines:
        counts[line.own, line.lens, line.hard] += 1
    found = []
    for line in lines:
        both = counts[line.own, line.lens, True] + counts[line.own, line.lens, False]
        found.append(min(both / 2 / max(counts[line.own, line.lens, line.hard], 1), MOST_BALANCE))
    return np.array(found)


def wanted(lines: list[Line]) -> tuple[np.ndarray, np.ndarray]:
    """Return what is right for each line and thing, and how much each counts."""
    right = np.zeros((len(lines), len(HEARS)))
    counts = np.zeros_like(right)
    even = balance(lines)
    for row, line in enumerate(lines):
        weight = line.counts
        if line.hard is not None:
            right[row, 0] = line.hard
            counts[row, 0] = weight * even[row]
        for column, name in enumerate(HEARS[1:], 1):
            if name in PARTS:
                if line.parts is not None and (line.writer or name in line.parts):
                    right[row, column] = name in line.parts
                    counts[row, column] = weight * (HARSH_PART_WEIGHT if line.hard else 1.0)
            elif line.hard and line.faults is not None:  # which fault, given that it lands hard
                right[row, column] = name in line.faults
                counts[row, column] = weight
    return right, counts


def pulls() -> np.ndarray:
    """Return for each thing heard how strongly its weights are pulled to nothing."""
    return np.array([PULL.get(name, PULL["part" if name in PARTS else "fault"]) for name in HEARS])


def reach(back: sparse.csr_matrix, right: np.ndarray, counts: np.ndarray) -> np.ndarray:
    """Return for each trait and thing heard how far its weight may go: further, the more one-sidedly it is met."""
    yes, no = counts * right, counts * (1 - right)
    share = yes.sum(0) / counts.sum(0)
    met_yes = (back @ yes + SMOOTHING * share) / (yes.sum(0) + SMOOTHING * share)
    met_no = (back @ no + SMOOTHING * (1 - share)) / (no.sum(0) + SMOOTHING * (1 - share))
    uneven = np.abs(np.log(met_yes / met_no))
    return (1 - FREEDOM) * uneven.mean(0) + FREEDOM * uneven


def learn(lines: list[Line]) -> Learned:
    """Learn from these lines."""
    vocabulary = vocabulary_of(lines)
    have = table(lines, vocabulary)
    back = have.T.tocsr()
    right, counts = wanted(lines)
    pull, far = pulls(), reach(back, right, counts)
    shape = (len(vocabulary) + 1, len(HEARS))

    def cost(flat: np.ndarray) -> tuple[float, np.ndarray]:
        whole = flat.reshape(shape)
        weights, biases = whole[:-1], whole[-1]
        odds = have @ (far * weights) + biases
        loss = (counts * (np.logaddexp(0, odds) - right * odds)).sum() + (pull * weights**2).sum() / 2
        slope = counts * (1 / (1 + np.exp(-odds)) - right)
        return loss, np.vstack([far * (back @ slope) + pull * weights, slope.sum(0)]).ravel()

    found = minimize(
        cost, np.zeros(shape).ravel(), jac=True, method="L-BFGS-B", options={"maxiter": STEPS, "maxcor": 5}
    )
    whole = found.x.reshape(shape)
    return Learned(vocabulary, far * whole[:-1], whole[-1])
