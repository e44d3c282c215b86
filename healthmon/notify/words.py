"""This is the place for the words of messages: short, plain, and no more than the privacy setting allows."""

import hashlib
import tomllib
from collections.abc import Mapping
from datetime import datetime, tzinfo
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from healthmon import assets
from healthmon.events.plain_text import made_plain
from healthmon.notify.letter import Letter, Urgency
from healthmon.notify.notice import RECOVERED, TEST, Notice

LONGEST_NAME: Final = 60
LONGEST_SUBJECT: Final = 160
_SIGNS: Final = MappingProxyType({"/min": "/min", "%": "%"})


class Privacy(StrEnum):
    """How much a message tells."""

    FULL = "full"
    DISCREET = "discreet"

    @classmethod
    def of(cls, word: str) -> "Privacy":
        """What the setting means; anything but "full" tells less."""
        return cls.FULL if word == cls.FULL else cls.DISCREET


class Words:
    """Turns notices into letters. Frozen once made; names come with each call. Never blocks after that."""

    def __init__(self, privacy: Privacy, *, zone: tzinfo | None = None, language: str = "en") -> None:
        """`zone` is the home's, the machine's own by default. Raises AssetsError without its catalogue."""
        self._privacy = privacy
        self._zone = zone
        raw = tomllib.loads(assets.text("messages", f"{language}.toml"))
        self._says: Mapping[str, str] = {key: one for key, one in raw.items() if isinstance(one, str)}
        self._why: Mapping[str, str] = raw["why"]
        self._instead: Mapping[str, str] = raw["instead"]
        self._alarms: Mapping[str, str] = raw["alarms"]

    def knows(self, alarm: str) -> bool:
        """Whether there are words for this alarm; without, its id is made readable."""
        return alarm in self._alarms

    def letter(self, notice: Notice, reach: tuple[str, ...], names: Mapping[str, str]) -> Letter:
        """What this contact gets. `names`: what people are called, by their ids."""
        if notice.why == TEST:
            subject, lines = self._says["test_subject"], [self._says["test_line"]]
        elif self._privacy is Privacy.FULL:
            subject, lines = self._full(notice, names)
        else:
            subject, lines = self._discreet(notice, names)
        return Letter(
            reach=reach,
            subject=made_plain(subject, longest=LONGEST_SUBJECT),
            text="\n".join(line for line in lines if line),
            urgency=Urgency.LOW if notice.why in {TEST, RECOVERED} else notice.urgency,
            mark=_digest(notice.contact, notice.cause),
            thread=_digest(notice.contact, notice.episode or notice.cause),
        )

    def _full(self, notice: Notice, names: Mapping[str, str]) -> tuple[str, list[str]]:
        who = made_plain(names.get(notice.person, notice.person) or notice.device or "healthmon")
        what = self._alarms.get(notice.alarm) or made_plain(notice.alarm.replace("_", " ").lower())
        device = made_plain(notice.device, longest=LONGEST_NAME) or self._says["device"]
        what = what.replace("{device}", device)
        filled = {
            "who": made_plain(who, longest=LONGEST_NAME),
            "what": what,
            "numbers": self._numbers(notice),
        }
        line = self._says["line_numbers" if filled["numbers"] else "line"].format_map(filled)
        is_over = notice.why == RECOVERED
        subject = "subject_over" if is_over else _subject_of(notice)
        began = self._told(notice.began, notice.at)
        begun = self._says["began"].format(at=began) if began else ""
        lost = self._says["unknown"] if notice.is_unknown and not is_over else ""
        as_of = self._says["as_of"].format(at=self._told(notice.at, notice.at))
        told = f"{self._why.get(notice.why, '')} {as_of}".strip()
        answer = self._answer(notice)
        return self._says[subject].format_map(filled), [line, lost, begun, told, answer, self._says["ending"]]

    def _discreet(self, notice: Notice, names: Mapping[str, str]) -> tuple[str, list[str]]:
        name = names.get(notice.person, notice.person)
        is_over = notice.why == RECOVERED
        subject = self._says["discreet_subject_over" if is_over else "discreet_subject"]
        subject = (
            subject.format(initial=f"{name[:1].upper()}.") if name else self._says["discreet_subject_device"]
        )
        line = self._says["discreet_line_over" if is_over else "discreet_line"]
        return subject, [line, self._answer(notice)]

    def _answer(self, notice: Notice) -> str:
        """What whoever gets it can do."""
        is_over = notice.why == RECOVERED
        return "" if is_over else self._instead.get(notice.alarm, self._says["answer"])

    def _numbers(self, notice: Notice) -> str:
        if notice.value is None or notice.why == RECOVERED:
            return ""
        filled = {"value": _figure(notice.value, notice.unit)}
        if notice.limit is None:
            return self._says["numbers"].format_map(filled)
        return self._says["numbers_limit"].format_map({**filled, "limit": _figure(notice.limit, notice.unit)})

    def _told(self, moment: datetime | None, at: datetime) -> str:
        """A time of the home; with its date when that is another than the message's."""
        if moment is None:
            return ""
        local, today = moment.astimezone(self._zone), at.astimezone(self._zone).date()
        return local.strftime("%H:%M %Z" if local.date() == today else "%Y-%m-%d %H:%M %Z")


def _subject_of(notice: Notice) -> str:
    return "subject" if notice.urgency is Urgency.HIGH else "subject_medium"


def _figure(number: float, unit: str) -> str:
    """A number with its unit, as in `86 %`."""
    return f"{number:g} {_SIGNS.get(unit, made_plain(unit, longest=12))}".strip()


def _digest(*words: str) -> str:
    return hashlib.blake2b("\0".join(words).encode(), digest_size=12).hexdigest()
