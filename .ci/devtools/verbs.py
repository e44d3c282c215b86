"""This is the place for what dev.py can do: each verb, its help, its example."""

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass

from devtools import environment, machine, running
from devtools.trouble import DO_SOMETHING_FIRST, Trouble, did_you_mean

INTERRUPTED = 130
NO_DISPLAY = 4  # as healthmon itself says it
CHECKS = {
    "lint": ["ruff", "check", "."],
    "format": ["ruff", "format", "--check", "."],
    "types": ["mypy"],
    "layers": ["lint-imports", "--no-logo"],
    "budgets": ["python", "-m", "devtools.budgets"],
    "licences": ["python", "-m", "devtools.third_party", "--check"],
}


@dataclass(frozen=True, slots=True)
class Verb:
    """Something dev.py does. `own` names a program whose own --help says the rest."""

    usage: str
    about: str
    example: str
    act: Callable[[list[str]], int]
    own: tuple[str, ...] = ()


def main(words: list[str]) -> int:
    """Do what the command line says; the exit code. Never a traceback for what a person can put right."""
    running.end_on_sigterm()
    try:
        return _dispatch(words)
    except Trouble as trouble:
        print(f"dev.py: {trouble}", file=sys.stderr)
        return trouble.code
    except KeyboardInterrupt:
        print("\ndev.py: stopped; repeat the command to go on", file=sys.stderr)
        return INTERRUPTED
    except OSError as error:
        where = f": {error.filename}" if error.filename else ""
        print(f"dev.py: {error.strerror}{where}; put that right and repeat", file=sys.stderr)
        return 1


def _dispatch(words: list[str]) -> int:
    if not words or words[0] in {"-h", "--help", "help"}:
        _overview()
        return 0 if words else DO_SOMETHING_FIRST
    name, *rest = words
    verb = VERBS.get(name)
    if verb is None:
        raise Trouble(f"there is no verb {name!r}; {did_you_mean(name, VERBS)}")
    if rest[:1] in (["--help"], ["-h"]):
        return _help(verb)
    return verb.act(rest)


def _overview() -> None:
    print("usage: python3 dev.py VERB [ARGS]      (VERB --help says more)\n")
    for name, verb in VERBS.items():
        print(f"  {name:12} {verb.about}")
    print("\nThe first call makes .venv from requirements.lock: python3 dev.py demo is all it takes.")


def _help(verb: Verb) -> int:
    print(f"usage: python3 dev.py {verb.usage}\n\n{verb.about}.\n\nexample: python3 dev.py {verb.example}")
    if verb.own and environment.is_ready():
        print(f"\n{' '.join(verb.own)}:\n", flush=True)
        return running.become(verb.own, environment.variables())
    return 0


def _demo(args: list[str]) -> int:
    if machine.has_display():
        machine.provide()  # the display may be newer than the environment
    env = environment.ready()
    can_draw = machine.has_display() or "QT_QPA_PLATFORM" in os.environ
    if not can_draw and not any(arg.startswith("--screenshot") for arg in args):
        raise Trouble(
            "all is ready, but there is no display here; python3 dev.py demo --screenshot demo.png plays "
            "30 s and saves a picture",
            code=NO_DISPLAY,
        )
    return running.become(["healthmon", "demo", *args], env)


def _test(args: list[str]) -> int:
    env = environment.ready()
    os.chdir(environment.ROOT)
    return running.become(["python", "-m", "pytest", *args], _offscreen(env))


def _check(args: list[str]) -> int:
    _only(args, {"--mutants"})
    steps = dict(CHECKS)
    if "--mutants" in args:
        steps["mutants"] = ["python", "-m", "tests.mutants"]
    env = _offscreen(environment.ready())
    failed = [name for name, command in steps.items() if not _passes(name, command, env)]
    if failed:
        print(f"check: failed: {', '.join(failed)}", file=sys.stderr)
        return 1
    print(f"check: {len(steps)} of {len(steps)} passed")
    return 0


