"""The coach's own words for tries: one file for each fault under `rules/<language>/tries/`, read once when needed."""

import tomllib
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from kindline.coach.book import RULES
from kindline.coach.tries.spoken import find


class Topic(NamedTuple):
    """Words that tell what it is about, and what somebody may mean who says them."""

    words: tuple[tuple[str, ...], ...]
    tries: tuple[str, ...]
    lenses: tuple[str, ...] = ()  # where it is said; everywhere if none is named

    def met_in(self, words: Sequence[str]) -> bool:
        """Tell whether any of its words, or words in a row, stand there."""
        return any(find(words, *some) >= 0 for some in self.words)


class Phrases(NamedTuple):
    """What may be offered for one fault: frames for the person's own words, topics, and whole sentences by lens."""

    told: dict[str, list[str]]
    by_lens: dict[str, dict[str, list[str]]]
    topics: tuple[Topic, ...]
    topics_first: bool  # where the words themselves are the barb, the topic says it better
    here_only: bool  # topics are sought in the words of the note alone

    def frames(self, form: str, lens: str) -> list[str]:
        """Return the frames for a form, those of the lens first."""
        return [*self.by_lens.get(lens, {}).get(form, ()), *self.told.get(form, ())]

    def whole(self, lens: str) -> list[str]:
        """Return whole sentences that fit a lens."""
        return self.by_lens.get(lens, {}).get("whole", [])

    def on_topic(self, lens: str, *stretches: Sequence[str]) -> list[str]:
        """Return what fits the topic of the first stretch of words that has one under a lens."""
        topics = [topic for topic in self.topics if not topic.lenses or lens in topic.lenses]
        return next((list(topic.tries) for words in stretches for topic in topics if topic.met_in(words)), [])


def _table(folder: Path, fault: str) -> dict[str, Any]:
    file = folder / f"{fault}.toml"
    return tomllib.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}


@cache
def phrases_for(language: str, fault: str) -> Phrases:
    """Return the phrases for a fault; a file may lean on another (`like`) for its frames."""
    folder = RULES / language / "tries"
    table = _table(folder, fault)
    other = _table(folder, table["like"]) if "like" in table else {}
    return Phrases(
        told={**other.get("told", {}), **table.get("told", {})},
        by_lens={**other.get("lens", {}), **table.get("lens", {})},
        topics=tuple(
            Topic(
                tuple(tuple(some.split("_")) for some in topic["words"].split()),
                tuple(topic["tries"]),
                tuple(topic.get("lenses", ())),
            )
            for topic in table.get("topic", ())
        ),
        topics_first=table.get("order") == "topics",
        here_only=table.get("topics") == "here",
    )
