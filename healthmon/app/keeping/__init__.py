"""What is kept of the log: checkpoints of logic and view, and the child process that looks after them."""
