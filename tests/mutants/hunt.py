"""This is the place for breaking a copy of the tree and seeing who notices.

The checkout is never touched. First the named tests must pass in the unbroken copy, or a failure would
prove nothing; then each break goes in alone and its own tests must fail, as tests: an import error or a hang
is not a catch.
"""

import os
import shutil
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from devtools import running
from tests.mutants.stored import Mutant, MutantError, apply

LIMIT = 300.0  # seconds one run of named tests may take
PASSED, FAILED = 0, 1  # pytest's exit codes; all others mean that it could not judge
NOT_COPIED = shutil.ignore_patterns(
    ".git", ".venv", "__pycache__", ".*_cache", ".hypothesis", "build", "dist"
)


class Hunt:
    """A copy of the tree at `root`, gone again when the `with` ends."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def __enter__(self) -> "Hunt":
        self._folder = TemporaryDirectory(prefix="healthmon-mutants-")
        place = Path(self._folder.name)
        self._tree = place / "main"
        shutil.copytree(self._root, self._tree, ignore=NOT_COPIED)
        if (shared := self._root.parent / "shared").is_dir():
            (place / "shared").symlink_to(shared)
        return self

    def __exit__(self, *_: object) -> None:
        self._folder.cleanup()

    def passes_unbroken(self, mutants: Sequence[Mutant]) -> str:
        """Empty when all named tests pass as things are, else why the hunt would prove nothing."""
        tests = sorted({test for mutant in mutants for test in mutant.tests})
        code = self._pytest(tests)
        return "" if code == PASSED else f"the named tests do not all pass without a break:\n{self._said()}"

    def escapes(self, mutant: Mutant) -> str:
        """Empty when the tests catch the break, else how it got away."""
        try:
            text = apply(mutant, self._tree)
        except MutantError as error:
            return str(error)
        try:
            code = self._pytest(mutant.tests)
        finally:
            (self._tree / mutant.file).write_text(text, encoding="utf-8")
        if code == FAILED:
            return ""
        how = {PASSED: "its tests pass all the same", None: f"its tests hang for {LIMIT:.0f} s"}
        return f"{mutant.name}: {how.get(code, f'pytest could not judge (exit {code})')}; {mutant.promise}"

    def _pytest(self, tests: Sequence[str]) -> int | None:
        command = [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-x",
            "--no-header",
            "-p",
            "no:cacheprovider",
            *tests,
        ]
        # No bytecode: two versions of a file within one second look the same to Python's cache.
        env = {**os.environ, "PYTHONPATH": str(self._tree), "PYTHONDONTWRITEBYTECODE": "1"}
        return running.record(command, env=env, cwd=self._tree, into=self._output, limit=LIMIT)

    @property
    def _output(self) -> Path:
        return self._tree.parent / "pytest.txt"

    def _said(self) -> str:
        return "\n".join(self._output.read_text(errors="replace").splitlines()[-15:])


def hunt(mutants: Sequence[Mutant], root: Path, say: Callable[[str], None]) -> list[str]:
    """Try every break; what got away, one line each. `say` hears about each as it is tried."""
    with Hunt(root) as copy:
        if why := copy.passes_unbroken(mutants):
            return [why]
        escaped: list[str] = []
        for mutant in mutants:
            how = copy.escapes(mutant)
            say(f"{'ESCAPED' if how else 'caught '} {mutant.name}: {mutant.promise}")
            escaped += [how] if how else []
    return escaped
