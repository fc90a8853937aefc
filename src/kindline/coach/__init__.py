"""The language coach: hears what may be hard to hear, and what is already there. Standard library only."""

from kindline.coach.compose import Statement, Wordings, compose
from kindline.coach.ear import listen
from kindline.coach.needs import need_under
from kindline.coach.note import Heard, Note, Part, foremost

__all__ = ["Heard", "Note", "Part", "Statement", "Wordings", "compose", "foremost", "listen", "need_under"]
