# Oxygen at 85 % for forty seconds: one high alarm, thirty seconds after it began, and no second one.
every 1 s for 2 min   OXIMETER ox-1 MEASURES SPO2 97 % OF maria
never MONITOR RAISES ALARM
every 1 s for 40 s    OXIMETER ox-1 MEASURES SPO2 85 % OF maria
then  MONITOR RAISES ALARM SPO2_CRIT OF maria WITH {"priority":"high"}
every 1 s for 90 s    OXIMETER ox-1 MEASURES SPO2 97 % OF maria
then  MONITOR CLEARS ALARM SPO2_CRIT OF maria
