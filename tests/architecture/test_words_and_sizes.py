"""How our code reads: sizes, names, and what is never written down."""

import ast
import re
from pathlib import Path

import pytest

from devtools.budgets import EXCEPTIONS, over_budget
from tests.architecture.house import ROOT, files, modules, texts

HERE = Path(__file__).relative_to(ROOT).as_posix()
CODE = ("healthmon", "devices", ".ci/devtools", "tests")
NAMES_THAT_SAY_NOTHING = {"util", "utils", "helper", "helpers", "common", "manager", "managers", "misc"}
UNFINISHED = re.compile(r"\b(TODO|FIXME)\b")
ONE_MACHINE = re.compile(
    r"(?<![\w.<>])/(work|tmp|root|home|opt)/\w|\bp[y]pi[.]org|python[h]osted|\bdeb[.]debian[.]"
)
SLEEPS = {"time.sleep", "sleep", "asyncio.sleep", "QTest.qSleep"}


def test_every_tail_budget_is_kept() -> None:
    assert over_budget() == []


def test_every_exception_has_a_reason() -> None:
    assert all(len(reason) > 20 for reason in EXCEPTIONS.values())


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("x = 1\n" * 301, "healthmon/long.py: 301 lines, budget 300"),
        ("def f():\n" + "    x = 1\n" * 40, "healthmon/long.py::f: 41 lines, budget 40"),
        ("def f(a, b, c, *, d, e, g):\n    pass\n", "healthmon/long.py::f: 6 arguments, budget 5"),
        ("def f(a):\n" + "    if a: pass\n" * 8, "healthmon/long.py::f: complexity 9, budget 8"),
        ("def f(:\n", "healthmon/long.py: line 1 does not parse: invalid syntax"),
    ],
)
def test_what_is_over_budget_is_found(tmp_path: Path, text: str, finding: str) -> None:
    (tmp_path / "healthmon").mkdir()
    (tmp_path / "healthmon" / "long.py").write_text(text)

    assert over_budget(tmp_path, {}) == [finding]


def test_an_exception_excuses_and_an_idle_one_is_found(tmp_path: Path) -> None:
    (tmp_path / "healthmon").mkdir()
    (tmp_path / "healthmon" / "long.py").write_text("x = 1\n" * 301)

    found = over_budget(tmp_path, {"healthmon/long.py": "generated", "healthmon/short.py": "was long once"})

    assert found == ["healthmon/short.py: needs no exception any more"]


def test_no_module_has_a_name_that_says_nothing() -> None:
    words = {name: set(re.split(r"[/_.]", name)) for name, _ in modules(*CODE)}

    assert [name for name, parts in words.items() if parts & NAMES_THAT_SAY_NOTHING] == []


def test_no_class_has_a_name_that_says_nothing() -> None:
    vague = re.compile(r"(Manager|Helper|Utils?|Common|Misc)$")
    classes = [
        (name, node.name)
        for name, tree in modules(*CODE)
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
    ]

    assert [found for found in classes if vague.search(found[1])] == []


def test_every_module_says_what_it_is_for() -> None:
    silent = [
        name for name, tree in modules("healthmon", "devices", ".ci/devtools") if not ast.get_docstring(tree)
    ]

    assert [
        name for name in silent if not name.endswith("__init__.py") or "def " in (ROOT / name).read_text()
    ] == []


def test_every_folder_with_code_is_a_package() -> None:
    folders = {path.parent for path in files() if path.suffix == ".py" and path.parent != ROOT}

    assert [
        folder.relative_to(ROOT).as_posix()
        for folder in sorted(folders)
        if not (folder / "__init__.py").exists()
    ] == []


def test_nothing_is_left_for_later() -> None:
    assert [name for name, text in texts() if name != HERE and UNFINISHED.search(text)] == []


def test_nothing_names_one_machine_or_an_index() -> None:
    found = [
        (name, match.group())
        for name, text in texts()
        if name != HERE and (match := ONE_MACHINE.search(text))
    ]

    assert found == []


def test_no_test_sleeps() -> None:
    calls = [
        (name, node.lineno, ast.unparse(node.func))
        for name, tree in modules("tests")
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
    ]

    assert [call for call in calls if call[2] in SLEEPS] == []


def test_no_type_is_ignored_without_a_reason() -> None:
    bare = re.compile(r"# type: ignore(?!\[[\w, -]+\] +#)|# noqa(?!: [A-Z])")
    found = [
        f"{name}:{number}"
        for name, text in texts()
        if name.endswith(".py") and name != HERE
        for number, line in enumerate(text.splitlines(), 1)
        if bare.search(line)
    ]

    assert found == []
