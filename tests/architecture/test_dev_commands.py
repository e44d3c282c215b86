"""dev.py says what to do next, is quick when there is nothing to do, and leaves nothing running."""

import ast
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from devtools import environment, machine, running
from devtools.trouble import Trouble
from devtools.verbs import VERBS, main
from tests.architecture.house import ROOT

CHILD = "import os, threading; print(os.getpid(), flush=True); threading.Event().wait()"
PARENT = f"""
import os, pathlib, signal, sys
sys.path.insert(0, {str(ROOT / ".ci")!r})
from devtools import running

# As in a terminal: whoever runs the suite in the background lets it inherit that Ctrl-C is ignored.
signal.signal(signal.SIGINT, signal.default_int_handler)

running.end_on_sigterm()
child = [sys.executable, "-c", {CHILD!r}]
if sys.argv[1] == "run":
    running.run(child, env=os.environ, cwd=pathlib.Path("."))
else:
    running.listen(child, env=os.environ, cwd=pathlib.Path("."), hear=lambda line: print(line, flush=True))
"""


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An environment module that believes in another checkout."""
    for name, place in (
        ("ROOT", "."),
        ("VENV", ".venv"),
        ("LOCK", "requirements.lock"),
        ("STAMP", ".venv/stamp"),
    ):
        monkeypatch.setattr(environment, name, tmp_path / place)
    monkeypatch.setattr(environment, "PYTHON", Path(sys.executable))
    (tmp_path / ".venv").mkdir()
    (tmp_path / "requirements.lock").write_text("a==1\n")
    (tmp_path / "pyproject.toml").write_text("[project]\n")
    return tmp_path


def test_dev_py_parses_on_the_oldest_python_3() -> None:
    text = (ROOT / "dev.py").read_text(encoding="utf-8")

    assert ast.parse(text, feature_version=(3, 4))


def test_devtools_need_nothing_but_the_standard_library() -> None:
    allowed = set(sys.stdlib_module_names) | {"devtools"}
    imported = {
        alias.name.partition(".")[0]
        if isinstance(node, ast.Import)
        else (node.module or "").partition(".")[0]
        for path in (ROOT / ".ci" / "devtools").glob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    }

    assert imported - allowed == set()


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_has_help_with_an_example(
    verb: str, capsys: pytest.CaptureFixture[str], checkout: Path
) -> None:
    code = main([verb, "--help"])

    assert (code, f"example: python3 dev.py {verb}" in capsys.readouterr().out) == (0, True)


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (["tset"], "dev.py: there is no verb 'tset'; did you mean test?\n"),
        (["check", "--mutant"], "dev.py: unknown option '--mutant'; did you mean --mutants?\n"),
        (["setup", "now"], "dev.py: unknown option 'now'; it takes none\n"),
        (["run"], "dev.py: run what? for example: python3 dev.py run healthmon doctor\n"),
    ],
)
def test_a_wrong_word_is_answered_in_one_line(
    words: list[str], line: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code = main(words)

    assert (code, capsys.readouterr().err) == (2, line)


def test_an_environment_is_ready_until_its_lock_changes(checkout: Path) -> None:
    before = environment.is_ready()
    environment.STAMP.write_text(environment._stamp())
    stamped = environment.is_ready()
    environment.LOCK.write_text("a==2\n")

    assert (before, stamped, environment.is_ready()) == (False, True, False)


def test_a_checkout_that_was_moved_is_not_ready(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    environment.STAMP.write_text(environment._stamp())
    moved = checkout.rename(checkout.with_name("moved"))
    for name in ("VENV", "LOCK", "STAMP"):
        monkeypatch.setattr(environment, name, moved / getattr(environment, name).relative_to(checkout))
    monkeypatch.setattr(environment, "ROOT", moved)

    assert not environment.is_ready()


@pytest.mark.parametrize(
    ("said", "cure"),
    [
        (
            "ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device",
            "the disk is full",
        ),
        ("Temporary failure in name resolution", "no network"),
        (
            "ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.",
            "if you use a mirror, check it",
        ),
        ("ERROR: No matching distribution found for pyside6", "no wheel fits"),
    ],
)
def test_pip_s_trouble_is_told_with_its_cure(said: str, cure: str) -> None:
    assert cure in environment._cure(["Collecting a", said, "more of it"])


def test_without_root_the_one_line_is_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(shutil, "which", lambda name: f"bin/{name}" if name in {"apt-get", "sudo"} else None)
    monkeypatch.setattr(machine, "_libraries", lambda: set(machine.QT) - {"libEGL.so.1"})
    monkeypatch.setattr(machine, "has_display", lambda: False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.setattr(machine, "CERTIFICATES", ROOT / "dev.py")
    monkeypatch.setattr(os, "geteuid", lambda: 1000)

    with pytest.raises(Trouble) as told:
        machine.provide()

    line = "sudo sh -c 'apt-get update && apt-get install -y --no-install-recommends libegl1'"
    assert (told.value.code, str(told.value).partition("repeat: ")[2]) == (2, line)


def test_a_display_needs_more_than_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.setattr(machine, "_libraries", lambda: set(machine.QT))

    assert len(machine.missing(display=True)) == len(machine.missing(display=False)) + len(machine.DISPLAY)


@pytest.mark.skipif(os.name != "posix", reason="signals as POSIX has them")
@pytest.mark.parametrize("how", ["run", "listen"])
@pytest.mark.parametrize("kind", [signal.SIGINT, signal.SIGTERM])
def test_whatever_ends_dev_py_ends_what_it_started(how: str, kind: signal.Signals) -> None:
    command = [sys.executable, "-c", PARENT, how]
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=env
    ) as parent:
        assert parent.stdout is not None
        grandchild = int(parent.stdout.readline())
        parent.send_signal(kind)
        parent.wait(timeout=20)

    with pytest.raises(ProcessLookupError):
        os.kill(grandchild, 0)


def test_a_command_that_is_not_there_is_told_in_one_line() -> None:
    with pytest.raises(Trouble, match="cannot run no-such-program: No such file or directory"):
        running.run(["no-such-program"], env=os.environ, cwd=ROOT)
