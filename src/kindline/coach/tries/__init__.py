"""Tries: the same thing said so that it can be heard, in the person's own words where the form allows."""
