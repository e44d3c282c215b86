"""`healthmon sound quiet`: end the tune of a recorder that died."""

from collections.abc import Sequence

from healthmon.cli.options import add_data, home_of, parser


def run(words: Sequence[str]) -> int:
    """End it, and say what it meant; 0, also when nothing sounds."""
    made = parser(
        "sound quiet",
        "End the tune of a recorder that died. Nobody is watched until one records again.",
        "healthmon sound quiet && healthmon record",
    )
    add_data(made)
    data = home_of(made.parse_args(words)).data_folder
    from healthmon import log
    from healthmon.app.heartbeat import is_alive
    from healthmon.app.places import Places
    from healthmon.sound.post import quiet

    found = quiet(Places(data).runtime)
    if found is not None and is_alive(found.pid):
        print(f"quiet; nobody has been watched since {found.since.astimezone():%H:%M}: start healthmon again")
    elif log.is_locked(data):
        print(
            "a recorder runs, and what sounds is an alarm: healthmon alarms list shows it, pause silences it"
        )
    else:
        print(f"nothing sounds without a recorder in {data}")
    return 0
