"""Long work that the recorder does between readings, because only one process may write the log.

`asked` says what may be asked, `asked_folder` where questions come from, `desk` does one at a time, a piece
in every turn, and every kind of work has a file of its own.
"""
