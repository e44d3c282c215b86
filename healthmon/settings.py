"""This is the place for what the machine's owner may set: flags win over environment, file, defaults.

resources/settings.toml holds every key with its default and is the manual. Every key is also an environment
variable, HEALTHMON_<SECTION>_<KEY>. People, limits and duty are not settings: they are events in the log.
"""

import difflib
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeAlias

import platformdirs

from healthmon.errors import HealthmonError

Value: TypeAlias = str | int | float | bool


class SettingsReason(StrEnum):
    """Why the settings could not be read."""

    UNKNOWN = "unknown-setting"
    BAD_VALUE = "bad-value"
    BAD_FILE = "bad-file"


class SettingsError(HealthmonError):
    """A setting that does not exist or cannot mean what it says."""


@dataclass(frozen=True, slots=True)
class PathSettings:
    """Where things are kept."""

    data: str = ""  # empty: the user's data folder


@dataclass(frozen=True, slots=True)
class BrokerSettings:
    """Which broker the home speaks through."""

    url: str = ""  # empty: the embedded one
    home: str = "home"


@dataclass(frozen=True, slots=True)
class RecorderSettings:
    """How the recorder takes readings in."""

    queue: int = 20_000  # messages waiting for the logic; beyond it the broker holds the rest
    batch: int = 5_000  # messages per commit at most
    commit_ms: int = 0  # pause between two commits; 0: as soon as the last one ended
    remembered_ids: int = 200_000  # how far back a repeated id is noticed
    awake: bool = True  # keep the machine from falling asleep while somebody is monitored


@dataclass(frozen=True, slots=True)
class LogSettings:
    """How the log is laid out."""

    segment_mib: int = 64
    reserve_mib: int = 32  # set aside, and given up first when the disk is full
    overflow_mib: int = 64  # kept outside the data folder while its disk cannot be written


@dataclass(frozen=True, slots=True)
class ArchiveSettings:
    """Where old events go, and how long the log itself keeps them."""

    automatic: bool = True  # the recorder's upkeep brings sealed segments into the lake
    lake: str = ""  # empty: lake in the data folder
    keep_days: int = 0  # 0: for ever
    keep_free_gib: float = 0.0  # 0: whatever happens to the disk


@dataclass(frozen=True, slots=True)
class RuleSettings:
    """What counts as a spike of the heart rate."""

    spike_rise: float = 20.0
    spike_sparse_rise: float = 20.0


@dataclass(frozen=True, slots=True)
class SoundSettings:
    """Where the alarms are heard."""

    output: str = "auto"  # none: no sound; null: played to nobody, for tests
    device: str = ""  # a part of the output's name; empty: the usual one
    volume: float = 0.8  # 0.2 to 1


@dataclass(frozen=True, slots=True)
class NotifySettings:
    """What messages to people tell. Whom they go to is no setting: healthmon contacts."""

    privacy: str = "full"  # discreet: no name, no number
    desktop: bool = True  # this machine's desktop shows alarms too


@dataclass(frozen=True, slots=True)
class WindowSettings:
    """How the window looks."""

    theme: str = "dark"


@dataclass(frozen=True, slots=True)
class Settings:
    """All of them; rooms are given their own section or value, never the whole."""

    paths: PathSettings = field(default_factory=PathSettings)
    broker: BrokerSettings = field(default_factory=BrokerSettings)
    recorder: RecorderSettings = field(default_factory=RecorderSettings)
    log: LogSettings = field(default_factory=LogSettings)
    archive: ArchiveSettings = field(default_factory=ArchiveSettings)
    rules: RuleSettings = field(default_factory=RuleSettings)
    sound: SoundSettings = field(default_factory=SoundSettings)
    notify: NotifySettings = field(default_factory=NotifySettings)
    window: WindowSettings = field(default_factory=WindowSettings)

    @property
    def data_folder(self) -> Path:
        """The data folder: as set, or the user's own."""
        chosen = self.paths.data
        return Path(chosen).expanduser().absolute() if chosen else default_data_folder()

    @property
    def lake_folder(self) -> Path:
        """The archive's folder: as set, or inside the data folder."""
        chosen = self.archive.lake
        return Path(chosen).expanduser().absolute() if chosen else self.data_folder / "lake"


