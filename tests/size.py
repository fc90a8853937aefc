"""How large the large tests are, what they draw, and where they tell what they measured."""

import os
from pathlib import Path
from random import Random, SystemRandom

FULL = os.environ.get("KINDLINE_TEST_SIZE") == "full"


class Chance(Random):
    """Numbers that come out of a seed, which is to be named by whatever fails."""

    def __init__(self, begun_with: str) -> None:
        super().__init__(begun_with)
        self.begun_with = begun_with


def chance(test: str) -> Chance:
    """Return the same chance at every run of a test, so that what fails fails for all; at full size another one."""
    return Chance(f"{SystemRandom().getrandbits(32):08x}" if FULL else test)


def tell(test: str, found: str) -> None:
    """Add one line of docs/attacks.md's table of figures to the file that `./run prove` names, if it does."""
    if place := os.environ.get("KINDLINE_FIGURES"):
        with Path(place).open("a", encoding="utf-8") as out:
            out.write(f"| {test} | {found} |\n")
