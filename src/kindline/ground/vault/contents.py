"""A room's sealed table of contents: what its lists need, in few rows, so that no list opens every record.

It is written in the transaction of the record it tells of. Should the two ever disagree, the records are right.
"""

from collections.abc import Callable
from types import GenericAlias
from typing import Any, Generic, TypeVar
from uuid import UUID, uuid4

import msgspec
from django.db.models import Count, Sum

from kindline.ground.vault.keyring import Keyring
from kindline.ground.vault.models import SealedRecord
from kindline.ground.vault.primitives import Unopened
from kindline.ground.vault.records import add, each_opened, owned, rewrite, take_turn
from kindline.ground.vault.sealing import S, Shape, open_sealed

LINES_A_PAGE = 500


class Line(msgspec.Struct, frozen=True, array_like=True):
    """One record in the contents; a room adds the few facts its lists show, each with a default."""

    id: UUID
    version: int


L = TypeVar("L", bound=Line)


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
        self.outline = outline
        lines = GenericAlias(list, (line,))
        self.page_shape: Any = msgspec.defstruct(
            f"{line.__name__}s", [("lines", lines)], bases=(Shape,), frozen=True, kw_only=True
        )

    def lines(self, keyring: Keyring) -> list[L]:
        """Return every line, in the order written. Reads only."""
        lines = [line for _, page in self._pages(keyring) for line in page]
        return lines if self._agrees(keyring, lines) else self._outlined(keyring)

    def put(self, keyring: Keyring, line: L) -> None:
        """Write a record's line, new or changed, inside the caller's transaction."""
        pages = self._pages_to_write(keyring)
        row, lines, at = self._spot(pages, line)
        lines[at : at + 1] = [line]
        if row is None:
            pages.append((add(self.pages, keyring, self.page_shape(lines=lines), uuid4()), lines))
        else:
            self._rewrite(keyring, row, lines)
        self._mend(keyring, pages)

    def _spot(self, pages: list[tuple[SealedRecord, list[L]]], line: L) -> tuple[SealedRecord | None, list[L], int]:
        """Find the page a line stands on and where, or a page with room for it."""
        if line.version > 1:  # a first version stands nowhere yet
            for row, lines in pages:
                for at, other in enumerate(lines):
                    if other.id == line.id:
                        return row, lines, at
        for row, lines in pages:
            if len(lines) < LINES_A_PAGE:
                return row, lines, len(lines)
        return None, [], 0

    def drop(self, keyring: Keyring, record_id: UUID) -> None:
        """Take a record's line away, inside the caller's transaction."""
        pages = self._pages_to_write(keyring)
        for row, lines in pages:
            at = next((at for at, line in enumerate(lines) if line.id == record_id), None)
            if at is not None:
                del lines[at]
                self._rewrite(keyring, row, lines)
        self._mend(keyring, pages)

    def _mend(self, keyring: Keyring, pages: list[tuple[SealedRecord, list[L]]]) -> None:
        if self._agrees(keyring, [line for _, page in pages for line in page]):
            return
        owned(self.pages, keyring).delete()
        lines = self._outlined(keyring)
        for start in range(0, len(lines), LINES_A_PAGE):
            add(self.pages, keyring, self.page_shape(lines=lines[start : start + LINES_A_PAGE]), uuid4())

    def _pages_to_write(self, keyring: Keyring) -> list[tuple[SealedRecord, list[L]]]:
        # Two devices writing at once take their turn here, else each would put its line on its own copy of a page.
        take_turn(keyring)
        return self._pages(keyring)

    def _pages(self, keyring: Keyring) -> list[tuple[SealedRecord, list[L]]]:
        pages = []
        for row in owned(self.pages, keyring):
            place = keyring.place(row._meta.db_table, row.id, row.version, row.key)
            try:
                page = open_sealed(keyring.secrets.private.secret, bytes(row.sealed), self.page_shape, place)
            except Unopened:
                continue  # a spoilt page is a disagreement, and those are mended from the records
            pages.append((row, page.lines))
        return pages

    def _rewrite(self, keyring: Keyring, row: SealedRecord, lines: list[L]) -> None:
        rewrite(row, keyring, self.page_shape(lines=lines), row.version)

    def _agrees(self, keyring: Keyring, lines: list[L]) -> bool:
        counted = owned(self.records, keyring).aggregate(rows=Count("id"), versions=Sum("version"))
        return (counted["rows"], counted["versions"] or 0) == (len(lines), sum(line.version for line in lines))

    def _outlined(self, keyring: Keyring) -> list[L]:
        return [self.outline(*found) for found in each_opened(self.records, keyring, self.shape)]
