"""This is the place for what the broker turned away before we could hear it: refused aloud all the same."""

from collections.abc import Iterable, Iterator

from healthmon.broker import Problem, ProblemKind
from healthmon.events import Message, Refusal, Rejected

_REASONS = {
    ProblemKind.NOT_PERMITTED: Refusal.NOT_ALLOWED,
    ProblemKind.WHITE_SPACE: Refusal.UNKNOWN_TOPIC,
    ProblemKind.NOT_TEXT: Refusal.NOT_UTF8,
    ProblemKind.TOO_LARGE: Refusal.TOO_LARGE,
}
MOST = 50  # refusals of one kind and client in one look: a device gone mad does not fill the log with itself


class TurnedAway:
    """Turns the broker's counts into refusals, each once; the broker's own troubles are none."""

    def __init__(self) -> None:
        self._counted: dict[tuple[ProblemKind, str, str, object], int] = {}

    def fresh(self, problems: Iterable[Problem]) -> list[Rejected]:
        """What was turned away since the last call: topic and client are known, the payload is not."""
        told = list(problems)
        fresh = [rejected for problem in told for rejected in self._of(problem)]
        known = {_key(problem) for problem in told}
        self._counted = {key: count for key, count in self._counted.items() if key in known}
        return fresh

    def _of(self, problem: Problem) -> Iterator[Rejected]:
        reason = _REASONS.get(problem.kind)
        if reason is None:
            return
        key = _key(problem)
        before = self._counted.get(key, 0)
        self._counted[key] = problem.count
        topic = problem.detail if problem.kind is ProblemKind.NOT_PERMITTED else ""
        for _ in range(min(MOST, problem.count - before)):
            yield Rejected(Message(topic=topic, payload=b""), reason, problem.cure)


def _key(problem: Problem) -> tuple[ProblemKind, str, str, object]:
    return (problem.kind, problem.client, problem.detail, problem.first)
