"""Ways to leave a shared space. Pure."""

KEEP, LEAVE_THERE, WITHDRAW = "keep", "leave", "withdraw"
MOST_WAITING = 3
