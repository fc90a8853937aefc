"""Checks of reminders: does anybody want some, does a worker send them, does the mail server take them."""

from collections.abc import Iterator
from datetime import datetime

from django.conf import settings

from kindline.ground.post import queries
from kindline.operating.checks.finding import Finding, good, look


def findings(now: datetime) -> Iterator[Finding]:
    """Look at the worker and at what it could not deliver."""
    yield _mail()
    if settings.PUSH_LOOPBACK:
        yield look(
            "push", "KINDLINE_PUSH_LOOPBACK is for tests: with it, reminders may go to programs on this machine."
        )
    if not queries.is_anybody_reminded():
        yield good("reminders", "Nobody has turned them on.")
        return
    if queries.is_silent(now):
        came = queries.came_to()
        since = f"since {came:%Y-%m-%d %H:%M} UTC" if came else "yet"
        how = "They go out while Kindline serves." if settings.WORKER else "Start `kindline worker`."
        yield look("reminders", f"None have gone out {since}. {how}")
    else:
        yield good("reminders", "They go out.")
    given_up = queries.given_up()
    if given_up:
        said = f"{given_up} {'device or address' if given_up == 1 else 'devices and addresses'} could not be reached"
        yield look("delivery", f"{said} for almost two days. May this machine connect to others, and the mail server?")


def _mail() -> Finding:
    if settings.MAIL:
        return good("mail", f"Reminders by e-mail go through {settings.EMAIL_HOST}.")
    return good("mail", "No mail server is set; reminders go to devices only.")
