"""A home health monitor: devices speak, a log remembers, a window shows, a carer is told.

Not a medical device: it can miss problems and it can be wrong.
"""

__version__ = "0.1.0"
