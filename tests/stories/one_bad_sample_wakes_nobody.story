# A single sample below the limit, and then the oximeter falls silent: not enough to ring.
every 1 s for 1 min   OXIMETER ox-1 MEASURES SPO2 97 % OF maria
after 1 s             OXIMETER ox-1 MEASURES SPO2 60 % OF maria
every 1 s for 1 min   WATCH w-1 MEASURES HR 70 /min OF maria
never MONITOR RAISES ALARM SPO2_CRIT
