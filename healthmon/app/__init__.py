"""Where the rooms are wired together and processes are started; nothing else does either."""
