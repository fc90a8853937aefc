"""What a check finds: how it stands, and what to do when it does not stand well."""

from typing import Literal, NamedTuple

State = Literal["good", "look at this", "broken"]


class Finding(NamedTuple):
    """One line of `kindline doctor`."""

    about: str
    state: State
    says: str


def good(about: str, says: str) -> Finding:
    """Return a finding that needs nothing."""
    return Finding(about, "good", says)


def look(about: str, says: str) -> Finding:
    """Return a finding that somebody should look at; Kindline works all the same."""
    return Finding(about, "look at this", says)


def broken(about: str, says: str) -> Finding:
    """Return a finding with which Kindline does not work, or not safely."""
    return Finding(about, "broken", says)
