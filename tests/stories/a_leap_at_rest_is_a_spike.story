# Six quiet minutes, then forty beats more: marked once. It is a mark, not an alarm.
every 1 s for 6 min   WATCH w-1 MEASURES HR 70 /min OF maria
never MONITOR FLAGS SPIKE
every 1 s for 60 s    WATCH w-1 MEASURES HR 110 /min OF maria
then  MONITOR FLAGS SPIKE OF maria WITH {"baseline":"5min"}
never MONITOR RAISES ALARM
