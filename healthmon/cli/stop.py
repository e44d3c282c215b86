"""`healthmon stop`: end the recorder of a data folder."""

from collections.abc import Sequence

from healthmon.cli.options import add_data, parser, settings_of


def run(words: Sequence[str]) -> int:
    """Stop it and wait until it is gone, or end the tone of one that died; 0 also when none ran."""
    made = parser("stop", "End the recorder of a data folder; what it took in is durable.", "healthmon stop")
    add_data(made)
    args = made.parse_args(words)
    from healthmon.app.heartbeat import is_alive
    from healthmon.app.places import Places
    from healthmon.app.processes import stop_recorder
    from healthmon.sound.post import alone

    folder = settings_of(args).data_folder
    left = alone(Places(folder).runtime)
    if stop_recorder(folder):
        print(f"The recorder of {folder} has stopped.")
    elif left is not None and is_alive(left.pid):
        print(
            f"The recorder of {folder} died; its tone is quiet now. Nobody has been watched since "
            f"{left.since.astimezone():%Y-%m-%d %H:%M}: start healthmon again."
        )
    else:
        print(f"No recorder runs in {folder}.")
    return 0
