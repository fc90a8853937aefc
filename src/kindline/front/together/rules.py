"""Ways to leave a shared space, and how much of what waits stands there at once. Pure."""

KEEP, LEAVE_THERE, WITHDRAW = "keep", "leave", "withdraw"
MOST_WAITING = 3
