"""Flags win over environment, file and defaults; a wrong name is told with the nearest right one."""

import tomllib
from dataclasses import asdict
from pathlib import Path

import pytest

from healthmon.settings import Settings, SettingsError, load


def _file(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "settings.toml"
    path.write_text(text, "utf-8")
    return path


def test_the_manual_holds_every_setting_with_its_default(root: Path) -> None:
    manual = tomllib.loads((root / "resources" / "settings.toml").read_text("utf-8"))

    assert manual == asdict(Settings())


def test_a_file_changes_a_default(tmp_path: Path) -> None:
    assert load(environ={}, file=_file(tmp_path, "[rules]\nspike_rise = 30\n")).rules.spike_rise == 30.0


def test_the_environment_wins_over_the_file(tmp_path: Path) -> None:
    file = _file(tmp_path, "[broker]\nhome = 'farm'\n")

    assert load(environ={"HEALTHMON_BROKER_HOME": "flat"}, file=file).broker.home == "flat"


def test_a_switch_is_set_by_a_word(tmp_path: Path) -> None:
    off = load(environ={"HEALTHMON_ARCHIVE_AUTOMATIC": "False"}, file=_file(tmp_path, ""))

    assert not off.archive.automatic


def test_a_flag_wins_over_the_environment() -> None:
    settings = load({"broker.home": "attic"}, environ={"HEALTHMON_BROKER_HOME": "flat"})

    assert settings.broker.home == "attic"


def test_a_flag_that_was_not_given_changes_nothing() -> None:
    assert load({"broker.home": None}, environ={}) == Settings()


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("[rules]\nspike_rize = 30\n", "did you mean rules.spike_rise"),
        ("[recorder]\nqueue = 'many'\n", "a whole number"),
        ("[broker]\nhome = 3\n", "text in quotes"),
        ("[archive]\nautomatic = 'perhaps'\n", "true or false"),
        ("[archive]\nautomatic = 1\n", "true or false"),
        ("[broker\n", "cannot be read"),
        ("loud = 1\n", "outside"),
    ],
)
def test_a_wrong_setting_is_told_with_its_cure(tmp_path: Path, text: str, hint: str) -> None:
    with pytest.raises(SettingsError, match=hint):
        load(environ={}, file=_file(tmp_path, text))


def test_a_variable_of_ours_that_names_nothing_is_told() -> None:
    with pytest.raises(SettingsError, match="did you mean window"):
        load(environ={"HEALTHMON_WINDOW_THEM": "dark"})
