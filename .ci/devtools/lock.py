"""This is the place for writing requirements.lock: every dependency and hash, for all systems and Pythons."""

import os
import re
import shutil
import subprocess

from devtools import environment, running
from devtools.trouble import Trouble

UV = "uv==0.13.9"
OLDEST_PYTHON = "3.11"
# Indexes of this machine must not decide what others install. A mirror of the whole index may.
LEAKS = ("UV_INDEX", "UV_EXTRA_INDEX_URL", "UV_FIND_LINKS", "UV_CONFIG_FILE", "UV_CONSTRAINT", "UV_OVERRIDE")
ADDRESS = re.compile(r"\w+://|file:|^\s*-", re.MULTILINE)


def write(env: dict[str, str], *, upgrade: bool) -> None:
    """Resolve pyproject.toml and its dev group anew. What is pinned stays pinned, unless `upgrade`."""
    command = [
        *_uv(env),
        *("--no-config", "pip", "compile", "pyproject.toml", "--group", "dev"),
        *("--universal", "--python-version", OLDEST_PYTHON, "--generate-hashes", "--only-binary", ":all:"),
        *("--no-emit-index-url", "--no-emit-find-links", "--custom-compile-command", "python3 dev.py lock"),
        *("--quiet", "--output-file", environment.LOCK.name),
        *(("--upgrade",) if upgrade else ()),
    ]
    clean = {key: value for key, value in env.items() if key not in LEAKS}
    if mirror := _mirror(env):
        clean.setdefault("UV_DEFAULT_INDEX", mirror)
    if running.run(command, env=clean, cwd=environment.ROOT) != 0:
        raise Trouble("uv could not resolve pyproject.toml; what it said is above", code=1)
    leak = ADDRESS.search(re.sub(r" *--hash=sha256:[0-9a-f]{64}", "", environment.LOCK.read_text()))
    if leak:
        raise Trouble(
            f"requirements.lock holds {leak.group()!r}, which is of this machine; do not commit it", code=1
        )
    print("requirements.lock is written; next: python3 dev.py third-party, then python3 dev.py test")


def _uv(env: dict[str, str]) -> list[str]:
    python = str(environment.PYTHON)
    if subprocess.run([python, "-m", "uv", "--version"], capture_output=True, check=False).returncode == 0:
        return [python, "-m", "uv"]
    if found := shutil.which("uv"):
        return [found]
    if running.run([python, "-m", "pip", "install", "--quiet", UV], env=env, cwd=environment.ROOT) != 0:
        raise Trouble(f"cannot install {UV}; install uv yourself and repeat", code=1)
    return [python, "-m", "uv"]


def _mirror(env: dict[str, str]) -> str:
    """The index the user told pip to use, if any: uv does not read pip's configuration."""
    if "PIP_INDEX_URL" in os.environ:
        return os.environ["PIP_INDEX_URL"]
    command = [str(environment.PYTHON), "-m", "pip", "config", "get", "global.index-url"]
    return subprocess.run(command, capture_output=True, text=True, env=env, check=False).stdout.strip()
