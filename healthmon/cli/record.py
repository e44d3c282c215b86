"""`healthmon record`: the recorder alone."""

from collections.abc import Sequence

from healthmon.cli.options import add_data, parser, settings_of


def run(words: Sequence[str]) -> int:
    """Record until SIGTERM or Ctrl-C."""
    made = parser(
        "record",
        "The recorder without a window: broker, pipeline, rules, log. Ctrl-C or healthmon stop ends it.",
        "healthmon record --data ./home",
    )
    made.add_argument(
        "--broker", metavar="URL", help="another MQTT broker, as mqtt://user:password@host:1883"
    )
    made.add_argument(
        "--clock", metavar="SPEC", help="system, or ORIGIN@SPEED (default: as the log remembers)"
    )
    add_data(made)
    args = made.parse_args(words)
    from healthmon.app.clocks import clock_of
    from healthmon.app.places import Places
    from healthmon.app.recorder import record

    settings = settings_of(args, broker__url=args.broker)
    clock = clock_of(Places(settings.data_folder), args.clock)
    return record(settings, clock, ready=lambda line: print(line, flush=True))
