"""This is the place for the words on the small figures."""

from typing import Final

from healthmon.view.words.numbers import counted

COFFEE_TODAY: Final = "Coffee today"
RESTING: Final = "Resting heart rate"
NONE_YET: Final = "none yet"
LOWEST: Final = "lowest 30 min of 24 h"
TOO_FEW: Final = "needs 4 hours of readings"


def cups(millilitres: float, *, is_shared: bool) -> str:
    """How much the kettle made, and that nobody said who drank it."""
    amount = f"{millilitres:,.0f} ml" if millilitres else ""
    return " · ".join(part for part in (amount, "household" if is_shared else "") if part) or counted(
        0, "ml", "ml"
    )
