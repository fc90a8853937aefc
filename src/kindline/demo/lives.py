"""Alice and Bob, invented: six months of their lives, lived through the rooms' own actions one moment after another."""

import os
import tomllib
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from kindline.demo.agreeing import agreements
from kindline.demo.days import Calendar
from kindline.demo.recurring import rhythms
from kindline.demo.talking import talks
from kindline.demo.telling import Story, drafts, moments
from kindline.demo.tending import calm, needs
from kindline.demo.together import Two, invitation, pauses, thanks
from kindline.ground.people.actions import join
from kindline.ground.people.models import Person
from kindline.ground.people.queries import person_of
from kindline.ground.people.rules import time_zones
from kindline.ground.people.shapes import Profile
from kindline.ground.vault import sessions
from kindline.ground.vault.actions import confirm_code_written
from kindline.ground.vault.passphrases import six_words

NAMES = ("Alice", "Bob")
STORY = Path(__file__).parent / "story"
CLOCK = Path("/etc/localtime")

# What tells of each room, and how it is lived there: first what each keeps alone, then what they share.
CHAPTERS: tuple[tuple[str, Callable[[Person, Calendar, Story], None]], ...] = (
    ("needs.toml", needs),
    ("calm.toml", calm),
    ("[0-9]-*.toml", moments),
    ("drafts.toml", drafts),
)
SHARED: tuple[tuple[str, Callable[[Two, Calendar, Story], None]], ...] = (
    ("invitation.toml", invitation),
    ("talks.toml", talks),
    ("agreements.toml", agreements),
    ("thanks.toml", thanks),
    ("pauses.toml", pauses),
    ("rhythms.toml", rhythms),
)


class Shown(NamedTuple):
    """One person of the demo, and what opens their place."""

    name: str
    passphrase: str
    recovery_code: str


def lives(now: datetime) -> list[Shown]:
    """Give Alice and Bob a place each, with half a year in it and between them; return what opens them."""
    shown, two, begun = [], {}, []
    for name in NAMES:
        one, opened = _moved_in(name, now)
        person = person_of(opened)
        for files, live in CHAPTERS:
            live(person, Calendar(now, person.zone), told(f"{name.lower()}/{files}"))
        shown.append(one)
        two[name] = person
        begun.append(opened.session)
    for files, share in SHARED:
        share(two, Calendar(now, two[NAMES[0]].zone), told(f"both/{files}"))
    for session in begun:
        sessions.end(session)
    return shown


def told(files: str) -> Story:
    """Return what some of the story's files tell, by its name, in the order of the files."""
    story: Story = {}
    for file in sorted(STORY.glob(files)):
        for name, things in tomllib.loads(file.read_text("utf-8")).items():
            story.setdefault(name, []).extend(things)
    return story


def _moved_in(name: str, now: datetime) -> tuple[Shown, sessions.Opened]:
    passphrase = six_words()
    keyring = join(passphrase=passphrase, profile=Profile(name=name, time_zone=_zone_here()), now=now)
    code = keyring.secrets.unwritten_recovery_code
    confirm_code_written(keyring)
    opened = sessions.opened(sessions.start(keyring, now), now)
    assert opened is not None
    return Shown(name, passphrase, code), opened


def _zone_here() -> str:
    """Return the time zone of this machine, so that morning is morning, or UTC where it can't be told."""
    for named in (os.environ.get("TZ", ""), str(CLOCK.resolve()).partition("zoneinfo/")[2]):
        if named in time_zones():
            return named
    return "UTC"
