"""A room's sealed table of contents: what its lists need, in few rows, so that no list opens every record.

It is written in the transaction of the record it tells of. Should the two ever disagree, the records are right.
"""

from collections.abc import Callable, Iterator, Sequence
from types import GenericAlias
from typing import Any, Generic, TypeVar
from uuid import UUID, uuid4

import msgspec
from django.db.models import Count, Sum

from kindline.ground.vault.keyring import Keyring
from kindline.ground.vault.models import SealedRecord
from kindline.ground.vault.primitives import Unopened
from kindline.ground.vault.records import add, add_many, each_opened, opened, owned, remove_all, rewrite, take_turn
from kindline.ground.vault.sealing import S, Shape

LINES_A_PAGE = 500


class Line(msgspec.Struct, frozen=True, array_like=True):
    """One record in the contents; a room adds the few facts its lists show, each with a default."""

    id: UUID
    version: int


L = TypeVar("L", bound=Line)


class Page(Shape, frozen=True, kw_only=True):
    """A page of lines as it is sealed. The lines stay unread until somebody asks for them."""

    count: int
    versions: int
    lines: msgspec.Raw


Pages = list[tuple[SealedRecord, Page]]


class Contents(Generic[L]):
    """The table of contents of one room."""

    def __init__(
        self,
        pages: type[SealedRecord],
        records: type[SealedRecord],
        shape: type[S],
        line: type[L],
        outline: Callable[[UUID, int, S], L],
    ) -> None:
        self.pages = pages
        self.records = records
        self.shape = shape
        self.outline: Callable[[UUID, int, Any], L] = outline  # the shape is the records' own
        self.decoder: msgspec.json.Decoder[list[L]] = msgspec.json.Decoder(GenericAlias(list, (line,)))

    def lines(self, keyring: Keyring) -> list[L]:
        """Return every line, in the order written. Reads only."""
        pages = [page for _, page in self._pages(keyring)]
        if self._agrees(keyring, pages):
            return [line for page in pages for line in self._read(page)]
        return self._outlined(keyring)

    def put(self, keyring: Keyring, line: L) -> None:
        """Write a record's line, new or changed, inside the caller's transaction."""
        pages = self._pages_to_write(keyring)
        # A first version stands nowhere yet: it goes where there is room.
        found = self._found(pages, line.id) if line.version > 1 else None
        if found is None:
            found = next(((n, self._read(page), page.count) for n, (_, page) in self._with_room(pages)), None)
        if found is None:
            self._add(keyring, [line])
            self._mend(keyring)
            return
        number, lines, at = found
        lines[at : at + 1] = [line]
        self._rewrite(keyring, pages, number, lines)

    def add_many(self, keyring: Keyring, documents: Sequence[tuple[UUID, Shape]]) -> int:
        """Write many new records with their lines, one rewrite a page, inside the caller's transaction.

        What this person already has under an id stays as it is. Return how many were new.
        """
        new, said = add_many(self.records, keyring, documents), dict(documents)
        self._put_many(keyring, [self.outline(one.id, one.version, said[one.id]) for one in new])
        return len(new)

    def _put_many(self, keyring: Keyring, lines: list[L]) -> None:
        pages, left = self._pages_to_write(keyring), lines
        for number, (row, page) in self._with_room(pages):
            if not left:
                break
            here = LINES_A_PAGE - page.count
            written = _page([*self._read(page), *left[:here]])
            pages[number], left = (rewrite(row, keyring, written, row.version), written), left[here:]
        for start in range(0, len(left), LINES_A_PAGE):
            self._add(keyring, left[start : start + LINES_A_PAGE])
        self._mend(keyring)

    def drop(self, keyring: Keyring, record_id: UUID) -> None:
        """Take a record's line away, inside the caller's transaction."""
        pages = self._pages_to_write(keyring)
        found = self._found(pages, record_id)
        if found is None:
            self._mend(keyring)
            return
        number, lines, at = found
        del lines[at]
        self._rewrite(keyring, pages, number, lines)

    def drop_all(self, keyring: Keyring) -> None:
        """Take every line away, inside the caller's transaction; the room's records go with them."""
        take_turn(keyring)
        remove_all(self.records, keyring)
        remove_all(self.pages, keyring)

    def _found(self, pages: Pages, record_id: UUID) -> tuple[int, list[L], int] | None:
        for number, (_, page) in enumerate(pages):
            lines = self._read(page)
            for at, line in enumerate(lines):
                if line.id == record_id:
                    return number, lines, at
        return None

    def _with_room(self, pages: Pages) -> Iterator[tuple[int, tuple[SealedRecord, Page]]]:
        return ((n, row_and_page) for n, row_and_page in enumerate(pages) if row_and_page[1].count < LINES_A_PAGE)

    def _rewrite(self, keyring: Keyring, pages: Pages, number: int, lines: list[L]) -> None:
        row, _ = pages[number]
        written = _page(lines)
        rewrite(row, keyring, written, row.version)
        pages[number] = (row, written)
        self._mend(keyring, pages)

    def _mend(self, keyring: Keyring, pages: Pages | None = None) -> None:
        """Rebuild all pages from the records, should they disagree."""
        pages = self._pages(keyring) if pages is None else pages
        if self._agrees(keyring, [page for _, page in pages]):
            return
        owned(self.pages, keyring).delete()
        lines = self._outlined(keyring)
        for start in range(0, len(lines), LINES_A_PAGE):
            self._add(keyring, lines[start : start + LINES_A_PAGE])

    def _add(self, keyring: Keyring, lines: list[L]) -> None:
        add(self.pages, keyring, _page(lines), uuid4())

    def _pages_to_write(self, keyring: Keyring) -> Pages:
        # Two devices writing at once take their turn here, else each would put its line on its own copy of a page.
        take_turn(keyring)
        return self._pages(keyring)

    def _pages(self, keyring: Keyring) -> Pages:
        pages = []
        for row in owned(self.pages, keyring):
            try:
                pages.append((row, opened(row, keyring, Page)))
            except Unopened:
                continue  # a spoilt page is a disagreement, and those are mended from the records
        return pages

    def _read(self, page: Page) -> list[L]:
        return self.decoder.decode(page.lines)

    def _agrees(self, keyring: Keyring, pages: list[Page]) -> bool:
        counted = owned(self.records, keyring).aggregate(rows=Count("id"), versions=Sum("version"))
        told = sum(page.count for page in pages), sum(page.versions for page in pages)
        return (counted["rows"], counted["versions"] or 0) == told

    def _outlined(self, keyring: Keyring) -> list[L]:
        return [self.outline(*found) for found in each_opened(self.records, keyring, self.shape)]


def _page(lines: list[L]) -> Page:
    raw = msgspec.Raw(msgspec.json.encode(lines, order="deterministic"))
    return Page(count=len(lines), versions=sum(line.version for line in lines), lines=raw)
