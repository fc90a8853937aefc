"""What needs are called in a document, when something is worth another look, which way somebody leans. Pure."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

LONGEST_NAME = 60  # characters
LONGEST_SENTENCE = 500  # characters: what somebody reads in one go

# The four needs, and finer ones under each.
NEEDS: dict[str, tuple[str, ...]] = {
    "safety": ("to-be-heard", "to-matter", "closeness", "gentleness", "truth", "protection"),
    "predictability": ("where-we-stand", "word-kept", "fairness", "told-before", "known-return"),
    "autonomy": ("own-say", "time-alone", "respect", "own-no", "own-pace", "own-people"),
    "emotional-regulation": ("help", "to-calm", "comfort", "rest"),
}

# How far a need was met, or a no was free: 1 hardly to 4 fully.
LEVELS = (1, 2, 3, 4)
CHECK_EVERY = timedelta(days=7)

# The two numbers of a leaning, both from 1 to 7; a data file's scales of these names are read as one.
REACHING, STEPPING_BACK = "reaching", "stepping-back"
LEANING = (REACHING, STEPPING_BACK)
LEAST, MIDDLE, MOST = 1.0, 4.0, 7.0
ORDINARY = 1.5  # a smaller change is ordinary wobble (EVIDENCE 1, computed)

IDEAS = {
    REACHING: ("a-hello", "a-set-hour"),
    STEPPING_BACK: ("one-line", "same-room", "ten-minutes"),
}
# What could come round, by the names that the room of rhythms gives its kinds.
RHYTHMS = {REACHING: ("arriving", "check-in"), STEPPING_BACK: ("small-steps", "alone")}
READY = ("i-go-quiet", "i-ask-twice", "i-come-back", "a-hello-first", "slow-helps", "ask-me-tomorrow")


def nearest(need: str, finer: Iterable[str]) -> str:
    """Return the need that was meant: the chosen one, unless all finer ones that were chosen lie under others.

    Then it is the one with the most of them, the first offered where two have as many.
    """
    chosen = set(finer)
    under = {name: len(chosen.intersection(below)) for name, below in NEEDS.items()}
    if under.get(need) or not any(under.values()):
        return need
    return max(under, key=lambda name: under[name])


def as_offered(need: str, finer: Iterable[str]) -> tuple[str, ...]:
    """Return finer needs in the order they are offered, those under `need` first."""
    chosen = set(finer)
    order = (*NEEDS.get(need, ()), *(name for below in NEEDS.values() for name in below))
    return tuple(dict.fromkeys(name for name in order if name in chosen))


def is_time_to_check(last_at: datetime | None, now: datetime) -> bool:
    """Say whether the small check may be offered again: a week after the last one."""
    return last_at is None or now - last_at >= CHECK_EVERY


def again_from(looked_at: datetime, days: int) -> datetime:
    """Return from when on a questionnaire says something new."""
    return looked_at + timedelta(days=days)


def change(before: float, after: float, ordinary: float) -> str:
    """Return whether a number went "up" or "down", or stayed "same": a change under `ordinary` is no change."""
    if abs(after - before) < ordinary:
        return "same"
    return "up" if after > before else "down"


def ways_leant(numbers: Mapping[str, float]) -> tuple[str, ...]:
    """Return the ways a person leans: those beyond the middle of the line, the stronger first; perhaps none."""
    beyond = [name for name in LEANING if numbers.get(name, LEAST) > MIDDLE]
    return tuple(sorted(beyond, key=lambda name: -numbers[name]))
