"""Two invented people with six lively months, so that anyone can look around in a minute."""
