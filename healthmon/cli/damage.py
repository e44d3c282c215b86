"""This is the place for telling of damage in the log while the rest of it is read."""

import sys

from healthmon.log import Damage


def tell(damage: Damage) -> None:
    """One line on standard error; what is whole is read on."""
    print(f"healthmon: {damage}; healthmon log verify says more", file=sys.stderr)
