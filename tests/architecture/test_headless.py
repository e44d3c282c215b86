"""Everything but the window runs without Qt, and nobody waits for scikit-learn who does not train."""

import os
import subprocess
import sys

import pytest

from tests.architecture.house import ROOT

WITHOUT_QT = """
import importlib, pkgutil, sys

class NoQt:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {"PySide6", "shiboken6", "pyqtgraph"}:
            raise ImportError(f"there is no {name} here")

sys.meta_path.insert(0, NoQt())
import healthmon
found = [module.name for module in pkgutil.walk_packages(healthmon.__path__, "healthmon.", onerror=print)]
for name in found:
    if name.split(".")[1] not in {"gui", "__main__"}:
        importlib.import_module(name)
print(len(found))
"""
LOADS = """
import importlib, pkgutil, sys

for package in sys.argv[1:]:
    module = importlib.import_module(package)
    for below in pkgutil.walk_packages(getattr(module, "__path__", []), f"{package}."):
        importlib.import_module(below.name)
print(*sorted({name.partition(".")[0] for name in sys.modules}))
"""


def python(program: str, *words: str) -> str:
    """What the program prints in a Python of its own; its error when it fails."""
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", program, *words]
    done = subprocess.run(command, env=env, cwd=ROOT, capture_output=True, text=True, check=False)
    return done.stdout if done.returncode == 0 else done.stderr


def test_everything_but_gui_can_be_imported_without_qt() -> None:
    said = python(WITHOUT_QT)

    assert said.strip().isdigit(), said


@pytest.mark.parametrize(
    ("package", "unwanted"),
    [
        ("healthmon.gui", {"sklearn", "scipy", "paho", "pyarrow"}),
        ("healthmon.cli.main", {"sklearn", "scipy", "numpy", "PySide6", "pyqtgraph", "pyarrow"}),
        ("healthmon.cli.log_show", {"sklearn", "scipy", "PySide6", "pyqtgraph", "pyarrow"}),
        ("healthmon.cli.window", {"sklearn", "scipy", "pyarrow"}),
        ("healthmon.app", {"sklearn", "scipy", "pyarrow"}),
        (
            "healthmon.app.recorder",
            {"sklearn", "scipy", "PySide6", "pyqtgraph", "pyarrow", "miniaudio", "apprise"},
        ),
        ("devices", {"sklearn", "scipy", "PySide6", "pyqtgraph", "pyarrow"}),
    ],
)
def test_nobody_loads_what_another_needs(package: str, unwanted: set[str]) -> None:
    loaded = set(python(LOADS, package).split())

    assert (package.partition(".")[0] in loaded, loaded & unwanted) == (True, set())
