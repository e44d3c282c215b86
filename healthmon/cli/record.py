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
    made.add_argument("--clock", metavar="SPEC", help="system, or ORIGIN@SPEED as in 2026-11-22T04:00:00Z@60")
    add_data(made)
    args = made.parse_args(words)
    from healthmon.app.recorder import record
    from healthmon.clock import clock_from

    settings = settings_of(args, broker__url=args.broker)
    return record(settings, clock_from(args.clock or "system"), ready=lambda line: print(line, flush=True))
