"""This is the place for what a carer says first: who lives here, and who wears which device."""

from collections.abc import Sequence

from devices.daytime import HOME_ZONE
from devices.people import Person
from devices.things.voice import Saying, Voice, Words
from healthmon.events import Thing

CARER = "demo"


def introduce(people: Sequence[Person], boot: str, at: float, told: str) -> list[Saying]:
    """The profiles of these people and their devices' assignments, as the carer `demo`, at one moment."""
    voice = Voice(Thing("CAREGIVER", CARER), boot)
    return voice.says(
        words for number, person in enumerate(people, start=1) for words in _about(person, number, at, told)
    )


def watch_of(number: int) -> Thing:
    """The watch of the n-th person, counted from 1."""
    return Thing("WATCH", f"watch-{number}")


def oximeter_of(number: int) -> Thing:
    """The oximeter of the n-th person, counted from 1."""
    return Thing("OXIMETER", f"oximeter-{number}")


def _about(person: Person, number: int, at: float, told: str) -> list[Words]:
    profile: Words = (
        at,
        told,
        "SETS",
        Thing("PERSON", person.id),
        {
            "person": person.id,
            "name": person.name,
            "place": person.place,
            "profile": person.profile,
            "zone": HOME_ZONE,
        },
    )
    worn = (watch_of(number), oximeter_of(number))
    assigned: list[Words] = [(at, told, "ASSIGNS", device, {"person": person.id}) for device in worn]
    return [profile, *assigned]
