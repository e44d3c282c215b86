"""This is the place for the people who live in the simulated home. Nobody here is a real person.

Names keep to Latin, Greek and Cyrillic: letters that the window's own font draws on any machine.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Profile = Literal["adult", "low-oxygen", "athlete"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody who wears devices. Hours are local; rates are in /min, oxygen in %."""

    id: str
    name: str
    place: str
    age: int
    profile: Profile = "adult"
    resting: float = 66.0  # heart rate of a quiet day
    oxygen: float = 97.0  # awake and still
    wakes: float = 7.0  # h
    retires: float = 22.8  # h
    cups: float = 2.0  # of coffee a day
    caffeine: float = 0.4  # /min per 100 mg: what coffee does to this heart
    dips: float = 2.0  # an hour of sleep
    vigour: float = 0.4  # 0..1: how often and how briskly this person walks
    effort: float = 0.30  # /min per step a minute
    falls_ill: bool = False


_AT_HOME = (
    Person(id="maria", name="Maria Kowalska", place="Living room", age=78, resting=68, caffeine=1.1, dips=3),
    Person(id="yusuf", name="Yusuf Demirtaş", place="Bedroom", age=81, resting=64, cups=3, dips=6),
    Person(
        id="xiuying",
        name="Wáng Xiùyīng",
        place="Garden room",
        age=69,
        resting=71,
        wakes=6.2,
        cups=1,
        vigour=0.6,
    ),
    Person(
        id="nikos",
        name="Νίκος Παπαδόπουλος",
        place="Ground floor",
        age=84,
        profile="low-oxygen",
        resting=77,
        oxygen=90.5,
        vigour=0.2,
        dips=4,
    ),
    Person(id="fatima", name="Fatima el-Amrani", place="Studio", age=73, resting=70, cups=1.5, retires=23.2),
    Person(
        id="thordis",
        name="Þórdís Björnsdóttir",
        place="Attic",
        age=44,
        profile="athlete",
        resting=56,
        oxygen=97.8,
        vigour=0.85,
        effort=0.24,
        dips=0.5,
    ),
    Person(id="hanh", name="Nguyễn Thị Hạnh", place="South room", age=76, resting=72, cups=0.5, caffeine=2.4),
    Person(id="lyudmila", name="Людмила Шевченко", place="Blue room", age=80, resting=67, wakes=5.8, dips=8),
    Person(id="asha", name="Āśā Pāṭīl", place="Veranda", age=71, resting=74, caffeine=-0.9),
    Person(id="adwoa", name="Adwoa Mensah", place="North room", age=66, resting=65, vigour=0.55, cups=2.5),
    Person(
        id="rivka", name="Rivka Lévy", place="Library", age=87, resting=69, oxygen=96.2, vigour=0.25, dips=5
    ),
    Person(id="soren", name="Søren Østergård", place="Workshop", age=62, resting=62, retires=23.4, cups=4),
)


def at_home(count: int) -> tuple[Person, ...]:
    """The first `count` people of the home; after the named ones come guests, each always the same."""
    guests = (
        Person(id=f"guest-{n}", name=f"Guest {n}", place=f"Room {n}", age=60 + n % 30, resting=62 + n % 15)
        for n in range(len(_AT_HOME) + 1, count + 1)
    )
    return (*_AT_HOME[:count], *guests)


def called(people: Sequence[Person], id: str) -> Person | None:  # noqa: A002  # the field's own name
    """The person with this id, if they are among these."""
    return next((person for person in people if person.id == id), None)
