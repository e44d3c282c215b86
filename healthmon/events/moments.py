"""This is the place for moments that stand as text where anything may: in a context, in an id."""

from datetime import datetime


def moment_of(said: object) -> datetime | None:
    """The moment that RFC 3339 text tells; None for what is no such text, or tells no zone."""
    try:
        told = datetime.fromisoformat(said) if isinstance(said, str) else None
    except ValueError:
        return None
    return told if told is not None and told.tzinfo is not None else None
