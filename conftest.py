"""Fixtures for every test: the people, each made by the same actions that make them in the app."""

import os

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as examples

from tests.people import Somebody, somebody

# The same examples at every run and no clock on them: what fails here fails for all. `./run prove` draws new ones.
unhurried = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}
examples.register_profile("suite", **unhurried, derandomize=True)
examples.register_profile("full", **unhurried, max_examples=2000)
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
