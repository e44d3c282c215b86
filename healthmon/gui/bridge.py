"""This is the place where the window's thread and a worker meet: "what if" is asked here, answered there."""

import sys
from collections.abc import Callable
from threading import Lock, Thread
from typing import TypeAlias

from PySide6.QtCore import QObject, Signal

from healthmon.errors import HealthmonError
from healthmon.view.limits_card import AskWhatIf, Outcome, Wish

ENDS_WITHIN = 5.0  # seconds of real time: a person's week is loaded in less
# WINDOW, section 4: with a busy Python thread beside it the window stutters at Python's usual 5 ms.
_SWITCH = 0.001

Question: TypeAlias = tuple[str, Wish]


class WhatIfBridge(QObject):
    """Asks on a thread of its own, one question at a time, and only the newest of those that wait.

    `answered` comes on the window's thread, with the question and its Outcome, or the sentence that says why
    there is none. The thread lives while there is a question, and no longer.
    """

    answered = Signal(object, object)  # Question, Outcome | str

    def __init__(self, ask: AskWhatIf) -> None:
        super().__init__()
        self._ask: Callable[[str, Wish], Outcome] = ask
        self._lock = Lock()
        self._waiting: Question | None = None
        self._thread: Thread | None = None

    def ask(self, person: str, wish: Wish) -> None:
        """Ask this as soon as the question before it is answered; one that waits is forgotten for it."""
        with self._lock:
            self._waiting = (person, wish)
            if self._thread is not None:
                return
            self._thread = Thread(target=self._work, name="what-if", daemon=True)
            self._thread.start()

    def end(self) -> None:
        """Ask nothing more; waits for the answer that is being made."""
        with self._lock:
            self._waiting, thread = None, self._thread
        if thread is not None:
            thread.join(ENDS_WITHIN)

    def _work(self) -> None:
        before = sys.getswitchinterval()
        sys.setswitchinterval(_SWITCH)
        try:
            while (question := self._next()) is not None:
                self.answered.emit(question, self._answer(question))
        finally:
            sys.setswitchinterval(before)

    def _next(self) -> Question | None:
        with self._lock:
            question, self._waiting = self._waiting, None
            if question is None:
                self._thread = None
            return question

    def _answer(self, question: Question) -> Outcome | str:
        try:
            return self._ask(*question)
        except HealthmonError as error:
            return str(error)
