"""Everything somebody has kept, opened with their own keys: the oracle for "nothing is lost"."""

from django.apps import apps

from kindline.ground.vault.models import SealedRecord, Unsaved
from kindline.ground.vault.records import each_plain
from tests.people import Somebody


def record_models() -> list[type[SealedRecord]]:
    """Return every model of sealed records."""
    return [model for model in apps.get_models() if issubclass(model, SealedRecord)]


def kept(of: Somebody, *, unsaved: bool = False) -> str:
    """Return the plain documents of all their records in one text, words typed and not saved only when asked for."""
    documents = [
        f"{model.__name__} {record_id} {plain.decode().strip()}"
        for model in record_models()
        if unsaved or model is not Unsaved
        for record_id, _version, _schema, plain in each_plain(model, of.person.keyring)
    ]
    return "\n".join(documents)


def counts() -> dict[str, int]:
    """Return how many rows each kind of record has, unsaved words left out."""
    return {model._meta.label: model._default_manager.count() for model in record_models() if model is not Unsaved}
