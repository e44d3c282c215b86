# Taken off, a watch says zero. Zero is no signal: neither a stopped heart nor empty lungs, but nobody is watched.
every 1 s for 2 min   WATCH w-1 MEASURES HR 70 /min OF maria
every 1 s for 2 min   OXIMETER ox-1 MEASURES SPO2 97 % OF maria
every 1 s for 5 min   WATCH w-1 MEASURES HR 0 /min OF maria
every 1 s for 5 min   OXIMETER ox-1 MEASURES SPO2 0 % OF maria
never MONITOR RAISES ALARM SPO2_CRIT
never MONITOR RAISES ALARM SPO2_LOW
never MONITOR RAISES ALARM RAPID_DESAT
never MONITOR RAISES ALARM HR_LOW_CRIT
never MONITOR RAISES ALARM HR_LOW
then  MONITOR RAISES ALARM STALE_HR OF maria WITH {"priority":"low"}
never MONITOR FLAGS SPIKE