def _passes(name: str, command: list[str], env: dict[str, str]) -> bool:
    print(f"== {name}: {' '.join(command)}", flush=True)
    program = environment.BIN / command[0]
    return running.run([str(program), *command[1:]], env=env, cwd=environment.ROOT) == 0


def _bench(args: list[str]) -> int:
    env = environment.ready()
    os.chdir(environment.ROOT)
    return running.become(["python", "-m", "tests.bench", *args], _offscreen(env))


def _fuzz(args: list[str]) -> int:
    env = environment.ready()
    os.chdir(environment.ROOT)
    return running.become(["python", "-m", "tests.fuzz", *args], _offscreen(env))


def _chaos(args: list[str]) -> int:
    env = environment.ready()
    os.chdir(environment.ROOT)
    return running.become(["python", "-m", "tests.chaos", *args], _offscreen(env))


def _run(args: list[str]) -> int:
    if not args:
        raise Trouble("run what? for example: python3 dev.py run healthmon doctor")
    return running.become(args, environment.ready())


def _setup(args: list[str]) -> int:
    _only(args, set())
    environment.ready()
    print(f"{environment.VENV} is ready")
    return 0


def _lock(args: list[str]) -> int:
    _only(args, {"--upgrade"})
    from devtools import lock

    lock.write(environment.ready(), upgrade="--upgrade" in args)
    return 0


def _third_party(args: list[str]) -> int:
    _only(args, {"--check"})
    env = environment.ready()
    os.chdir(environment.ROOT)
    return running.become(["python", "-m", "devtools.third_party", *args], env)


def _only(args: list[str], known: set[str]) -> None:
    for arg in args:
        if arg not in known:
            hint = did_you_mean(arg, known) if known else "it takes none"
            raise Trouble(f"unknown option {arg!r}; {hint}")


def _offscreen(env: dict[str, str]) -> dict[str, str]:
    env.setdefault("QT_QPA_PLATFORM", "offscreen")
    env.setdefault("OMP_NUM_THREADS", "1")
    return env


VERBS = {
    "demo": Verb(
        "demo [ARGS]",
        "Run everything on this machine: simulated devices, broker, recorder, window",
        "demo --for 30s --speed 60 --screenshot demo.png",
        _demo,
        ("healthmon", "demo", "--help"),
    ),
    "test": Verb("test [PYTEST ARGS]", "Run the tests, without a display", "test tests/unit -k log", _test),
    "check": Verb(
        "check [--mutants]",
        "Lint, format, types, layers, budgets, licences; --mutants: ten stored breaks must each be caught",
        "check --mutants",
        _check,
    ),
    "bench": Verb(
        "bench [NAME] [--json]",
        "Measure, and compare with a peer where there is one",
        "bench log --json",
        _bench,
    ),
    "fuzz": Verb(
        "fuzz [--minutes 10] [--messages 1000000] [--repeat FILE]",
        "Hunt for a message that breaks the parser: by chance, then guided by coverage; 1 when one was found",
        "fuzz --minutes 1 --messages 100000",
        _fuzz,
    ),
    "chaos": Verb(
        "chaos [--kills 200] [--seed N]",
        "Kill recorder, broker and devices at random, under load; 1 when anything acknowledged was lost",
        "chaos --kills 20 --seed 7",
        _chaos,
    ),
    "run": Verb("run COMMAND...", "Run anything inside the environment", "run healthmon doctor", _run),
    "setup": Verb("setup", "Make the environment and do nothing else", "setup", _setup),
    "lock": Verb(
        "lock [--upgrade]",
        "Write requirements.lock again from pyproject.toml; --upgrade moves to the newest releases",
        "lock --upgrade",
        _lock,
    ),
    "third-party": Verb(
        "third-party [--check]",
        "Write THIRD_PARTY.md from what is installed; --check only compares it with the lock",
        "third-party --check",
        _third_party,
    ),
}
