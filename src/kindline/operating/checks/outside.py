"""Checks of what surrounds Kindline: address, who may join, settings, clock, the operator's lists, Python."""

import os
import sys
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings

from kindline.front.care.queries import helplines
from kindline.mine.needs.queries import instrument_problems
from kindline.operating.checks.finding import Finding, broken, good, look

NAMES = {
    "KINDLINE_DATA",
    "KINDLINE_DATABASE_URL",
    "KINDLINE_EXIT_URL",
    "KINDLINE_FRONT_DOOR_COACH",
    "KINDLINE_HOST",
    "KINDLINE_JOIN",
    "KINDLINE_MAIL_URL",
    "KINDLINE_OPERATOR",
    "KINDLINE_PORT",
    "KINDLINE_PROXY",
    "KINDLINE_PUSH_LOOPBACK",
    "KINDLINE_URL",
    "KINDLINE_WORKER",
}
WRITTEN_IN = datetime(2026, 11, 22, tzinfo=UTC)  # no right clock shows an earlier day
A_LITTLE = timedelta(minutes=5)
EXAMPLES = ("example.org", "example.com", "example.net")  # never anybody's
EXAMPLES_NAME = "Your name"  # as deploy/ has it
TRIED_PYTHON = range(11, 14)  # 3.11 to 3.13


def findings(folder: Path, now: datetime, environment: Mapping[str, str] = os.environ) -> Iterator[Finding]:
    """Look at settings, clock, lists and Python."""
    yield from _address()
    yield _joining()
    yield _names(environment)
    yield _clock(folder, now)
    yield _helplines(now)
    yield _instruments()
    yield _python()


def _address() -> Iterator[Finding]:
    if settings.ON_LOOPBACK:
        yield good("address", f"{settings.URL} can be reached from this machine only.")
        return
    if not settings.SECURE:
        said = f"{settings.URL} is no https, so other machines are shown a page that asks for it."
        yield broken("address", f"{said} docs/run-your-own.md has three ways to https; then set KINDLINE_URL.")
        return
    if (urlsplit(settings.URL).hostname or "").endswith(EXAMPLES):
        yield broken("address", f"{settings.URL} is the example's. Set KINDLINE_URL to your own address.")
        return
    yield good("address", f"{settings.URL}, with https.")
    if settings.TRUSTED_PROXY == "*":
        yield look(
            "proxy", "KINDLINE_PROXY trusts everybody to say where somebody comes from. Name the proxy's address."
        )
    elif settings.HOST not in {"127.0.0.1", "localhost", "::1"} and settings.TRUSTED_PROXY == "127.0.0.1":
        said = "Kindline listens to other machines but trusts a proxy on this one only."
        yield look("proxy", f"{said} Set KINDLINE_HOST to 127.0.0.1, or KINDLINE_PROXY to the proxy's address.")
    else:
        yield good("proxy", f"The proxy at {settings.TRUSTED_PROXY} is believed.")
    if not settings.OPERATOR or settings.OPERATOR.startswith(EXAMPLES_NAME):
        yield look("operator", "Nobody reads who runs this. Set KINDLINE_OPERATOR to your name as people know you.")


def _joining() -> Finding:
    if settings.JOIN not in {"open", "invited"}:
        return broken("joining", f"KINDLINE_JOIN is open or invited, not {settings.JOIN!r}.")
    if settings.JOIN == "open" and not settings.ON_LOOPBACK:
        said = "Everybody who finds the address may make a place here."
        return look("joining", f"{said} Set KINDLINE_JOIN=invited once everybody you want is in.")
    if settings.JOIN == "open":
        return good("joining", "Whoever opens it may join.")
    return good("joining", "Only the first person may join, and who brings a code from somebody here.")


def _names(environment: Mapping[str, str]) -> Finding:
    unknown = sorted(name for name in environment if name.startswith("KINDLINE_") and name not in NAMES)
    if unknown:
        return look("settings", f"{unknown[0]} is no setting of Kindline; README.md lists all of them.")
    return good("settings", "Every KINDLINE_ name is known.")


def _clock(folder: Path, now: datetime) -> Finding:
    marks = [file.stat().st_mtime for file in folder.glob("*") if file.is_file()]
    latest = max([WRITTEN_IN, *(datetime.fromtimestamp(mark, UTC) for mark in marks)])
    if now < latest - A_LITTLE:
        return broken("clock", f"This machine thinks it is {now:%Y-%m-%d %H:%M} UTC, which can't be. Set its clock.")
    return good("clock", f"It is {now:%Y-%m-%d %H:%M} UTC.")


def _helplines(now: datetime) -> Finding:
    listed = helplines()
    if listed.problems:
        more = f" (and {len(listed.problems) - 1} more)" if len(listed.problems) > 1 else ""
        return look("helplines", f"{listed.problems[0].rstrip('.')}{more}. Put it right, or take the entry out.")
    unsure = [line for line in listed.entries if line.age(now.date()) != "fresh"]
    if unsure:
        said = (
            f"{len(unsure)} of {len(listed.entries)} helplines were not checked within a year, {unsure[0].name} first."
        )
        return look("helplines", f"{said} Call them, and put the day into helplines.toml in the data folder.")
    return good("helplines", f"{len(listed.entries)} helplines, all checked within a year.")


def _instruments() -> Finding:
    problems = instrument_problems()
    if problems:
        more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
        return look("instruments", f"{problems[0].rstrip('.')}{more}. Put the file right; until then it is left out.")
    return good("instruments", "Nothing is wrong with them.")


def _python() -> Finding:
    said = f"Python {sys.version_info.major}.{sys.version_info.minor}"
    if sys.version_info.minor in TRIED_PYTHON:
        return good("Python", f"{said}.")
    return look("Python", f"{said} was not tried with this Kindline; 3.11 to 3.13 were.")
