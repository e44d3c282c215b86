"""`healthmon stop`: end the recorder of a data folder."""

from collections.abc import Sequence

from healthmon.cli.options import add_data, parser, settings_of


def run(words: Sequence[str]) -> int:
    """Stop it and wait until it is gone; 0 also when none ran."""
    made = parser("stop", "End the recorder of a data folder; what it took in is durable.", "healthmon stop")
    add_data(made)
    args = made.parse_args(words)
    from healthmon.app.processes import stop_recorder

    folder = settings_of(args).data_folder
    print(
        f"The recorder of {folder} has stopped."
        if stop_recorder(folder)
        else f"No recorder runs in {folder}."
    )
    return 0
