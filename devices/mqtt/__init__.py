"""Devices on the wire: accounts, one connection for each device, and one loop that carries them all."""
