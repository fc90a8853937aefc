"""An invented person with six lively months, so that anyone can look around in a minute."""
