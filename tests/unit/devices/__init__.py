"""Tests of the simulated and replayed devices."""
