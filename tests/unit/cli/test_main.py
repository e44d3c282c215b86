"""The first word: found, or told which one was meant."""

import pytest

from healthmon.cli.log import KINDS
from healthmon.cli.main import VERBS, main

OF_MANY_KINDS = {"log", "data", "alarms", "contacts", "sound"}


@pytest.mark.parametrize("verb", sorted(VERBS))
def test_every_verb_has_help_with_an_example(verb: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) if verb not in OF_MANY_KINDS else _nothing() as left:
        main([verb, "--help"])

    assert "example" in capsys.readouterr().out
    assert left is None or left.value.code == 0


def test_help_lists_every_verb(capsys: pytest.CaptureFixture[str]) -> None:
    main(["--help"])
    told = capsys.readouterr().out

    assert all(verb in told for verb in VERBS)


def test_a_typo_is_told_with_the_verb_that_was_meant(capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["reccord"])

    assert (code, "did you mean record?" in capsys.readouterr().err) == (2, True)


def test_a_typo_after_log_is_told_too(capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["log", "shwo"])

    assert (code, "did you mean show?" in capsys.readouterr().err) == (2, True)


class _nothing:  # noqa: N801  # a context that expects nothing
    def __enter__(self) -> None:
        return None

    def __exit__(self, *_: object) -> None:
        return None


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_verb_after_log_has_help_with_an_example(kind: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["log", kind, "--help"])

    assert ("example" in capsys.readouterr().out, left.value.code) == (True, 0)
