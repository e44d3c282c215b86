"""This is the place for `python -m tests.mutants [NAME...]`: try the stored breaks, all or the named ones."""

import sys
from pathlib import Path

from devtools import running
from devtools.trouble import did_you_mean
from tests.mutants.hunt import hunt
from tests.mutants.stored import MutantError, read

ROOT = Path(__file__).resolve().parents[2]


def main(names: list[str]) -> int:
    """0 when every break was caught, 1 when one got away, 2 when the question was wrong."""
    running.end_on_sigterm()
    try:
        mutants = {mutant.name: mutant for mutant in read()}
    except MutantError as error:
        print(f"mutants: {error}", file=sys.stderr)
        return 2
    for name in names:
        if name not in mutants:
            print(f"mutants: there is no break {name!r}; {did_you_mean(name, mutants)}", file=sys.stderr)
            return 2
    tried = [mutants[name] for name in names] or list(mutants.values())
    escaped = hunt(tried, ROOT, say=lambda line: print(line, flush=True))
    for line in escaped:
        print(f"mutants: {line}", file=sys.stderr)
    print(f"mutants: {len(tried) - len(escaped)} of {len(tried)} caught")
    return 1 if escaped else 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
