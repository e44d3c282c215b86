"""This is the place for what can go wrong while setting up, told in one line that says what to do next."""

from collections.abc import Iterable
from difflib import get_close_matches

DO_SOMETHING_FIRST = 2  # the exit code for "not started: you have to do something first"


class Trouble(Exception):  # noqa: N818 - it is what a person reads, and rarely an error of theirs
    """Nothing more can be done here; the message is one line with the cure. `code` becomes the exit code."""

    def __init__(self, message: str, *, code: int = DO_SOMETHING_FIRST) -> None:
        super().__init__(message)
        self.code = code


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """`did you mean test?`, or the whole choice when nothing is near."""
    choice = sorted(known)
    near = get_close_matches(word, choice, n=1, cutoff=0.5)
    return f"did you mean {near[0]}?" if near else f"choose from {', '.join(choice)}"
