# Six quiet minutes, then forty beats more: marked once. It is a mark, not an alarm of a body; but a rate
# that never moves is told of its watch.
every 1 s for 6 min   WATCH w-1 MEASURES HR 70 /min OF maria
never MONITOR FLAGS SPIKE
then  MONITOR RAISES ALARM FROZEN OF maria WITH {"priority":"low"}
every 1 s for 60 s    WATCH w-1 MEASURES HR 110 /min OF maria
then  MONITOR FLAGS SPIKE OF maria WITH {"baseline":"5min"}
never MONITOR RAISES ALARM HR_HIGH
never MONITOR RAISES ALARM HR_HIGH_CRIT
never MONITOR RAISES ALARM HR_SPIKE
