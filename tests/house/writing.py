"""What is written into the fields of a walk: words with a mark, and the few words a form insists on."""

from collections.abc import Callable
from dataclasses import dataclass, field

from tests.house.fields import CLEAR, WORDS, kind_of
from tests.house.markup import Field
from tests.people import PASSPHRASE

# What a device's own lock gives, in place of a device: a credential's name and 32 bytes.
PHONE_CREDENTIAL, PHONE_KEY = "b25lIHBhc3NrZXk", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8"
# For reminders: an endpoint that nobody will ever answer at, a point of the curve, 16 bytes.
PUSHED = {
    "endpoint": "https://push.invalid/to/me",
    "public": "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
    "auth": "BTBZMqHH6r4Tts7J_aSIgg",
}
FROM_A_BROWSER = {
    "door:phone-key": {"credential": PHONE_CREDENTIAL, "key": PHONE_KEY},
    "post:add-device": PUSHED,
}


@dataclass
class Writing:
    """Fills fields: `words` for whatever takes words, and the true name and passphrase where those are asked for."""

    words: Callable[[str, Field], str]
    name: str
    passphrase: str = PASSPHRASE
    next_passphrase: str = "seven slow herons over the cold mill pond"
    next_name: str = "Alice by the mill"
    code: str = "0000-0000-0000-0000-0000-0000-0000-0000-0000"
    written: dict[tuple[str, str], list[str]] = field(default_factory=dict)  # (address, field) -> what was written

    def __call__(self, address: str, one: Field) -> str | None:
        """Return what to write into one field of the form that leads to an address, or None to leave it."""
        told = self._told(address, one.name)
        if told is not None:
            return told
        if one.kind == "hidden" and kind_of(address, one.name) != WORDS:
            return None
        if kind_of(address, one.name) == CLEAR:
            return one.value
        words = self.words(address, one)
        self.written.setdefault((address, one.name), []).append(words)
        return words

    def _told(self, address: str, name: str) -> str | None:
        if name == "passphrase":
            return self.passphrase
        if name == "own":
            return self.next_passphrase
        if name == "name" and address == "door:name":
            return self.next_name
        if name == "name" and address == "door:unlock":
            return self.name
        if address in FROM_A_BROWSER:
            return FROM_A_BROWSER[address].get(name)
        return self.code if name == "code" else None
