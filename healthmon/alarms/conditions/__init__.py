"""What a row's limit is held against: one small class for each kind, that says of a reading where it lies."""

from healthmon.alarms.classes import Kind
from healthmon.alarms.conditions.condition import Condition
from healthmon.alarms.conditions.fall import Fall
from healthmon.alarms.conditions.limit import Limit
from healthmon.alarms.conditions.median import Median
from healthmon.alarms.conditions.usual import Usual
from healthmon.alarms.usual import Days

__all__ = ["Condition", "condition"]


def condition(kind: Kind, days: Days) -> Condition:
    """A fresh one, for one alarm of one person. `days` is what is usual for them."""
    match kind:
        case Kind.FALL:
            return Fall()
        case Kind.MEDIAN:
            return Median()
        case Kind.USUAL:
            return Usual(days)
        case Kind.LIMIT:
            return Limit()
