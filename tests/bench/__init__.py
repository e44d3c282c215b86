"""Measurements: each bench_*.py has a `measure()` that tells what it found. Run by `python3 dev.py bench`."""
