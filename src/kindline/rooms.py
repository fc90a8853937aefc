"""The rooms in the order of the practice: names only, no imports. Settings and addresses are built from here."""

GROUND = ("storage", "page", "clock", "vault", "people", "post", "coaching")
OURS = ("agreements", "rhythms", "pauses", "thanks", "negotiation")
MINE = ("needs", "calm", "journal", "drafts")
FRONT = ("care", "moment", "worker", "growth", "takeout", "calendar", "together", "today", "door")
WITHOUT_PAGES = {"worker"}
