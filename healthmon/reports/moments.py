"""This is the place for moments as whole microseconds, which arrays can hold."""

from datetime import UTC, datetime, timedelta
from typing import Final

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)


def number_of(at: datetime) -> int:
    """This moment, counted from 1970."""
    return (at - _EPOCH) // _MICROSECOND


def moment_of(number: int) -> datetime:
    """The moment of that number, in UTC."""
    return _EPOCH + timedelta(microseconds=number)
