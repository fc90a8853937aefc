"""Lenses: what kind of saying the coach listens to, and which parts a full one would have."""

FULL = {
    "any": (),
    "boundary": ("need", "limit", "request", "offer"),
    "request": ("request",),
    "complaint": ("observation", "feeling", "request"),
    "pause": ("limit", "return-time"),
    "apology": ("ownership", "impact", "repair-change"),
    "response": ("validation",),
    "crossing": ("observation", "impact", "request"),
    "check-in": ("appreciation",),
}
LENSES = tuple(FULL)


def known(lens: str) -> str:
    """Return the lens itself; raise ValueError with the names there are when it is unknown."""
    if lens not in FULL:
        raise ValueError(f"There is no lens {lens!r}. There are: {', '.join(LENSES)}.")
    return lens
