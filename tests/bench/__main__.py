"""This is the place for `python -m tests.bench [NAME] [--json]`: measure, and say what was found."""

import json
import sys
from importlib import import_module
from pathlib import Path

from devtools import running
from devtools.trouble import Trouble, did_you_mean
from tests.bench.report import Figure, ReportError, table

FOLDER = Path(__file__).parent


def known() -> dict[str, str]:
    """Name to module, for every bench_NAME.py."""
    return {
        path.stem.removeprefix("bench_"): f"tests.bench.{path.stem}"
        for path in sorted(FOLDER.glob("bench_*.py"))
    }


def chosen(names: list[str]) -> list[str]:
    """The modules asked for: all of them when none is named."""
    modules = known()
    for name in names:
        if name not in modules:
            raise Trouble(f"there is no measurement {name!r}; {did_you_mean(name, modules)}")
    return [modules[name] for name in names or modules]


def measured(module: str) -> list[Figure]:
    """What one measurement found."""
    return [Figure.of(told) for told in import_module(module).measure()]


def main(words: list[str]) -> int:
    """Print a table, or one JSON object a line; 1 when a measurement failed."""
    running.end_on_sigterm()
    names = [word for word in words if word != "--json"]
    figures: list[Figure] = []
    failed = False
    for module in chosen(names):
        print(f"measuring {module} ...", file=sys.stderr, flush=True)
        try:
            found = measured(module)
        except ReportError as error:
            print(f"{module}: {error}", file=sys.stderr)
            failed = True
            continue
        figures += found
        if "--json" in words:
            print("\n".join(json.dumps(figure.as_row()) for figure in found), flush=True)
    if "--json" not in words:
        print(table(figures))
    return int(failed)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except Trouble as trouble:
        print(f"bench: {trouble}", file=sys.stderr)
        sys.exit(trouble.code)
    except KeyboardInterrupt:
        sys.exit(130)
