"""What the documents say of the house is so."""

import ast
import re
from pathlib import Path

from tests.architecture.house import NOT_OURS, ROOT
from tests.mutants.stored import read

DECISIONS = ROOT / "docs" / "decisions"
LONGEST_DECISION = 30  # lines
TREE = re.compile(r"^```\w*\n(healthmon/.*?)^```", re.MULTILINE | re.DOTALL)
LINE = re.compile(r"^(?P<indent> *)(?P<name>[\w.-]+/?)(?=\s|$)")
TEST = re.compile(r"(tests/[\w/]+\.py)::([\w:]+)")


def told_tree() -> dict[Path, set[str]]:
    """Each folder of the tree in ARCHITECTURE.md that has something below it, and what."""
    found = TREE.search((ROOT / "docs" / "ARCHITECTURE.md").read_text(encoding="utf-8"))
    assert found, "docs/ARCHITECTURE.md has no fenced tree that starts with healthmon/"
    below: dict[Path, set[str]] = {}
    above: list[tuple[int, Path]] = [(-1, ROOT)]
    for line in filter(None, map(LINE.match, found.group(1).splitlines())):
        depth = len(line["indent"])
        while above[-1][0] >= depth:
            above.pop()
        below.setdefault(above[-1][1], set()).add(line["name"])
        above.append((depth, above[-1][1] / line["name"]))
    return below


def real_below(folder: Path, told: set[str]) -> set[str]:
    """The folders there, and the files if the tree tells any file there."""
    inside = [
        path
        for path in folder.iterdir()
        if path.name not in NOT_OURS and not path.name.startswith((".", "__"))
    ]
    found = {f"{path.name}/" for path in inside if path.is_dir() and any(path.rglob("*"))}
    if any(name.endswith(".py") for name in told):
        found |= {path.name for path in inside if path.suffix == ".py"}
    return found


def test_the_tree_in_the_architecture_is_the_tree_on_disk() -> None:
    told = told_tree()

    assert told == {folder: real_below(folder, names) for folder, names in told.items()}


def test_the_tree_tells_every_room() -> None:
    assert {ROOT, ROOT / "healthmon"} <= told_tree().keys()


def test_every_promise_names_a_test_that_exists() -> None:
    rows = promised()
    lost = [
        f"{file}::{test}"
        for _, tests in rows
        for file, test in tests
        if test.split("::")[-1] not in functions(ROOT / file)
    ]

    assert (len(rows) > 0, lost) == (True, [])


def test_no_promise_is_without_a_test() -> None:
    assert [promise for promise, tests in promised() if not tests] == []


def promised() -> list[tuple[str, list[tuple[str, str]]]]:
    """Each row of a table in PROMISES.md: the promise, and the tests it names."""
    text = (ROOT / "docs" / "PROMISES.md").read_text(encoding="utf-8")
    rows = [line.strip().strip("|") for line in text.splitlines() if line.startswith("|")]
    body = [
        row
        for row in rows
        if not re.fullmatch(r"[\s:|-]+", row) and not row.lower().lstrip().startswith("promise")
    ]
    return [(row.partition("|")[0].strip(), TEST.findall(row)) for row in body]


def functions(path: Path) -> set[str]:
    """The names of all tests in a file; none when there is no such file."""
    if not path.is_file():
        return set()
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}


def test_every_decision_is_short() -> None:
    lengths = {
        path.name: len(path.read_text(encoding="utf-8").splitlines()) for path in DECISIONS.glob("*.md")
    }

    assert {name: length for name, length in lengths.items() if length > LONGEST_DECISION} == {}


def test_decisions_are_numbered_once() -> None:
    names = [path.name for path in DECISIONS.glob("*.md")]
    numbers = [name[:4] for name in names if re.fullmatch(r"\d{4}-[a-z0-9-]+\.md", name)]

    assert (len(numbers), len(set(numbers))) == (len(names), len(names))


def test_every_hazard_has_a_break_that_is_stored() -> None:
    text = (ROOT / "docs" / "HAZARDS.md").read_text(encoding="utf-8")
    rows = [line for line in text.splitlines() if line.startswith("| ")][1:]
    stored = {mutant.name for mutant in read()}

    named = [set(re.findall(r"`([a-z-]+)`", row.split(" | ")[-1])) for row in rows]

    assert len(rows) >= 14
    assert all(names and names <= stored for names in named)
