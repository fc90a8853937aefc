"""A room's table of contents and its records never disagree for long, and the records are right."""

from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest

from kindline.ground.vault import contents
from kindline.ground.vault.records import find, opened, remove
from kindline.mine.journal import actions, shapes
from kindline.mine.journal.models import CONTENTS, ContentsPage, Entry
from tests.people import Somebody

pytestmark = [pytest.mark.django_db, pytest.mark.storage]
NOW = datetime(2026, 11, 22, 20, 0, tzinfo=UTC)


def write(alice: Somebody, what: str) -> UUID:
    entry = shapes.Entry(what=what, written_at=NOW, happened_at=NOW)
    return actions.keep(person=alice.person, entry_id=uuid4(), entry=entry, now=NOW).id


def firsts(alice: Somebody) -> list[str]:
    return [line.first for line in CONTENTS.lines(alice.person.keyring)]


def test_lines_stand_in_the_order_written(alice: Somebody) -> None:
    for what in ("one", "two", "three"):
        write(alice, what)
    assert firsts(alice) == ["one", "two", "three"]


def test_a_full_page_is_followed_by_another(alice: Somebody, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(contents, "LINES_A_PAGE", 2)
    for what in ("one", "two", "three", "four", "five"):
        write(alice, what)
    assert sorted(firsts(alice)) == sorted(["one", "two", "three", "four", "five"])
    assert ContentsPage.objects.count() == 3


def test_a_changed_entry_changes_its_line(alice: Somebody) -> None:
    entry_id = write(alice, "one")
    record = find(Entry, alice.person.keyring, entry_id)
    entry = opened(record, alice.person.keyring, shapes.Entry)
    changed = shapes.Entry(what="other", written_at=entry.written_at, happened_at=entry.happened_at)
    actions.change(person=alice.person, record=record, entry=changed, version=1, form_id=uuid4(), now=NOW)
    assert firsts(alice) == ["other"]


def test_a_deleted_entry_leaves_no_line(alice: Somebody) -> None:
    write(alice, "stays")
    gone = find(Entry, alice.person.keyring, write(alice, "goes"))
    actions.delete(person=alice.person, record=gone)
    assert firsts(alice) == ["stays"]


@pytest.mark.parametrize("harm", ["row gone", "page gone", "page spoilt", "page old"])
def test_lists_are_right_even_when_the_contents_are_not(alice: Somebody, harm: str) -> None:
    write(alice, "one")
    old = bytes(ContentsPage.objects.get().sealed)
    second = write(alice, "two")
    if harm == "row gone":
        remove(find(Entry, alice.person.keyring, second), alice.person.keyring)
    elif harm == "page gone":
        ContentsPage.objects.all().delete()
    else:
        ContentsPage.objects.update(sealed=b"spoilt" if harm == "page spoilt" else old)
    right = ["one"] if harm == "row gone" else ["one", "two"]
    assert sorted(firsts(alice)) == right
    write(alice, "and now")
    assert sorted(firsts(alice)) == sorted([*right, "and now"])
    lines = [line for _, page in CONTENTS._pages(alice.person.keyring) for line in CONTENTS._read(page)]
    assert sorted(line.first for line in lines) == sorted([*right, "and now"]), "the next write mends the contents"


def test_nobody_elses_lines_are_seen(alice: Somebody, charlie: Somebody) -> None:
    write(alice, "mine")
    assert firsts(charlie) == []
