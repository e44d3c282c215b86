"""This is the place for fuzzing that follows coverage: atheris keeps what reaches new code.

Run as `python -m tests.fuzz.guided LIBFUZZER-OPTIONS CORPUS`: it ends its process itself.
Half of the changes are ours, for bytes changed blindly are rarely JSON.
"""

import sys
from random import Random

import atheris  # type: ignore[import-untyped, import-not-found, unused-ignore]  # it ships no types

with atheris.instrument_imports(include=["healthmon"]):
    from tests.fuzz import promises

from tests.fuzz import seeds
from tests.fuzz.letters import closed, kept, opened
from tests.fuzz.mutate import Mutator


def try_one(letter: bytes) -> None:
    """Check the message in these bytes; a finding is kept in a file before it ends the process."""
    try:
        promises.check(opened(letter))
    except Exception:
        sys.stderr.write(f"\nfinding: {kept(letter)}\n")
        raise


def change(letter: bytes, longest: int, seed: int) -> bytes:
    """The letter, changed by sense or by bytes."""
    chance = Random(seed)
    if chance.random() < 0.5:
        changed: bytes = atheris.Mutate(letter, longest)
        return changed
    mutator = Mutator(seeds.own(), (), chance)
    return closed(mutator.changed(opened(letter)))[:longest]


def main() -> None:
    """Fuzz until libFuzzer's time is up."""
    atheris.Setup(sys.argv, try_one, custom_mutator=change)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
