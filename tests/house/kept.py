"""Everything somebody has kept, opened with their own keys: the oracle for "nothing is lost"."""

from django.apps import apps

from kindline.ground.vault.circles import circles_of
from kindline.ground.vault.models import SealedRecord, SharedRecord, Unsaved
from kindline.ground.vault.records import each_plain
from tests.people import Somebody


def record_models() -> list[type[SealedRecord]]:
    """Return every model of sealed records."""
    return [model for model in apps.get_models() if issubclass(model, SealedRecord)]


def shared_models() -> list[type[SharedRecord]]:
    """Return every model of records that a circle shares."""
    return [model for model in apps.get_models() if issubclass(model, SharedRecord)]


def kept(of: Somebody, *, unsaved: bool = False) -> str:
    """Return the plain documents of all their records, and of all they share, in one text.

    Words typed and not saved are among them only when asked for.
    """
    documents = [
        f"{model.__name__} {record_id} {plain.decode().strip()}"
        for model in record_models()
        if unsaved or model is not Unsaved
        for record_id, _version, _schema, plain in each_plain(model, of.person.keyring)
    ]
    documents += [
        f"{model.__name__} {record_id} {plain.decode().strip()}"
        for circle in circles_of(of.person.keyring)
        for model in shared_models()
        for record_id, _version, _schema, plain in each_plain(model, circle)
    ]
    return "\n".join(documents)


def counts() -> dict[str, int]:
    """Return how many rows each kind of record has, unsaved words left out."""
    models = [model for model in record_models() if model is not Unsaved] + shared_models()
    return {model._meta.label: model._default_manager.count() for model in models}
