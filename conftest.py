"""Fixtures for every test: the people, each made by the same actions that make them in the app."""

import pytest

from tests.people import Somebody, somebody


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
