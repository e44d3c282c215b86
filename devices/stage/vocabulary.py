"""This is the place for the words of scenarios: what each kind of line needs, and what is usual.

    SCENARIO demo SETS REST OF everyone                            sits still and awake, devices on
    SCENARIO demo SETS SLEEP OF everyone WITH {"for_s":3600}       sleeps; without for_s until something else
    SCENARIO demo SETS WALK 90 /min OF first WITH {"for_s":300}    steps a minute
    SCENARIO demo SETS PACE 20 /min OF everyone                    walks by habit, but no faster than this
    SCENARIO demo SETS GOOD_FIT OF everyone                        the watch sits well: no single wild samples
    SCENARIO demo SETS SPIKE 45 /min OF first WITH {"rise_s":5,"hold_s":115,"fall_s":10}
    SCENARIO demo SETS DESATURATION 86 % OF second WITH {"fall_s":20,"hold_s":90,"rise_s":20}
    SCENARIO demo SETS ILLNESS 80 % OF first WITH {"for_s":7200}   of the height of a fever
    SCENARIO demo SETS COFFEE 250 mL OF first                      the kettle boils first; it knows whose cup
                                                                   it is only WITH {"claimed":true}
    SCENARIO demo SETS OFF_WRIST OF third WITH {"for_s":120}       the watch sends zeros
    SCENARIO demo SETS OFF_FINGER OF third WITH {"for_s":120}      the oximeter does
    SCENARIO demo SETS SILENCE watch-1 WITH {"for_s":60}           the device says nothing

`first`, `second`, `third` ... count the people of the run, from the beginning again when there are fewer;
`everyone` is all of them; any other word is a person's id.
"""

from dataclasses import dataclass, field

from devices.stage.script import Kind

PLACEHOLDERS = ("first", "second", "third", "fourth", "fifth", "sixth")
EVERYONE = "everyone"
FOREVER = float("inf")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a line of one kind needs. Durations in s; `least` and `most` bound the value."""

    unit: str = ""  # of the value; empty when the line has none
    least: float = 0.0
    most: float = 0.0
    seconds: dict[str, float] = field(
        default_factory=dict
    )  # the durations it may name, and their usual lengths
    rise: str = ""  # which of them leads up to it, and which away from it
    fall: str = ""
    flags: frozenset[str] = frozenset()
    of_device: bool = False


WANTED = {
    Kind.REST: Wanted(seconds={"for_s": FOREVER}),
    Kind.SLEEP: Wanted(seconds={"for_s": FOREVER}),
    Kind.WALK: Wanted("/min", 1, 200, {"for_s": 300.0}),
    Kind.PACE: Wanted("/min", 1, 200, {"for_s": FOREVER}),
    Kind.GOOD_FIT: Wanted(seconds={"for_s": FOREVER}),
    Kind.SPIKE: Wanted("/min", 1, 120, {"rise_s": 5.0, "hold_s": 115.0, "fall_s": 10.0}, "rise_s", "fall_s"),
    Kind.DESATURATION: Wanted(
        "%", 60, 99, {"fall_s": 20.0, "hold_s": 90.0, "rise_s": 20.0}, "fall_s", "rise_s"
    ),
    Kind.ILLNESS: Wanted("%", 1, 100, {"for_s": FOREVER}),
    Kind.COFFEE: Wanted("mL", 10, 2000, flags=frozenset({"claimed"})),
    Kind.OFF_WRIST: Wanted(seconds={"for_s": 120.0}),
    Kind.OFF_FINGER: Wanted(seconds={"for_s": 120.0}),
    Kind.SILENCE: Wanted(seconds={"for_s": 60.0}, of_device=True),
}
