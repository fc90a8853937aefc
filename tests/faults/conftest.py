"""What every fault needs: a server that runs, and somebody who has a place on it."""

from collections.abc import Iterator
from uuid import uuid4

import pytest

from tests.serving import Server, serving
from tests.visitor import Visitor


@pytest.fixture
def server() -> Iterator[Server]:
    """Serve from a new folder, for one test to hurt."""
    with serving() as running:
        yield running


@pytest.fixture
def alice(server: Server) -> Iterator[Visitor]:
    """Return Alice, who has joined over HTTP and is unlocked; another Alice for each test."""
    visitor = Visitor(server.url, name=f"Alice {uuid4().hex[:8]}").join()
    yield visitor
    visitor.close()