def default_data_folder() -> Path:
    """Where data is kept when nobody said otherwise."""
    return Path(platformdirs.user_data_dir("healthmon", appauthor=False))


def default_file() -> Path:
    """Where the user's own settings file is looked for."""
    return Path(platformdirs.user_config_dir("healthmon", appauthor=False)) / "settings.toml"


def load(
    flags: Mapping[str, Value | None] | None = None,
    *,
    environ: Mapping[str, str] | None = None,
    file: Path | None = None,
) -> Settings:
    """The settings in force. `flags` are named `section.key`; None means not given.

    A file that was named must exist; the user's own may be absent. Raises SettingsError, which names the
    nearest setting there is.
    """
    settings = _from_file(Settings(), file)
    for name, text in sorted((os.environ if environ is None else environ).items()):
        if name.startswith("HEALTHMON_"):
            settings = _with_variable(settings, name, text)
    for name, value in (flags or {}).items():
        if value is not None:
            section, _, key = name.partition(".")
            settings = _with(settings, section, key, value, said=name)
    return settings


def names() -> tuple[str, ...]:
    """Every setting there is, as `section.key`."""
    return tuple(
        f"{section.name}.{key.name}" for section in fields(Settings) for key in fields(_section(section.name))
    )


def _from_file(settings: Settings, file: Path | None) -> Settings:
    path = file or default_file()
    if file is None and not path.exists():
        return settings
    try:
        found: dict[str, Any] = tomllib.loads(path.read_text("utf-8"))  # Any: TOML is untyped until _with
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(SettingsReason.BAD_FILE, f"{path} cannot be read as settings: {error}") from error
    for section, keys in found.items():
        if not isinstance(keys, dict):
            raise SettingsError(SettingsReason.BAD_FILE, f"{path}: {section} stands outside a [section]")
        for key, value in keys.items():
            settings = _with(settings, section, key, value, said=f"{section}.{key} in {path}")
    return settings


def _with_variable(settings: Settings, name: str, text: str) -> Settings:
    section, _, key = name.removeprefix("HEALTHMON_").lower().partition("_")
    return _with(settings, section, key, text, said=name)


def _with(settings: Settings, section: str, key: str, value: object, *, said: str) -> Settings:
    if f"{section}.{key}" not in names():
        near = difflib.get_close_matches(f"{section}.{key}", names(), n=1)
        hint = f"; did you mean {near[0]}?" if near else f"; there are {', '.join(names())}"
        raise SettingsError(SettingsReason.UNKNOWN, f"{said} is no setting{hint}")
    old = getattr(settings, section)
    wanted = type(getattr(old, key))
    meant = _as(wanted, value, said)
    words = _CHOICES.get(f"{section}.{key}")
    if words and meant not in words:
        raise SettingsError(
            SettingsReason.BAD_VALUE, f"{said} = {value!r}: expected one of {', '.join(words)}"
        )
    changed = replace(old, **{key: meant})
    return replace(settings, **{section: changed})


def _as(wanted: type, value: object, said: str) -> object:
    if wanted is bool:
        return _as_switch(value, said)
    try:
        if isinstance(value, bool) or (wanted is str and not isinstance(value, str)):
            raise ValueError(value)
        made: object = wanted(value)
    except (TypeError, ValueError) as error:
        raise SettingsError(
            SettingsReason.BAD_VALUE, f"{said} = {value!r}: expected {_WORDS[wanted]}"
        ) from error
    return made


def _as_switch(value: object, said: str) -> bool:
    word = str(value).lower()
    if word not in {"true", "false"}:
        raise SettingsError(SettingsReason.BAD_VALUE, f"{said} = {value!r}: expected true or false")
    return word == "true"


def _section(name: str) -> Any:  # Any: the dataclass behind a section, for dataclasses.fields
    return getattr(Settings(), name)


_CHOICES = {
    "window.theme": ("dark", "light", "system"),
    "sound.output": ("auto", "none", "null"),
    "notify.privacy": ("full", "discreet"),
}
_WORDS = {str: "text in quotes", int: "a whole number", float: "a number"}
