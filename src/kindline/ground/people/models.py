"""People. The row says that there is somebody; who it is opens with their key only."""

from zoneinfo import ZoneInfo

from django.db import models
from django.utils.functional import cached_property

from kindline.ground.people.shapes import Profile
from kindline.ground.vault.circles import circles_of
from kindline.ground.vault.keyring import Keyring
from kindline.ground.vault.models import Account, SealedRecord, Session, SharedRecord


class Person(SealedRecord):
    """One human being with an account. On a request it also carries what only their own request may see."""

    keyring: Keyring
    profile: Profile
    session: Session

    @property
    def name(self) -> str:
        """Return what the person is called."""
        return self.profile.name

    @property
    def theme(self) -> str:
        """Return the chosen theme, or "" to follow the device."""
        return self.profile.theme

    @property
    def hours(self) -> int:
        """Return how many hours are on this person's clock face: 24 or 12."""
        return self.profile.hours

    @property
    def lock_after(self) -> int:
        """Return after how many seconds without a touch this device locks."""
        return self.profile.idle_minutes * 60

    @property
    def essentials(self) -> bool:
        """Say whether this person came by invitation and has not asked for more yet."""
        return self.profile.essentials

    @cached_property
    def is_alone(self) -> bool:
        """Say whether this person shares an open space with nobody."""
        return not any(one.is_open and one.others for one in circles_of(self.keyring))

    @property
    def zone(self) -> ZoneInfo:
        """Return the time zone this person lives in."""
        return ZoneInfo(self.profile.time_zone)


class Invitation(SealedRecord):
    """A one-time code on its way: what it opens, what its guest answered, what the host then gave."""

    lookup = models.CharField(max_length=64, unique=True, help_text="derived from the code; the code is nowhere")
    expires_at = models.DateTimeField()
    offer = models.BinaryField(help_text="opens with the code")
    guest = models.ForeignKey(Account, null=True, on_delete=models.CASCADE, related_name="+")
    answer = models.BinaryField(null=True, help_text="opens for the host")
    grant = models.BinaryField(null=True, help_text="opens for the guest")


class Guest(SealedRecord):
    """An invitation that this person accepted, until they are in."""

    invitation = models.OneToOneField(Invitation, on_delete=models.CASCADE, related_name="+")


class NewKeys(SharedRecord):
    """Somebody's new public keys, for the others of a circle to compare before they believe them."""
