"""The layers of the house hold, and the contracts that say so can fail."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

LINT = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"

BREACHES = {
    "a room imports upwards": (
        "healthmon/log/breach.py",
        "from healthmon import view",
        "Rooms import only downwards",
    ),
    "siblings import each other": (
        "healthmon/rules/breach.py",
        "from healthmon import alarms",
        "Rooms import only downwards",
    ),
    "a room nobody declared": ("healthmon/attic.py", "", "Rooms import only downwards"),
    "Qt outside gui": ("healthmon/view/breach.py", "import PySide6.QtCore", "Qt only in gui"),
    "MQTT outside mqtt": ("healthmon/pipeline/breach.py", "import paho.mqtt.client", "MQTT clients only in"),
    "scikit-learn outside training": (
        "healthmon/advice/breach.py",
        "import sklearn.tree",
        "scikit-learn only in",
    ),
    "JSON outside events": ("healthmon/log/breach.py", "import json", "JSON only in events"),
    "Parquet outside archive": (
        "healthmon/log/breach.py",
        "import pyarrow.parquet",
        "Parquet only in archive",
    ),
    "a device knows the log": (
        "devices/breach.py",
        "import healthmon.log",
        "Devices know the sentence and the clock",
    ),
    "the product knows the devices": (
        "healthmon/app/breach.py",
        "import devices",
        "healthmon never imports devices",
    ),
    "the window knows the log": (
        "healthmon/view/breach.py",
        "import healthmon.log",
        "The window never reaches",
    ),
    "gui knows the rules": ("healthmon/gui/breach.py", "import healthmon.rules", "gui sees view, events"),
}


def lint(tree: Path) -> str:
    """What import-linter says of the tree."""
    env = {**os.environ, "PYTHONPATH": str(tree), "PYTHONDONTWRITEBYTECODE": "1", "COLUMNS": "200"}
    command = [sys.executable, "-c", LINT]
    return subprocess.run(command, cwd=tree, env=env, capture_output=True, text=True, check=False).stdout


@pytest.fixture(scope="module")
def copy(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The packages and their contracts, to be breached."""
    tree = tmp_path_factory.mktemp("house")
    for package in ("healthmon", "devices"):
        shutil.copytree(root / package, tree / package, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(root / "pyproject.toml", tree)
    return tree


def test_every_contract_is_kept(root: Path) -> None:
    said = lint(root)

    assert ", 0 broken" in said, said


@pytest.mark.parametrize("breach", BREACHES)
def test_a_breach_is_found(copy: Path, breach: str) -> None:
    where, line, contract = BREACHES[breach]
    (copy / where).write_text(f"{line}\n")
    try:
        said = lint(copy)
    finally:
        (copy / where).unlink()

    assert any(found.startswith(contract) and "BROKEN" in found for found in said.splitlines()), said
