"""From the wire to the log: listener, parser, logic, writer, and the runner that turns them."""
