"""Which code made something: STARTS tells it, and a checkpoint of other code is none."""

from dataclasses import replace

from healthmon.app.keeping.versions import logic_version, versions, view_version
from healthmon.settings import RecorderSettings, RuleSettings, Settings, WindowSettings

SETTINGS = Settings()


def test_starts_carries_release_logic_rules_and_model() -> None:
    said = versions(SETTINGS)

    assert list(said) == ["healthmon", "model", "logic", "rules"]
    assert all(said.values())


def test_rule_settings_make_other_rules_and_another_logic() -> None:
    bolder = replace(SETTINGS, rules=RuleSettings(spike_rise=30.0))

    assert versions(bolder)["rules"] != versions(SETTINGS)["rules"]
    assert logic_version(bolder) != logic_version(SETTINGS)


def test_a_longer_memory_is_another_logic_by_the_same_rules() -> None:
    longer = replace(SETTINGS, recorder=RecorderSettings(remembered_ids=5))

    assert versions(longer)["rules"] == versions(SETTINGS)["rules"]
    assert logic_version(longer) != logic_version(SETTINGS)


def test_what_judges_nothing_changes_no_version() -> None:
    bright = replace(SETTINGS, window=WindowSettings(theme="light"))

    assert logic_version(bright) == logic_version(SETTINGS)


def test_a_version_can_stand_in_the_name_of_a_file() -> None:
    assert all(set(name) <= set("0123456789abcdef") for name in (logic_version(SETTINGS), view_version()))
