"""The verbs of the shell: each parses its words, calls `app`, and prints."""
