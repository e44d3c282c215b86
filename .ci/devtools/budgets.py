"""This is the place for how long and how tangled code may be: the tail budgets, measured on the syntax tree.

Long files and functions are reviewed when they are first met; what the review lets stand is in EXCEPTIONS,
with its reason. The list is meant to be empty. Unlike ruff, which counts the same, this heeds no noqa.
"""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HOUSE = ("healthmon", "devices", ".ci/devtools", "tests", "dev.py")
FILE_LINES = 300
FUNCTION_LINES = 40
COMPLEXITY = 8
ARGUMENTS = 5

# "path" or "path::function": why a reviewer let it stand.
EXCEPTIONS: dict[str, str] = {}

Function = ast.FunctionDef | ast.AsyncFunctionDef
BRANCHES = (ast.If, ast.For, ast.AsyncFor, ast.While, ast.ExceptHandler, ast.match_case)


def over_budget(root: Path = ROOT, exceptions: dict[str, str] = EXCEPTIONS) -> list[str]:
    """What is over its budget below `root`, one line each; and exceptions that excuse nothing any more."""
    found = [
        finding for path in _files(root) for finding in _findings(path, path.relative_to(root).as_posix())
    ]
    told = [f"{where}: {what}" for where, what in found if where not in exceptions]
    idle = exceptions.keys() - {where for where, _ in found}
    return told + [f"{where}: needs no exception any more" for where in sorted(idle)]


def _files(root: Path) -> Iterator[Path]:
    for name in HOUSE:
        place = root / name
        yield from sorted(place.rglob("*.py")) if place.is_dir() else [place] if place.exists() else []


def _findings(path: Path, name: str) -> Iterator[tuple[str, str]]:
    text = path.read_text(encoding="utf-8")
    if (lines := len(text.splitlines())) > FILE_LINES:
        yield name, f"{lines} lines, budget {FILE_LINES}"
    try:
        tree = ast.parse(text, name)
    except SyntaxError as error:
        yield name, f"line {error.lineno} does not parse: {error.msg}"
        return
    for function in ast.walk(tree):
        if isinstance(function, Function) and (reasons := list(_reasons(function, name))):
            yield f"{name}::{function.name}", "; ".join(reasons)


def _reasons(function: Function, name: str) -> Iterator[str]:
    lines = (function.end_lineno or function.lineno) - function.lineno + 1
    if lines > FUNCTION_LINES:
        yield f"{lines} lines, budget {FUNCTION_LINES}"
    if (tangle := complexity(function)) > COMPLEXITY:
        yield f"complexity {tangle}, budget {COMPLEXITY}"
    # A test is handed its fixtures by name: there the number of arguments says nothing.
    if (taken := _arguments(function)) > ARGUMENTS and not name.startswith("tests/"):
        yield f"{taken} arguments, budget {ARGUMENTS}"


def complexity(function: Function) -> int:
    """How many ways lead through it: McCabe's number."""
    return 1 + sum(isinstance(node, BRANCHES) for child in function.body for node in _own(child))


def _own(node: ast.AST) -> Iterator[ast.AST]:
    """The node and all below it, but not functions inside: they are measured by themselves."""
    yield node
    if not isinstance(node, Function | ast.Lambda):
        for child in ast.iter_child_nodes(node):
            yield from _own(child)


def _arguments(function: Function) -> int:
    given = function.args
    names = [argument.arg for argument in (*given.posonlyargs, *given.args, *given.kwonlyargs)]
    return len(names) - (names[:1] in (["self"], ["cls"]))


def main() -> int:
    """Print what is over budget; 1 if anything is."""
    findings = over_budget()
    for finding in findings:
        print(finding)
    print(f"budgets: {len(findings)} over" if findings else "budgets: all kept")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
