"""What a person's own page of settings holds. Sealed: the server knows nobody's name."""

from kindline.ground.vault.sealing import Shape


class Profile(Shape, frozen=True, kw_only=True):
    """How somebody wants to be called and shown things."""

    name: str
    language: str = "en"
    time_zone: str = "UTC"
    theme: str = ""
    idle_minutes: int = 10
    hours: int = 24  # on the clock face: 24 or 12
