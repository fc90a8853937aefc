"""What came of trying to reach somebody."""

from datetime import timedelta
from typing import Literal, NamedTuple

How = Literal["sent", "gone", "later", "refused"]


class Outcome(NamedTuple):
    """How a try ended: it arrived, nobody is there any more, later perhaps, or never like this."""

    how: How
    wait: timedelta = timedelta(0)  # asked for by the other side


SENT = Outcome("sent")
GONE = Outcome("gone")
LATER = Outcome("later")
REFUSED = Outcome("refused")
