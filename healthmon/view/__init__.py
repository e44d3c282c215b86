"""What is on the screen, without Qt: a fold of the log, asked once per tick, answered in frozen values."""
