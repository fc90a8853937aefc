"""How a file comes in over the wire: large ones at one address only, in memory, never in a temporary file."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings

from kindline.asgi import OneHopHandler, _Body, _Coming, _File, _TooLarge
from kindline.front.takeout.urls import urlpatterns

MEGABYTE = 1024 * 1024


def coming(size: int, kind: type[_Body]) -> tuple[Any, _Body]:
    """Return what is left of a body of so many bytes, and how it was counted."""
    pieces = [MEGABYTE] * (size // MEGABYTE) + [size % MEGABYTE]

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"x" * pieces.pop(), "more_body": bool(pieces)}

    body = kind()
    read: Callable[..., Any] = OneHopHandler.read_body
    return asyncio.run(read(None, _Coming(receive, body))), body


def test_a_file_may_be_larger_than_a_form() -> None:
    held, body = coming(settings.BODY_LIMIT + 1, _File)
    assert len(held.getvalue()) == settings.BODY_LIMIT + 1
    assert isinstance(coming(settings.BODY_LIMIT + 1, _Body)[0], _TooLarge)
    body.let_go()


def test_a_file_over_its_limit_is_not_kept() -> None:
    held, body = coming(settings.FILE_LIMIT + 1, _File)
    assert isinstance(held, _TooLarge)
    assert body.counted == 0


def test_a_file_counts_until_it_is_answered_and_stands_in_no_forms_way() -> None:
    before = _File.in_all
    held, body = coming(3 * MEGABYTE, _File)
    assert _File.in_all > before
    assert _Body.in_all == 0
    assert held.getvalue()
    body.let_go()
    assert _File.in_all == before


def test_files_come_to_one_address_and_touch_no_disk() -> None:
    assert tuple(f"/{one.pattern}" for one in urlpatterns if one.name == "read") == settings.FILE_PATHS
    assert settings.FILE_UPLOAD_HANDLERS == ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
    assert settings.FILE_UPLOAD_MAX_MEMORY_SIZE > settings.FILE_LIMIT


@pytest.mark.parametrize("kind", [_Body, _File])
def test_nothing_stays_counted(kind: type[_Body]) -> None:
    for size in (10, MEGABYTE, 30 * MEGABYTE):
        coming(size, kind)[1].let_go()
    assert kind.in_all == 0
