"""This is the place for how long people may take, and be left alone: every number of answers and calls.

Where no source is named a number is our choice.
"""

from datetime import timedelta
from types import MappingProxyType
from typing import Final

from healthmon.alarms.classes import LONGEST_SNOOZE, Priority
from healthmon.alarms.episode import JOINS_WITHIN

__all__ = [
    "ANSWER_LASTS",
    "BETWEEN_ROUNDS",
    "CALLS_APART",
    "FLOOR_SEEN_FOR",
    "FORGOTTEN_AFTER",
    "JOINS_WITHIN",
    "LONGEST_PAUSE",
    "LONGEST_SNOOZE",
    "LONGEST_TAKE",
    "MOST_ALARMS",
    "MOST_BLIND_ROUNDS",
    "MOST_CONTACTS",
    "MOST_PENDING",
    "TAKEN_FOR",
    "TEST_EVERY",
    "UNANSWERED",
]

# Unanswered for so long, the next contact is called. A priority that is not here neither calls nor sounds.
UNANSWERED: Final = MappingProxyType(
    {Priority.HIGH: timedelta(minutes=2), Priority.MEDIUM: timedelta(minutes=10)}
)
BETWEEN_ROUNDS: Final = timedelta(minutes=10)  # after everybody was called once, and so on
# Once the signal is lost everybody is called so often again; then the sound goes on, and no more messages.
MOST_BLIND_ROUNDS: Final = 6
CALLS_APART: Final = timedelta(minutes=1)  # two to one contact about one episode, unless it became worse

TAKEN_FOR: Final = timedelta(minutes=10)  # "Anna is going", where she did not say how long
LONGEST_TAKE: Final = timedelta(minutes=30)
# Who has seen a high alarm at ten did not say that all night long it may come and go unheard.
ANSWER_LASTS: Final = timedelta(minutes=30)
# Bedside monitors pause for 2 min (Masimo, Nonin); 10 at most is our choice, for a home has nobody else.
LONGEST_PAUSE: Final = timedelta(minutes=10)
# Beyond the critical floor even who is there is asked again: as long as bedside monitors pause.
FLOOR_SEEN_FOR: Final = timedelta(minutes=2)
# An alarm that nothing was heard of for a day, when a recorder starts, calls nobody out of bed.
FORGOTTEN_AFTER: Final = timedelta(hours=24)

TEST_EVERY: Final = timedelta(days=7)  # the word: a weekly test message is offered

# More than a home ever has; so a log gone wrong fills no memory, and no moment lasts for long. What is over
# goes first, then the least urgent, of those what is answered, then the oldest.
MOST_ALARMS: Final = 200
MOST_PENDING: Final = 200
MOST_CONTACTS: Final = 50  # as many as the file of contacts may hold
