"""Marks on views that the gate reads. They stand here so that the ground's own pages can carry them too."""

from collections.abc import Callable
from typing import TypeVar

from django.http import HttpRequest, HttpResponseBase

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


def public(view: View) -> View:
    """Mark a view that anybody may open, unlocked or not."""
    view.public = True  # type: ignore[attr-defined]
    return view


def background(view: View) -> View:
    """Mark a view that scripts call by themselves: it does not count as somebody being there."""
    view.background = True  # type: ignore[attr-defined]
    return view


def opens_to(may: Callable[[HttpRequest], bool]) -> Callable[[View], View]:
    """Mark a private view that also opens without a key, to requests for which `may` says so."""

    def mark(view: View) -> View:
        view.opens_to = may  # type: ignore[attr-defined]
        return view

    return mark
