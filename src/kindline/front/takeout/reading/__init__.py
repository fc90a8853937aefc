"""Reading files that somebody brings: what is in them, or why they can't be read. No Django, no clock, no disk."""
