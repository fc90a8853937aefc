"""What is said when something cannot be done just now."""


class Refused(Exception):  # noqa: N818 - what is the case
    """It was not done, and nothing was changed; carries a sentence fit for a person."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence
