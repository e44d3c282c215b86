"""`healthmon doctor`: what works here, each line with its cure."""

from collections.abc import Sequence

from healthmon.cli.options import add_data, parser, settings_of


def run(words: Sequence[str]) -> int:
    """Print a line for each thing; 0 when all of them work, 1 when one does not."""
    made = parser(
        "doctor", "What works on this machine; each line that does not, with its cure.", "healthmon doctor"
    )
    add_data(made)
    args = made.parse_args(words)
    from healthmon.app.doctor import examined

    findings = examined(settings_of(args))
    for finding in findings:
        print(f"{'ok  ' if finding.works else 'NOT '}{finding.what:<10}{finding.detail}")
        if not finding.works:
            print(f"    {'':<10}cure: {finding.cure}")
    return 0 if all(finding.works for finding in findings) else 1
