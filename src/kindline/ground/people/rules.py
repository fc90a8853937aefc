"""What a person may choose about themself."""

from zoneinfo import available_timezones

NAME_LENGTH = 60  # characters
FORMER_AREAS = ("Etc/", "SystemV/", "posix/", "right/", "US/", "Brazil/", "Canada/", "Chile/", "Mexico/")


def time_zones() -> list[str]:
    """Return the names of the time zones that people choose from, places first of all."""
    return sorted(
        zone for zone in available_timezones() if zone == "UTC" or ("/" in zone and not zone.startswith(FORMER_AREAS))
    )


def may_join(join: str, *, anybody_here: bool) -> bool:
    """Say whether somebody without an invitation may make a place here: the first person always may."""
    return join == "open" or not anybody_here
