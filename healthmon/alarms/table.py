"""This is the place for which alarms there are: the table, and nothing else rings of a body."""

from typing import Final

from healthmon.alarms.classes import Kind
from healthmon.alarms.heart import HEART
from healthmon.alarms.oxygen import OXYGEN

CLASSES: Final = (*OXYGEN, *HEART)

# Those whose limit each reading is held against: what a number on a screen can be compared with.
BY_LIMIT: Final = tuple(row for row in CLASSES if row.kind is Kind.LIMIT)
