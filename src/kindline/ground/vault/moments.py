"""Moments that a clock of ours can have shown. Whoever holds a circle's key can write any others into its rows."""

from datetime import UTC, datetime

import msgspec

EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
LATEST = datetime(2200, 1, 1, tzinfo=UTC)


def is_sane(moment: datetime) -> bool:
    """Say whether a moment names its zone and lies within two centuries, so that one can reckon with it."""
    return moment.tzinfo is not None and EARLIEST <= moment < LATEST


def are_sane(document: object) -> bool:
    """Say whether all moments in a document are, however deep they lie."""
    if isinstance(document, datetime):
        return is_sane(document)
    if isinstance(document, msgspec.Struct):
        return all(are_sane(getattr(document, name)) for name in document.__struct_fields__)
    if isinstance(document, dict):
        return all(are_sane(one) for one in document.values())
    if isinstance(document, (tuple, list)):
        return all(are_sane(one) for one in document)
    return True
