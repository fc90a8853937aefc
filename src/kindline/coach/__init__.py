"""The language coach: hears what may be hard to hear, and what is already there. Standard library only."""

from typing import TYPE_CHECKING, Any

from kindline.coach.ear import listen
from kindline.coach.note import Heard, Note, Part, foremost

if TYPE_CHECKING:
    from kindline.coach.needs import need_under
    from kindline.coach.wordings import Statement, Wordings, compose

__all__ = ["Heard", "Note", "Part", "Statement", "Wordings", "compose", "foremost", "listen", "need_under"]


def __getattr__(name: str) -> Any:
    """Bring in what stands beside listening when somebody first asks for it: it has much of its own to prepare."""
    if name in {"Statement", "Wordings", "compose"}:
        from kindline.coach import wordings  # noqa: PLC0415

        return getattr(wordings, name)
    if name == "need_under":
        from kindline.coach.needs import need_under  # noqa: PLC0415

        return need_under
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
