"""What the post keeps in the clear, because it works while everybody is locked."""
