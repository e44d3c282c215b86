"""Simulated and replayed devices: a household that publishes, and the hidden truth behind what it says.

They meet the recorder only on the wire. They import healthmon.events and healthmon.clock, and nothing of
healthmon imports them.
"""
