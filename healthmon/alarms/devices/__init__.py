"""Alarms about devices: silent, stale, not worn, frozen, nearly empty, wrong clock. One alarm, one file."""

from healthmon.alarms.devices.rule import DeviceAlarms

__all__ = ["DeviceAlarms"]
