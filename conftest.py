"""Fixtures for every test: the people, each made by the same actions that make them in the app."""

import os

import pytest
from hypothesis import settings as examples

from tests.people import Somebody, somebody

# The same examples at every run and no clock on them: what fails here fails for all. `./run prove` draws new ones.
examples.register_profile("suite", deadline=None, derandomize=True)
examples.register_profile("full", deadline=None, max_examples=2000)
examples.load_profile("full" if os.environ.get("KINDLINE_TEST_SIZE") == "full" else "suite")


@pytest.fixture
def alice(db: None) -> Somebody:
    return somebody("Alice")


@pytest.fixture
def bob(db: None) -> Somebody:
    return somebody("Bob")


@pytest.fixture
def charlie(db: None) -> Somebody:
    return somebody("Charlie")


@pytest.fixture
def dana(db: None) -> Somebody:
    return somebody("Dana")
