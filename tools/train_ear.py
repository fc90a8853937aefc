"""Train the learned ear of the coach: python tools/train_ear.py [--cross-only] [--alone] [--open FILE].

Cross-validates by situation, sets the limits on what was not learned from, prints rules alone, ear alone and both, then
learns from everything and writes src/kindline/coach/ears/en.ear. Needs requirements/ear.txt; the coach itself does not.
"""

import argparse
import sys
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from zlib import crc32

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1] / "benchmarks")]

import numpy as np  # noqa: E402 - the folders above first
from ear_figures import Outcome, by_both, by_rules, figures, fitted_limits  # noqa: E402
from ear_file import write  # noqa: E402
from ear_learning import HEARS, Learned, learn  # noqa: E402
from ear_lines import Line, from_corpus, lines, seen  # noqa: E402

from kindline.coach.learned import EARS  # noqa: E402
from kindline.coach.weights import Weights  # noqa: E402

FOLDS = 5
TOLD_BY_RULES = "rftua"  # the first letter of traits that tell what the rules have heard
Rows = dict[str, tuple[list[Line], list[Outcome]]]


def fold_of(situation: str) -> int:
    """Return the fold of a situation, the same on every run."""
    return crc32(situation.encode()) % FOLDS


def without_rules(line: Line) -> Line:
    """Return a line with nothing in its traits that the rules have told."""
    return replace(line, traits=frozenset(trait for trait in line.traits if trait[0] not in TOLD_BY_RULES))


def scored(learned: Learned, some: list[Line]) -> np.ndarray:
    """Score lines through the data file, as the coach will."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "trial.ear"
        write(file, learned, {})
        ear = Weights(file)
        return np.array([ear.sums(line.traits) for line in some])


def crossed(everything: list[Line], own: list[Line]) -> np.ndarray:
    """Score every line of the corpus with an ear that has heard nothing of its situation."""
    scores = np.zeros((len(own), len(HEARS)))
    for fold in range(FOLDS):
        left_out = [place for place, line in enumerate(own) if fold_of(line.situation) == fold]
        learned = learn([line for line in everything if not line.writer or fold_of(line.situation) != fold])
        scores[left_out] = scored(learned, [own[place] for place in left_out])
    return scores


def main() -> int:
    """Cross-validate, set limits, print the figures, learn, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cross-only", action="store_true", help="print the figures and write nothing")
    parser.add_argument("--open", type=Path, help="also score a file of utterances that nothing is learned from")
    parser.add_argument("--alone", action="store_true", help="also train and score an ear that hears no rules")
    given = parser.parse_args()
    everything = lines()
    own = [line for line in everything if line.own]
    unseen = [seen(line) for line in from_corpus(given.open)] if given.open else []
    print(f"{len(everything)} lines to learn from, {len(own)} of the corpus", flush=True)
    crosses: Rows = {"rules alone": (own, [by_rules(line) for line in own])}
    opened: Rows = {"rules alone": (unseen, [by_rules(line) for line in unseen])}
    if given.alone:
        bare = [without_rules(line) for line in everything]
        bare_own = [line for line in bare if line.own]
        weighed = crossed(bare, bare_own)
        limits = fitted_limits(own, weighed, rules=False)
        crosses["ear alone"] = own, [by_both(*some, limits, rules=False) for some in zip(own, weighed, strict=True)]
        if unseen:
            weighed = scored(learn(bare), [without_rules(line) for line in unseen])
            some = [by_both(*pair, limits, rules=False) for pair in zip(unseen, weighed, strict=True)]
            opened["ear alone"] = unseen, some
    weighed = crossed(everything, own)
    limits = fitted_limits(own, weighed)
    print("limits", limits)
    crosses["both"] = own, [by_both(*some, limits) for some in zip(own, weighed, strict=True)]
    figures("own corpus, cross-validated by situation", crosses)
    learned = learn(everything)
    if unseen:
        weighed = scored(learned, unseen)
        opened["both"] = unseen, [by_both(*some, limits) for some in zip(unseen, weighed, strict=True)]
        figures(given.open.stem, opened)
    if not given.cross_only:
        file = EARS / "en.ear"
        write(file, learned, limits)
        print(f"{file.name}: {file.stat().st_size:,} bytes, {len(learned.vocabulary)} traits")
    return 0


if __name__ == "__main__":
    sys.exit(main())
