"""Alice, invented: six months of her life, lived through the rooms' own actions one moment after another."""

import os
import tomllib
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from kindline.demo.days import Calendar
from kindline.demo.telling import Story, drafts, moments
from kindline.demo.tending import calm, needs
from kindline.ground.people.actions import join
from kindline.ground.people.models import Person
from kindline.ground.people.queries import person_of
from kindline.ground.people.rules import time_zones
from kindline.ground.people.shapes import Profile
from kindline.ground.vault import sessions
from kindline.ground.vault.actions import confirm_code_written
from kindline.ground.vault.passphrases import six_words

NAME = "Alice"
STORY = Path(__file__).parent / "story"
CLOCK = Path("/etc/localtime")

# What tells of each room, and how it is lived there.
CHAPTERS: tuple[tuple[str, Callable[[Person, Calendar, Story], None]], ...] = (
    ("needs.toml", needs),
    ("calm.toml", calm),
    ("[0-9]-*.toml", moments),
    ("drafts.toml", drafts),
)


def alice(now: datetime) -> tuple[str, str, str]:
    """Give Alice a place with half a year in it; return her name, passphrase and recovery code."""
    passphrase = six_words()
    keyring = join(passphrase=passphrase, profile=Profile(name=NAME, time_zone=_zone_here()))
    code = keyring.secrets.unwritten_recovery_code
    confirm_code_written(keyring)
    opened = sessions.opened(sessions.start(keyring, now), now)
    assert opened is not None
    person = person_of(opened)
    calendar = Calendar(now, person.zone)
    for files, live in CHAPTERS:
        live(person, calendar, told(files))
    sessions.end(opened.session)
    return NAME, passphrase, code


def told(files: str) -> Story:
    """Return what some of the story's files tell, by its name, in the order of the files."""
    story: Story = {}
    for file in sorted(STORY.glob(files)):
        for name, things in tomllib.loads(file.read_text("utf-8")).items():
            story.setdefault(name, []).extend(things)
    return story


def _zone_here() -> str:
    """Return the time zone of this machine, so that morning is morning, or UTC where it can't be told."""
    for named in (os.environ.get("TZ", ""), str(CLOCK.resolve()).partition("zoneinfo/")[2]):
        if named in time_zones():
            return named
    return "UTC"
