"""What is said when something cannot be done just now."""

from django.utils.functional import Promise


class Refused(Exception):  # noqa: N818 - what is the case
    """It was not done, and nothing was changed; carries a sentence fit for a person, in their language."""

    def __init__(self, sentence: str | Promise) -> None:
        self.sentence = str(sentence)
        super().__init__(self.sentence)
